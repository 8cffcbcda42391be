using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Measures the temporal stability of the frames of a result.</summary>
internal sealed class FrameMeter
{
    private const double Levels = 255;

    private PlanarPicture? _previous;
    private Change? _change;

    /// <summary>Measures the next frame of the result.</summary>
    /// <param name="frame">The finished frame, at the size of the flow.</param>
    /// <param name="motion">The motion from this frame to the previous one; null at the start of a scene.</param>
    /// <returns>Warping error and flicker, as in <see cref="FrameReport"/>.</returns>
    internal (double? WarpingError, double? Flicker) Measure(PlanarPicture frame, FrameMotion? motion)
    {
        Change? change = motion is null || _previous is null
            ? null
            : new Change(Subtract(frame, motion.Warp(_previous)), motion.Reliability);
        double? error = change?.RootMeanSquare;
        double? flicker = change is null || _change is null ? null : Turn(change, _change, motion!).RootMeanSquare;
        (_previous, _change) = (frame, change);
        return (error, flicker);
    }

    /// <summary>Half the difference between two successive changes: what changed in one direction and then
    /// reverses.</summary>
    private static Change Turn(Change present, Change before, FrameMotion motion)
    {
        PlanarPicture turn = Subtract(present.Difference, motion.Warp(before.Difference));
        return new Change(turn.Map(value => value / 2), present.Where.Times(motion.Warp(before.Where)));
    }

    private static PlanarPicture Subtract(PlanarPicture a, PlanarPicture b)
        => a with { Values = [.. a.Values.Zip(b.Values, (left, right) => left - right)] };

    /// <summary>How the result changed apart from motion, where this can be determined.</summary>
    private sealed record Change(PlanarPicture Difference, Mask Where)
    {
        /// <summary>In levels of 255; null if it cannot be determined.</summary>
        internal double? RootMeanSquare
        {
            get
            {
                int area = Where.Values.Length;
                double sum = 0, weights = 0;
                for (int i = 0; i < area; i++)
                {
                    double weight = Where.Values[i];
                    weights += 3 * weight;
                    for (int k = i; k < Difference.Values.Length; k += area)
                        sum += weight * Difference.Values[k] * Difference.Values[k];
                }

                return weights == 0 ? null : Levels * Math.Sqrt(sum / weights);
            }
        }
    }
}
