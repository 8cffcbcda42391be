using System.Numerics;
using Atelier.Imaging;

namespace Atelier.Color;

/// <summary>Mean and covariance of a picture's encoded red, green and blue samples. Pixels are weighted by their
/// opacity.</summary>
internal sealed record ColorMoments(double[] Mean, Matrix3 Covariance)
{
    // The number of pixels that can be summed accurately in single precision.
    private const int BlockSize = 2048;

    // Samples are summed relative to mid-gray, which reduces cancellation.
    private const float Middle = 0.5f;

    internal static ColorMoments Measure(Picture picture)
    {
        float[] weights = Weights(picture);
        double[] sums = new double[10];
        for (int start = 0; start < weights.Length; start += BlockSize)
            AddBlock(picture, weights, start, Math.Min(start + BlockSize, weights.Length), sums);
        double[] mean = [sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0]];
        int[,] places = { { 4, 5, 6 }, { 5, 7, 8 }, { 6, 8, 9 } };
        Matrix3 covariance = new((i, j) => (sums[places[i, j]] / sums[0]) - (mean[i] * mean[j]));
        return new([.. mean.Select(value => value + Middle)], covariance);
    }

    /// <summary>The weight of each pixel: its opacity, or 1 if the picture is fully transparent.</summary>
    internal static float[] Weights(Picture picture)
    {
        if (picture.Alpha is not null && picture.Alpha.Any(opacity => opacity > 0))
        {
            return picture.Alpha;
        }

        float[] weights = new float[picture.Red.Length];
        Array.Fill(weights, 1f);
        return weights;
    }

    private static void AddBlock(Picture picture, float[] weights, int start, int end, double[] sums)
    {
        Span<Vector<float>> partial = stackalloc Vector<float>[10];
        partial.Clear();
        for (int i = start; i < end; i += Vector<float>.Count)
        {
            ColorLanes color = ColorLoop.At(picture, i) + new Vector<float>(-Middle);
            Vector<float> weight = ColorLoop.Load(weights, i);
            ColorLanes weighed = color * weight;
            partial[0] += weight;
            partial[1] += weighed.Red;
            partial[2] += weighed.Green;
            partial[3] += weighed.Blue;
            partial[4] += weighed.Red * color.Red;
            partial[5] += weighed.Red * color.Green;
            partial[6] += weighed.Red * color.Blue;
            partial[7] += weighed.Green * color.Green;
            partial[8] += weighed.Green * color.Blue;
            partial[9] += weighed.Blue * color.Blue;
        }

        for (int k = 0; k < sums.Length; k++)
            sums[k] += Vector.Sum(partial[k]);
    }
}
