using Atelier.Engine.Statistics;
using Atelier.Losses;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The distances of feature statistics: least at the target,
/// and with the derivatives that they claim.</summary>
public sealed class StyleDistanceTests
{
    private const int Channels = 5;

    private static readonly FeatureStatistics Target = FeatureVectors.Of(FeatureVectors.Vectors(1, 40));
    private static readonly FeatureStatistics Other = FeatureVectors.Of(FeatureVectors.Vectors(2, 60));
    private static readonly FeatureStatistics Picture =
        FeatureVectors.Of(FeatureVectors.Vectors(3, 50));

    public static TheoryData<string> Kinds => ["gram", "gram shifted", "moments", "wasserstein"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evaluate_AtTheTarget_IsZeroWithoutGradient(string kind)
    {
        (double value, double[] byMean, double[] byMoment) = Evaluate(New(kind, (Target, 1)), Target);

        Assert.Equal(0, value, 1e-9);
        Assert.All([.. byMean, .. byMoment], derivative => Assert.Equal(0, derivative, 1e-9));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evaluate_AwayFromTheTarget_IsPositiveAndFallsTowardsIt(string kind)
    {
        IStyleDistance distance = New(kind, (Target, 1));
        double last = double.PositiveInfinity;
        for (int tenths = 0; tenths <= 10; tenths++)
        {
            double share = tenths / 10.0;
            FeatureStatistics between = FeatureStatistics.Blend([(Picture, 1 - share), (Target, share)]);
            double value = Evaluate(distance, between).Value;
            Assert.InRange(value, -1e-12, last);
            last = value;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evaluate_Derivatives_AgreeWithFiniteDifferences(string kind)
    {
        IStyleDistance distance = New(kind, (Target, 0.7), (Other, 0.3));
        (_, double[] byMean, double[] byMoment) = Evaluate(distance, Picture);
        for (int seed = 10; seed < 30; seed++)
        {
            double[] mean = Numbers.NormalDoubles(seed, Channels), moment = Matrices.Symmetric(seed + 100, Channels);
            double expected = (Evaluate(distance, Moved(1e-6, mean, moment)).Value
                - Evaluate(distance, Moved(-1e-6, mean, moment)).Value) / 2e-6;

            double actual = byMean.Zip(mean, (d, m) => d * m).Sum() + byMoment.Zip(moment, (d, m) => d * m).Sum();

            Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
        }

        Numbers.AssertClose(Matrices.Transpose(Channels, byMoment), byMoment, 1e-12);
    }

    [Theory]
    [InlineData("gram"), InlineData("gram shifted"), InlineData("moments")]
    public void Evaluate_TwoStyles_IsTheirWeightedSum(string kind)
    {
        double first = Evaluate(New(kind, (Target, 1)), Picture).Value;
        double second = Evaluate(New(kind, (Other, 1)), Picture).Value;
        double sum = (0.7 * first) + (0.3 * second);
        Assert.Equal(sum, Evaluate(New(kind, (Target, 0.7), (Other, 0.3)), Picture).Value, 1e-12);
    }

    [Fact]
    public void Evaluate_TwoWassersteinStyles_AreBlendedFirst()
    {
        FeatureStatistics blend = FeatureStatistics.Blend([(Target, 0.7), (Other, 0.3)]);
        Assert.Equal(
            Evaluate(New("wasserstein", (blend, 1)), Picture).Value,
            Evaluate(New("wasserstein", (Target, 0.7), (Other, 0.3)), Picture).Value, 1e-12);
    }

    [Fact]
    public void Evaluate_WassersteinOfDiagonalGaussians_IsTheFormula()
    {
        FeatureStatistics a = Diagonal(1, 2), b = Diagonal(0.25, 5);
        const double ridge = 1e-4;
        double expected = new (double, double)[] { (1, 0.25), (2, 5) }
            .Average(v => Math.Pow(Math.Sqrt(v.Item1 + ridge) - Math.Sqrt(v.Item2 + ridge), 2));
        Assert.Equal(expected, Evaluate(new WassersteinDistance([(a, 1)]), b, channels: 2).Value, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Evaluate_SilentChannels_StaysFinite(string kind)
    {
        double[][] silent = [.. FeatureVectors.Vectors(4, 3).Select(v => new[] { v[0], 0, v[2], 0, 0 })];
        FeatureStatistics picture = FeatureVectors.Of(silent);
        foreach (FeatureStatistics target in (FeatureStatistics[])[Target, picture])
        {
            (double value, double[] byMean, double[] byMoment) = Evaluate(New(kind, (target, 1)), picture);
            Assert.All([value, .. byMean, .. byMoment], number => Assert.True(double.IsFinite(number)));
        }
    }

    private static FeatureStatistics Diagonal(double first, double second)
    {
        MomentSums sums = new(2) { Count = 1 };
        (sums.Products[0], sums.Products[3]) = (first, second);
        return new FeatureStatistics(sums);
    }

    private static IStyleDistance New(string kind, params (FeatureStatistics, double)[] styles) => kind switch
    {
        "gram" => new GramDistance(styles, shift: 0),
        "gram shifted" => new GramDistance(styles, shift: -1),
        "moments" => new MomentsDistance(styles),
        _ => new WassersteinDistance(styles),
    };

    private static FeatureStatistics Moved(double step, double[] mean, double[] moment)
    {
        FeatureStatistics moved = FeatureStatistics.Blend([(Picture, 1)]);
        for (int i = 0; i < Channels; i++)
            moved.Mean[i] += step * mean[i];
        for (int i = 0; i < moment.Length; i++)
            moved.SecondMoment[i] += step * moment[i];
        return moved;
    }

    private static (double Value, double[] ByMean, double[] ByMoment) Evaluate(
        IStyleDistance distance, FeatureStatistics statistics, int channels = Channels)
    {
        double[] byMean = new double[channels], byMoment = new double[channels * channels];
        Array.Fill(byMean, double.NaN);
        Array.Fill(byMoment, double.NaN);
        return (distance.Evaluate(statistics, byMean, byMoment), byMean, byMoment);
    }
}
