namespace Atelier.Workshop;

/// <summary>All environment variables that Atelier reads.</summary>
public static class Variables
{
    /// <summary>The variable that sets the folder of downloaded networks.</summary>
    public const string Cache = "ATELIER_CACHE";

    /// <summary>The variable that sets the path of ffmpeg, or of the folder with ffmpeg and ffprobe, if they are not on
    /// the path.</summary>
    public const string Ffmpeg = "ATELIER_FFMPEG";

    internal static string? CacheFolder => NonEmpty(Environment.GetEnvironmentVariable(Cache));

    internal static string? FfmpegPath => NonEmpty(Environment.GetEnvironmentVariable(Ffmpeg));

    /// <summary>The folders in which the system searches for programs.</summary>
    internal static string[] ProgramFolders => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The name of the processor on Windows.</summary>
    internal static string? Processor => Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");

    /// <summary>The version of OpenSSL that the runtime looks for first.</summary>
    internal static string? OpenSslVersion
        => NonEmpty(Environment.GetEnvironmentVariable("DOTNET_OPENSSL_VERSION_OVERRIDE"));

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
