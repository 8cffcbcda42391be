using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class FeatureStatisticsTests
{
    [Fact]
    public void Blend_EqualCounts_IsTheUnion()
    {
        double[][] first = FeatureVectors.Vectors(1, 30), second = FeatureVectors.Vectors(2, 30);

        FeatureStatistics blend = FeatureStatistics.Blend(
            [(FeatureVectors.Of(first), 0.5), (FeatureVectors.Of(second), 0.5)]);
        FeatureStatistics union = FeatureVectors.Of([.. first, .. second]);

        Numbers.AssertClose(union.Mean, blend.Mean, 1e-14);
        Numbers.AssertClose(union.SecondMoment, blend.SecondMoment, 1e-14);
    }

    [Fact]
    public void Covariance_Vectors_IsThatOfTheirDifferencesFromTheMean()
    {
        double[][] vectors = FeatureVectors.Vectors(3, 25);
        FeatureStatistics statistics = FeatureVectors.Of(vectors);
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
        MomentSums sums = FeatureVectors.Sums(FeatureVectors.Vectors(4, 7));
        sums.Clear();
        Assert.Equal(0, sums.Count);
        Assert.All([.. sums.Values, .. sums.Products], value => Assert.Equal(0, value));
    }
}
