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
    public void Set_Again_HasTheMomentsOfTheNewVectorsAlone()
    {
        double[][] vectors = FeatureVectors.Vectors(6, 11);
        FeatureStatistics statistics = FeatureVectors.Of(FeatureVectors.Vectors(5, 9));

        statistics.Set(FeatureVectors.Sums(vectors));

        for (int a = 0; a < 5; a++)
        {
            Assert.Equal(vectors.Average(v => v[a]), statistics.Mean[a], 1e-13);
            for (int b = 0; b < 5; b++)
                Assert.Equal(vectors.Average(v => v[a] * v[b]), statistics.SecondMoment[(a * 5) + b], 1e-13);
        }
    }

    // 1.5 times 1 less 0.5 times 9 is a variance of −3, in the first channel; the second stays as it is.
    [Fact]
    public void Blend_WithANegativeWeight_HasTheNearestCovarianceThereIs()
    {
        static FeatureStatistics Of(double mean, double spread, double other) => FeatureVectors.Of(
            [[mean + spread, other], [mean + spread, -other], [mean - spread, other], [mean - spread, -other]]);

        FeatureStatistics blend = FeatureStatistics.Blend([(Of(2, 1, 1), 1.5), (Of(1, 3, 1), -0.5)]);

        Numbers.AssertClose([2.5, 0], blend.Mean, 1e-13);
        Assert.InRange(blend.SecondMoment[0] - (2.5 * 2.5), 0, 0.001);
        Numbers.AssertClose([0, 0, 1], blend.SecondMoment[1..], 1e-3);
    }

    [Fact]
    public void MovedToward_AShare_IsTheBlendWithIt()
    {
        double[][] first = FeatureVectors.Vectors(7, 12), second = FeatureVectors.Vectors(8, 12);
        FeatureStatistics toward = FeatureVectors.Of(FeatureVectors.Vectors(9, 12));
        (FeatureStatistics, double)[] parts = [(FeatureVectors.Of(first), 0.25), (FeatureVectors.Of(second), 0.75)];

        (FeatureStatistics, double)[] moved = FeatureStatistics.MovedToward(parts, toward, share: 0.2);

        double[] expected = [.. FeatureStatistics.Blend(parts).Mean.Zip(toward.Mean, (a, b) => (0.8 * a) + (0.2 * b))];
        Numbers.AssertClose(expected, FeatureStatistics.Blend(moved).Mean, 1e-13);
    }

    [Fact]
    public void Rounded_AnySums_HasNumbersOfSinglePrecision()
    {
        FeatureStatistics rounded = FeatureStatistics.Rounded(FeatureVectors.Sums(FeatureVectors.Vectors(3, 7)));

        Assert.All([.. rounded.Mean, .. rounded.SecondMoment], value => Assert.Equal((float)value, value));
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

    [Fact]
    public void MomentGradient_Cleared_IsZero()
    {
        MomentGradient gradient = new(3);
        Assert.Equal((3, 9), (gradient.Values.Length, gradient.Products.Length));
        Array.Fill(gradient.Values, 2);
        Array.Fill(gradient.Products, 3);

        gradient.Clear();

        Assert.All([.. gradient.Values, .. gradient.Products], value => Assert.Equal(0, value));
    }
}
