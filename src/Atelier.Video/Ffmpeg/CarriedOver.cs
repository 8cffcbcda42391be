namespace Atelier.Video.Ffmpeg;

/// <summary>What a result copies from its source besides the frames: audio, subtitles, metadata, and color
/// tags.</summary>
public sealed record CarriedOver
{
    internal CarriedOver(string path, VideoProbe probe) => (Path, Probe) = (path, probe);

    /// <summary>The source.</summary>
    public string Path { get; }

    /// <summary>The probed properties of the source.</summary>
    internal VideoProbe Probe { get; }

    /// <summary>Start of the copied part, from the beginning of the file.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Length of the copied part; null for the rest of the file.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Time from <see cref="Start"/> to the first frame.</summary>
    public TimeSpan FirstFrame { get; init; }

    /// <summary>Time from the first frame to the end of the last. If a stopped result is shorter, its audio is cut to
    /// match.</summary>
    public TimeSpan VideoLength { get; init; }
}
