using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Measures how steady the frames of a result are.</summary>
internal sealed class FrameMeter
{
    private const double Levels = 255;

    private PlanarPicture? _previous;
    private Change? _change;

    /// <summary>Takes the next frame of the result in.</summary>
    /// <param name="frame">The finished frame, at the size of the motion.</param>
    /// <param name="motion">From it to the one before; null where a scene begins.</param>
    /// <returns>Warping error and flicker, as in <see cref="FrameReport"/>.</returns>
    internal (double? WarpingError, double? Flicker) Measure(PlanarPicture frame, FrameMotion? motion)
    {
        Change? change = motion is null || _previous is null
            ? null
            : new Change(Subtract(frame, motion.Bring(_previous)), motion.Reliability);
        double? error = change?.RootMeanSquare;
        double? flicker = change is null || _change is null ? null : Turn(change, _change, motion!).RootMeanSquare;
        (_previous, _change) = (frame, change);
        return (error, flicker);
    }

    /// <summary>What went one way before and goes the other way now.</summary>
    private static Change Turn(Change present, Change before, FrameMotion motion)
    {
        PlanarPicture turn = Subtract(present.Difference, motion.Bring(before.Difference));
        return new Change(turn.Map(value => value / 2), present.Where.Times(motion.Bring(before.Where)));
    }

    private static PlanarPicture Subtract(PlanarPicture a, PlanarPicture b)
        => a with { Values = [.. a.Values.Zip(b.Values, (left, right) => left - right)] };

    /// <summary>How the result changed, other than by moving, where that can be told.</summary>
    private sealed record Change(PlanarPicture Difference, Mask Where)
    {
        /// <summary>In levels; null where nothing can be told.</summary>
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
