using System.Text.RegularExpressions;

namespace Atelier.Video.Ffmpeg;

/// <summary>The ffmpeg and ffprobe programs on this machine.</summary>
/// <param name="Path">The path of ffmpeg.</param>
/// <param name="ProbePath">The path of ffprobe.</param>
/// <param name="Version">The version that it reports, such as "5.1.9" or "N-117-g3b1e".</param>
public sealed partial record FfmpegTool(string Path, string ProbePath, string Version)
{
    private const string Program = "ffmpeg", ProbeProgram = "ffprobe";

    /// <summary>How long a program may produce no output before it is considered stalled.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The option that keeps the timestamps of the frames; it was renamed in version 5.1.</summary>
    public string TimingOption => IsBefore(Version, 5, 1) ? "-vsync" : "-fps_mode";

    /// <summary>Finds the programs.</summary>
    /// <param name="chosen">The program or its folder; null to search <paramref name="folders"/>.</param>
    /// <param name="folders">The folders in which the system searches for programs.</param>
    /// <exception cref="CodedException">The programs were not found (<c>ffmpeg.missing</c>), or cannot be
    /// started.</exception>
    /// <exception cref="AtelierException">A program failed or did not respond.</exception>
    public static FfmpegTool Find(string? chosen, IReadOnlyList<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        string path = Locate(Program, chosen, folders) ?? throw Missing(chosen, Program);
        string probe = Locate(ProbeProgram, chosen is null ? null : System.IO.Path.GetDirectoryName(path), folders)
            ?? throw Missing(chosen, ProbeProgram);
        return new FfmpegTool(
            path, probe, VersionOf(ChildProcess.Capture(path, ["-version"], TimeSpan.FromSeconds(30))));
    }

    /// <summary>Instructions for installing the programs on this system.</summary>
    public static string InstallHint => OperatingSystem.IsWindows() ? "install it with 'winget install ffmpeg'"
        : OperatingSystem.IsMacOS() ? "install it with 'brew install ffmpeg'"
        : File.Exists("/usr/bin/dnf") ? "install it with 'sudo dnf install ffmpeg-free'"
        : File.Exists("/sbin/apk") ? "install it with 'apk add ffmpeg'"
        : "install it with 'sudo apt install ffmpeg'";

    /// <summary>Whether this build includes an encoder, such as "libx264".</summary>
    /// <exception cref="AtelierException">ffmpeg failed or did not respond.</exception>
    public bool HasEncoder(string encoder)
        => ChildProcess.Capture(Path, ["-hide_banner", "-v", "error", "-encoders"], Patience)
            .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.ElementAtOrDefault(1) == encoder);

    /// <summary>Parses the version from the first line of the output of <c>-version</c>.</summary>
    internal static string VersionOf(string text)
    {
        Match match = VersionWord().Match(text);
        return match.Success ? match.Groups[1].Value : "of unknown version";
    }

    /// <summary>Whether a release is older than the given version; development builds count as new.</summary>
    internal static bool IsBefore(string version, int major, int minor)
    {
        Match match = Release().Match(version);
        return match.Success && System.Version.TryParse(match.Groups[1].Value, out Version? release)
            && release < new Version(major, minor);
    }

    private static string? Locate(string program, string? chosen, IReadOnlyList<string> folders)
    {
        string file = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        if (chosen is not null)
        {
            string inside = System.IO.Path.Combine(chosen, file);
            return File.Exists(inside) ? inside : File.Exists(chosen) ? System.IO.Path.GetFullPath(chosen) : null;
        }

        return folders.Select(folder => System.IO.Path.Combine(folder.Trim('"'), file)).FirstOrDefault(File.Exists);
    }

    private static CodedException Missing(string? chosen, string program) => chosen is null
        ? CodedException.Failed("ffmpeg.missing", $"video files require {program}, which was not found on this " +
            "machine.",
            $"{InstallHint}, or specify its path; folders of pictures and .gif do not need it")
        : CodedException.Failed("ffmpeg.missing", $"{program} was not found at '{chosen}'.",
            "specify the path of ffmpeg, with ffprobe beside it, or of their folder", "ffmpeg");

    [GeneratedRegex(@"^ffmpeg version (\S+)")]
    private static partial Regex VersionWord();

    [GeneratedRegex(@"^n?(\d+\.\d+)")]
    private static partial Regex Release();
}
