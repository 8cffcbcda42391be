namespace Atelier.Video;

/// <summary>The format shared by all frames of a video.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="TimeBase">Length of a tick in seconds.</param>
/// <param name="FrameRate">Frames per second; the mean if the rate varies.</param>
public sealed record VideoFormat(int Width, int Height, Rational TimeBase, Rational FrameRate)
{
    /// <summary>Whether the frame rate varies.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Number of frames; null if it is known only at the end, or only approximately.</summary>
    public int? FrameCount { get; init; }
}
