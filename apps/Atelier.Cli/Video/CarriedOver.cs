namespace Atelier.Cli.Video;

/// <summary>What a result takes over from its source beside the frames: sound, subtitles, title and such, and what
/// the colors mean.</summary>
/// <param name="Path">The source.</param>
/// <param name="Probe">What is in it.</param>
internal sealed record CarriedOver(string Path, VideoProbe Probe)
{
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
