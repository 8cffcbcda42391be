using Atelier.Engine.Statistics;

namespace Atelier.Testing;

/// <summary>Feature vectors of five channels, and their statistics.</summary>
internal static class FeatureVectors
{
    /// <summary>Statistics of feature vectors.</summary>
    internal static FeatureStatistics Of(double[][] vectors) => new(Sums(vectors));

    /// <summary>Vectors of five features, none symmetric about zero.</summary>
    internal static double[][] Vectors(int seed, int count)
        => [.. Numbers.NormalDoubles(seed, 5 * count).Select((value, i) => value + (0.2 * (i % 5))).Chunk(5)];

    internal static MomentSums Sums(double[][] vectors)
    {
        int channels = vectors[0].Length;
        MomentSums sums = new(channels) { Count = vectors.Length };
        foreach (double[] v in vectors)
        {
            for (int i = 0; i < channels * channels; i++)
                sums.Products[i] += v[i / channels] * v[i % channels];
            for (int i = 0; i < channels; i++)
                sums.Values[i] += v[i];
        }

        return sums;
    }
}
