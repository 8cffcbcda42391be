namespace Atelier.Video;

/// <summary>What holds for all frames of a video.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="TimeBase">Length of a tick in seconds.</param>
/// <param name="FrameRate">Frames in a second; their mean where it varies.</param>
public sealed record VideoFormat(int Width, int Height, Rational TimeBase, Rational FrameRate)
{
    /// <summary>Whether frames follow each other at unequal times.</summary>
    public bool IsVariable { get; init; }

    /// <summary>How many frames there are; null when that is known at the end only, or known but roughly.</summary>
    public int? FrameCount { get; init; }
}
