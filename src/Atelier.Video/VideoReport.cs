using System.Collections.Immutable;

namespace Atelier.Video;

/// <summary>Measurements of a video, frame by frame: its temporal stability, its distances from style and content, and
/// the drift of its brightness and contrast.</summary>
public sealed record VideoReport
{
    /// <summary>The frames, in order.</summary>
    public required ImmutableArray<FrameReport> Frames { get; init; }

    /// <summary>Mean of the frames' warping errors; null if no frame follows another.</summary>
    public double? WarpingError => Frames.Average(frame => frame.WarpingError);

    /// <summary>Mean of the frames' flicker; null if no frame follows two others.</summary>
    public double? Flicker => Frames.Average(frame => frame.Flicker);

    /// <summary>Mean of the frames' style distances; null without frames.</summary>
    public double? StyleDistance => Frames.Average(frame => (double?)frame.StyleDistance);

    /// <summary>Mean of the frames' content distances; null without frames.</summary>
    public double? ContentDistance => Frames.Average(frame => (double?)frame.ContentDistance);

    /// <summary>The largest drift of the brightness, without its sign; null if no frame has one.</summary>
    public double? BrightnessDrift => Frames.Max(frame => Magnitude(frame.BrightnessDrift));

    /// <summary>The largest drift of the contrast, without its sign; null if no frame has one.</summary>
    public double? ContrastDrift => Frames.Max(frame => Magnitude(frame.ContrastDrift));

    private static double? Magnitude(double? value) => value is double number ? Math.Abs(number) : null;
}

/// <summary>The measurements of one frame.</summary>
/// <param name="Frame">Index of the frame, from 0.</param>
/// <param name="StartsScene">Whether a scene begins with this frame.</param>
/// <param name="WarpingError">Root mean square difference, in levels of 255, between this frame of the result and the
/// previous one, warped along the motion of the input, where the motion is reliable; null for the first frame of a
/// scene.</param>
/// <param name="Flicker">Root mean square, in the same levels, of half the difference between that difference and the
/// one of the previous frame: what changes and changes back along the motion. Null for the first two frames of a scene.
/// </param>
/// <param name="StyleDistance">Sum of the weighted style terms.</param>
/// <param name="ContentDistance">Sum of the weighted content terms.</param>
/// <param name="Brightness">Mean luma of the frame of the result, divided by that of the input; null if the input is
/// black.</param>
/// <param name="Contrast">Standard deviation of the luma of the frame of the result, divided by that of the input; null
/// if the input has one color.</param>
/// <param name="BrightnessDrift">By which fraction the brightness differs from that of the scene's first frame; above 0
/// if it is higher. Null if either is unknown.</param>
/// <param name="ContrastDrift">The same for the contrast.</param>
public sealed record FrameReport(
    int Frame, bool StartsScene, double? WarpingError, double? Flicker, double StyleDistance, double ContentDistance,
    double? Brightness = null, double? Contrast = null, double? BrightnessDrift = null, double? ContrastDrift = null);
