using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Detects scene cuts: where the motion-compensated structure and the colors both differ from the previous
/// frame. Both measures ignore brightness, so that a flash does not end a scene; if motion is too fast to follow, the
/// colors remain similar.</summary>
internal static class SceneCuts
{
    private const int BlockSide = 8;
    private const int ColorSteps = 5;

    // The color histograms of unrelated pictures still overlap partly.
    private const double MinCommon = 0.5;

    // Minimum variance of the samples; below it there is no visible structure.
    private const double MinVariance = 1e-5;

    /// <summary>Whether a new scene begins at the second of two neighboring frames.</summary>
    /// <param name="motion">The motion from the later frame to the earlier one.</param>
    internal static bool IsBetween(PlanarPicture before, PlanarPicture after, FrameMotion motion, VideoOptions options)
        => options.SceneCut < 1 && DifferenceOf(before, after, motion) > options.SceneCut;

    /// <summary>Whether the colors of two neighboring frames allow that a new scene begins at the second; if not,
    /// <see cref="IsBetween"/> finds none.</summary>
    internal static bool MayBeBetween(PlanarPicture before, PlanarPicture after, VideoOptions options)
        => options.SceneCut < 1 && ColorDifferenceOf(before, after) > options.SceneCut;

    /// <summary>Returns the difference: 0 for the same content or the same colors, up to 1.</summary>
    internal static double DifferenceOf(PlanarPicture before, PlanarPicture after, FrameMotion motion)
    {
        double structure = 1 - Math.Max(0, Correlation(Luma(motion.Warp(before)), Luma(after)));
        return Math.Min(structure, ColorDifferenceOf(before, after));
    }

    private static double ColorDifferenceOf(PlanarPicture before, PlanarPicture after)
        => Math.Min(1, Math.Max(0, 1 - Common(Histogram(before), Histogram(after))) / (1 - MinCommon));

    /// <summary>Returns the correlation of two pictures after the means of small blocks have been subtracted.</summary>
    private static double Correlation(Mask a, Mask b)
    {
        double products = 0, squaresA = 0, squaresB = 0;
        for (int top = 0; top < a.Height; top += BlockSide)
        {
            for (int left = 0; left < a.Width; left += BlockSide)
            {
                int bottom = Math.Min(top + BlockSide, a.Height), right = Math.Min(left + BlockSide, a.Width);
                double sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
                for (int y = top; y < bottom; y++)
                {
                    for (int i = (y * a.Width) + left; i < (y * a.Width) + right; i++)
                    {
                        (double u, double v) = (a.Values[i], b.Values[i]);
                        (sumA, sumB, sumAA, sumBB, sumAB) =
                            (sumA + u, sumB + v, sumAA + (u * u), sumBB + (v * v), sumAB + (u * v));
                    }
                }

                double count = (bottom - top) * (right - left);
                products += sumAB - (sumA * sumB / count);
                squaresA += sumAA - (sumA * sumA / count);
                squaresB += sumBB - (sumB * sumB / count);
            }
        }

        double least = MinVariance * a.Values.Length;
        return squaresA < least && squaresB < least ? 1 : products / Math.Sqrt(squaresA * squaresB + (least * least));
    }

    private static Mask Luma(PlanarPicture picture)
    {
        int area = picture.Height * picture.Width;
        float[] values = new float[area];
        for (int i = 0; i < area; i++)
        {
            values[i] = (0.299f * picture.Values[i]) + (0.587f * picture.Values[area + i])
                + (0.114f * picture.Values[(2 * area) + i]);
        }

        return new Mask(picture.Height, picture.Width, values);
    }

    /// <summary>Returns the color histogram of a picture, relative to its brightness.</summary>
    private static double[] Histogram(PlanarPicture picture)
    {
        int area = picture.Height * picture.Width;
        double scale = ColorSteps / (2 * Math.Max(picture.Values.Average(), 1e-3));
        int StepOf(float value) => Math.Min((int)(value * scale), ColorSteps - 1);
        double[] shares = new double[ColorSteps * ColorSteps * ColorSteps];
        for (int i = 0; i < area; i++)
        {
            int bin = (StepOf(picture.Values[i]) * ColorSteps) + StepOf(picture.Values[area + i]);
            shares[(bin * ColorSteps) + StepOf(picture.Values[(2 * area) + i])] += 1.0 / area;
        }

        return shares;
    }

    private static double Common(double[] a, double[] b) => a.Zip(b, Math.Min).Sum();
}
