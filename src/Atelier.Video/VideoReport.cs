using System.Collections.Immutable;

namespace Atelier.Video;

/// <summary>How steady a video is and how near to style and content, frame by frame.</summary>
public sealed record VideoReport
{
    /// <summary>The frames, in order.</summary>
    public required ImmutableArray<FrameReport> Frames { get; init; }

    /// <summary>Mean of the frames' warping errors; null when no frame follows another.</summary>
    public double? WarpingError => Frames.Average(frame => frame.WarpingError);

    /// <summary>Mean of the frames' flicker; null when no frame follows two others.</summary>
    public double? Flicker => Frames.Average(frame => frame.Flicker);

    /// <summary>Mean of the frames' style distances; null without frames.</summary>
    public double? StyleDistance => Frames.Average(frame => (double?)frame.StyleDistance);

    /// <summary>Mean of the frames' content distances; null without frames.</summary>
    public double? ContentDistance => Frames.Average(frame => (double?)frame.ContentDistance);
}

/// <summary>What was measured of one frame.</summary>
/// <param name="Frame">Its number, from 0.</param>
/// <param name="StartsScene">Whether a scene begins with it.</param>
/// <param name="WarpingError">Root of the mean squared difference, in levels of 255, between the result's frame and the
/// one before, brought here along the motion of the input, where that is known; null for the first of a scene.</param>
/// <param name="Flicker">Root of the mean square, in the same levels, of half the difference between that difference
/// and the one of the frame before: what goes up and down again along the motion. Null for the first two of a scene.
/// </param>
/// <param name="StyleDistance">The sum of the style terms, their weights included.</param>
/// <param name="ContentDistance">The sum of the content terms, their weights included.</param>
public sealed record FrameReport(
    int Frame, bool StartsScene, double? WarpingError, double? Flicker, double StyleDistance, double ContentDistance);
