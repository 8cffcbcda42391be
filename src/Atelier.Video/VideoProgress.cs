using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Where a run stands.</summary>
public sealed record VideoProgress
{
    /// <summary>Number of the present frame, from 0.</summary>
    public required int Frame { get; init; }

    /// <summary>How many frames there are; null while it is not known.</summary>
    public required int? FrameCount { get; init; }

    /// <summary>Number of the present pass, from 1.</summary>
    public required int Pass { get; init; }

    /// <summary>How many passes there are, that which closes a loop included.</summary>
    public required int PassCount { get; init; }

    /// <summary>Share of the present frame's steps that is done, 0–1; 1 once for each frame.</summary>
    public required double FractionOfFrame { get; init; }

    /// <summary>Makes the frame as it stands when this is called: from any thread, at any time, also when the frame or
    /// the run has ended.</summary>
    public required Func<Picture> Preview { get; init; }
}
