using Atelier.Statistics;

namespace Atelier.Tests.Statistics;

public sealed class FeatureStatisticsTests
{
    [Fact]
    public void Blend_EqualCounts_IsTheUnion()
    {
        double[][] first = Vectors(1, 30), second = Vectors(2, 30);

        FeatureStatistics blend = FeatureStatistics.Blend([(Of(first), 0.5), (Of(second), 0.5)]);
        FeatureStatistics union = Of([.. first, .. second]);

        Numbers.AssertClose(union.Mean, blend.Mean, 1e-14);
        Numbers.AssertClose(union.SecondMoment, blend.SecondMoment, 1e-14);
    }

    [Fact]
    public void Covariance_Vectors_IsThatOfTheirDifferencesFromTheMean()
    {
        double[][] vectors = Vectors(3, 25);
        FeatureStatistics statistics = Of(vectors);
        double[] covariance = new double[25];

        statistics.Covariance(ridge: 0.5, covariance);

        for (int i = 0; i < 25; i++)
        {
            (int a, int b) = Math.DivRem(i, 5);
            double expected = vectors.Average(v => (v[a] - statistics.Mean[a]) * (v[b] - statistics.Mean[b]))
                + (a == b ? 0.5 : 0);
            Assert.Equal(expected, covariance[i], 1e-13);
        }
    }

    [Fact]
    public void New_NothingSummed_Throws()
        => Assert.Throws<ArgumentException>(() => new FeatureStatistics(new MomentSums(3)));

    [Fact]
    public void MomentSums_Cleared_AreEmpty()
    {
        MomentSums sums = Sums(Vectors(4, 7));
        sums.Clear();
        Assert.Equal(0, sums.Count);
        Assert.All([.. sums.Values, .. sums.Products], value => Assert.Equal(0, value));
    }

    /// <summary>Statistics of feature vectors.</summary>
    internal static FeatureStatistics Of(double[][] vectors) => new(Sums(vectors));

    /// <summary>Vectors of five features, none symmetric about zero.</summary>
    internal static double[][] Vectors(int seed, int count)
        => [.. Numbers.NormalDoubles(seed, 5 * count).Select((value, i) => value + (0.2 * (i % 5))).Chunk(5)];

    private static MomentSums Sums(double[][] vectors)
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
