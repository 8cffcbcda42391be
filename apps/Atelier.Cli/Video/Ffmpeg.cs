using System.Text.RegularExpressions;

namespace Atelier.Cli.Video;

/// <summary>The programs ffmpeg and ffprobe of this machine.</summary>
/// <param name="Path">The file of ffmpeg.</param>
/// <param name="ProbePath">The file of ffprobe.</param>
/// <param name="Version">What it calls itself, as "5.1.9" or "N-117-g3b1e".</param>
internal sealed partial record Ffmpeg(string Path, string ProbePath, string Version)
{
    /// <summary>Names the program, or the folder of both, where it is not on the path.</summary>
    public const string Variable = "ATELIER_FFMPEG";

    private const string Program = "ffmpeg", ProbeProgram = "ffprobe";

    /// <summary>How long a program may bring nothing before it is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The option that passes frames on with their own times; the name changed with 5.1.</summary>
    public string TimingOption => IsBefore(Version, 5, 1) ? "-vsync" : "-fps_mode";

    /// <summary>Finds the programs.</summary>
    /// <param name="chosen">The program or its folder; null to look at <see cref="Variable"/> and on the path.</param>
    /// <exception cref="CliException">They are not here, or do not run.</exception>
    public static Ffmpeg Find(string? chosen = null)
    {
        chosen ??= Environment.GetEnvironmentVariable(Variable);
        string path = Locate(Program, chosen) ?? throw Missing(chosen, Program);
        string probe = Locate(ProbeProgram, chosen is null ? null : System.IO.Path.GetDirectoryName(path))
            ?? throw Missing(chosen, ProbeProgram);
        return new Ffmpeg(path, probe, VersionOf(ChildProcess.Capture(path, ["-version"], TimeSpan.FromSeconds(30))));
    }

    /// <summary>How the programs are installed on this system.</summary>
    public static string InstallHint => OperatingSystem.IsWindows() ? "install it with 'winget install ffmpeg'"
        : OperatingSystem.IsMacOS() ? "install it with 'brew install ffmpeg'"
        : File.Exists("/usr/bin/dnf") ? "install it with 'sudo dnf install ffmpeg-free'"
        : File.Exists("/sbin/apk") ? "install it with 'apk add ffmpeg'"
        : "install it with 'sudo apt install ffmpeg'";

    /// <summary>Whether this build can write with an encoder, as "libx264".</summary>
    public bool HasEncoder(string encoder)
        => ChildProcess.Capture(Path, ["-hide_banner", "-v", "error", "-encoders"], Patience)
            .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.ElementAtOrDefault(1) == encoder);

    /// <summary>The version in the first line of what <c>-version</c> prints.</summary>
    internal static string VersionOf(string text)
    {
        Match match = VersionWord().Match(text);
        return match.Success ? match.Groups[1].Value : "of unknown version";
    }

    /// <summary>Whether a release is older than another; builds that are no releases are new.</summary>
    internal static bool IsBefore(string version, int major, int minor)
    {
        Match match = Release().Match(version);
        return match.Success && System.Version.TryParse(match.Groups[1].Value, out Version? release)
            && release < new Version(major, minor);
    }

    private static string? Locate(string program, string? chosen)
    {
        string file = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        if (chosen is not null)
        {
            string inside = System.IO.Path.Combine(chosen, file);
            return File.Exists(inside) ? inside : File.Exists(chosen) ? System.IO.Path.GetFullPath(chosen) : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder.Trim('"'), file))
            .FirstOrDefault(File.Exists);
    }

    private static CliException Missing(string? chosen, string program) => chosen is null
        ? CliException.Failed("ffmpeg.missing", $"videos need {program}, which is not on this machine.",
            $"{InstallHint}, or name it with {Variable}=FILE. Folders of pictures and .gif need none.")
        : CliException.Failed("ffmpeg.missing", $"there is no {program} at '{chosen}'.",
            "name the file of ffmpeg, with ffprobe beside it, or their folder.");

    [GeneratedRegex(@"^ffmpeg version (\S+)")]
    private static partial Regex VersionWord();

    [GeneratedRegex(@"^n?(\d+\.\d+)")]
    private static partial Regex Release();
}
