namespace Atelier.Workshop;

/// <summary>The environment variables that are read, all of them here.</summary>
public static class Variables
{
    /// <summary>Names the folder of downloaded networks.</summary>
    public const string Cache = "ATELIER_CACHE";

    /// <summary>Names the program ffmpeg, or the folder of it and ffprobe, where they are not on the path.</summary>
    public const string Ffmpeg = "ATELIER_FFMPEG";

    internal static string? CacheFolder => NonEmpty(Environment.GetEnvironmentVariable(Cache));

    internal static string? FfmpegPath => NonEmpty(Environment.GetEnvironmentVariable(Ffmpeg));

    /// <summary>The folders in which the system looks for programs.</summary>
    internal static string[] ProgramFolders => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What Windows says of the processor.</summary>
    internal static string? Processor => Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");

    /// <summary>The version of OpenSSL that the runtime looks for first.</summary>
    internal static string? OpenSslVersion
        => NonEmpty(Environment.GetEnvironmentVariable("DOTNET_OPENSSL_VERSION_OVERRIDE"));

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
