namespace Atelier.Video.Ffmpeg;

/// <summary>What a result takes over from its source beside the frames: sound, subtitles, title and such, and what
/// the colors mean.</summary>
public sealed record CarriedOver
{
    internal CarriedOver(string path, VideoProbe probe) => (Path, Probe) = (path, probe);

    /// <summary>The source.</summary>
    public string Path { get; }

    /// <summary>What is in it.</summary>
    internal VideoProbe Probe { get; }

    /// <summary>The first moment that is taken, from the file's start.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>How much is taken; null for all the rest.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>From <see cref="Start"/> to the first frame.</summary>
    public TimeSpan FirstFrame { get; init; }

    /// <summary>From the first frame to the end of the last. A result that is shorter was stopped, and its sound is
    /// cut to it.</summary>
    public TimeSpan VideoLength { get; init; }
}
