using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Progress of a video run.</summary>
public sealed record VideoProgress
{
    /// <summary>Index of the current frame, from 0.</summary>
    public required int Frame { get; init; }

    /// <summary>Number of frames; null while it is unknown.</summary>
    public required int? FrameCount { get; init; }

    /// <summary>Number of the current pass, starting at 1.</summary>
    public required int Pass { get; init; }

    /// <summary>Number of passes, including the one that closes a loop.</summary>
    public required int PassCount { get; init; }

    /// <summary>Fraction of the current frame's iterations that is done, 0–1; reported as 1 exactly once per
    /// frame.</summary>
    public required double FrameFraction { get; init; }

    /// <summary>Returns the current state of the frame as a picture. It may be called from any thread at any time, even
    /// after the frame or the run has ended.</summary>
    public required Func<Picture> Preview { get; init; }
}
