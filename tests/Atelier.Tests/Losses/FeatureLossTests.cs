using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.Statistics;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The terms of one layer, on the engine: value, gradient, weight, and features shown in pieces.</summary>
public sealed class FeatureLossTests
{
    private static readonly Shape Size = new(5, 7, 17);

    public static TheoryData<int, string> Cases => Widths.With(
        "content Mean", "content HalfSum", "content QuarterMean", "content Mean salient", "gram", "moments",
        "wasserstein", "gram masked", "moments masked", "wasserstein masked");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finish_AtTheTarget_IsZeroWithoutGradient(int bits, string kind)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap target = Features(engine, seed: 1), gradient = new(engine, Size);
        using IFeatureLoss loss = New(engine, kind, target.Map, weight: 3);

        loss.Measure(target.Map);
        double value = loss.Finish();
        loss.AddGradient(target.Map, gradient.Map);

        Assert.Equal(0, value, 1e-6);
        Assert.All(gradient.Values, derivative => Assert.Equal(0, derivative, 1e-5));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddGradient_AnyLoss_AgreesWithFiniteDifferences(int bits, string kind)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap target = Features(engine, seed: 1), features = Features(engine, seed: 2);
        using GuardedMap gradient = new(engine, Size);
        using IFeatureLoss loss = New(engine, kind, target.Map, weight: 3);
        loss.Measure(features.Map);
        double value = loss.Finish();
        loss.AddGradient(features.Map, gradient.Map);

        // Along the gradient itself the slope is its squared length, and rounding matters least.
        double square = gradient.Values.Sum(g => g * g), step = 0.01 * value / square;
        double ahead = Value(engine, loss, features, gradient, step);
        double behind = Value(engine, loss, features, gradient, -step);
        double difference = 3 * (ahead - behind);
        Assert.Equal(square, difference / (2 * step), 1e-3 * square);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddGradient_DoubleWeight_DoublesTheGradientAndNotTheValue(int bits, string kind)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap target = Features(engine, seed: 1), features = Features(engine, seed: 2);
        using GuardedMap once = new(engine, Size), twice = new(engine, Size);
        using IFeatureLoss single = New(engine, kind, target.Map, weight: 1.5);
        using IFeatureLoss full = New(engine, kind, target.Map, weight: 3);
        single.Measure(features.Map);
        full.Measure(features.Map);

        Assert.Equal(single.Finish(), full.Finish());
        single.AddGradient(features.Map, once.Map);
        full.AddGradient(features.Map, twice.Map);

        Numbers.AssertClose([.. once.Values.Select(value => 2 * value)], twice.Values, 1e-6);
    }

    [Theory]
    [InlineData("gram"), InlineData("moments"), InlineData("wasserstein")]
    public void Measure_StyleInPieces_EqualsTheWhole(string kind)
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap target = Features(engine, seed: 1), whole = Features(engine, seed: 2);
        float[] values = [.. whole.Values.Select(value => (float)value)];
        using GuardedMap upper = new(engine, Size with { Height = 2 }, values[..(2 * 7 * 17)]);
        using GuardedMap lower = new(engine, Size with { Height = 3 }, values[(2 * 7 * 17)..]);
        using IFeatureLoss loss = New(engine, kind, target.Map, weight: 1);

        loss.Measure(whole.Map);
        double expected = loss.Finish();
        loss.Measure(upper.Map);
        loss.Measure(lower.Map);

        Assert.Equal(expected, loss.Finish(), 1e-6 * expected);
    }

    [Fact]
    public void ContentLoss_Kinds_DifferByTheirFactors()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap target = Features(engine, seed: 1), features = Features(engine, seed: 2);
        double Value(string kind)
        {
            using IFeatureLoss loss = New(engine, kind, target.Map, weight: 1);
            loss.Measure(features.Map);
            return loss.Finish();
        }

        double mean = Value("content Mean");
        Assert.Equal(features.Values.Zip(target.Values, (a, b) => (a - b) * (a - b)).Average(), mean, 1e-6);
        Assert.Equal(mean * Size.Count / 2, Value("content HalfSum"), 1e-9 * Size.Count);
        Assert.Equal(mean / 4, Value("content QuarterMean"), 1e-12);
    }

    [Fact]
    public void ContentLoss_Salience_WeightsThePositions()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap target = Features(engine, seed: 1), features = Features(engine, seed: 2);
        using IFeatureLoss loss = New(engine, "content Mean salient", target.Map, weight: 1);
        loss.Measure(features.Map);

        double[] squares = [.. features.Values.Zip(target.Values, (a, b) => (a - b) * (a - b))];
        Assert.Equal(
            squares.Select((square, i) => Saliences[i / 17] * square).Average(), loss.Finish(), 1e-6);
    }

    private static float[] Saliences { get; } = [.. Numbers.Uniform(10, 35).Select(value => 1.5f * value)];

    private static PositionWeights Salience(IEngine engine) => engine.CreatePositionWeights(5, 7, Saliences);

    private static GuardedMap Features(IEngine engine, int seed)
        => new(engine, Size, [.. Numbers.Normal(seed, (int)Size.Count).Select((value, i) => value + (i % 17 * 0.1f))]);

    private static double Value(
        IEngine engine, IFeatureLoss loss, GuardedMap features, GuardedMap direction, double step)
    {
        using GuardedMap moved = new(
            engine, Size, [.. features.Values.Zip(direction.Values, (f, d) => (float)(f + (step * d)))]);
        loss.Measure(moved.Map);
        return loss.Finish();
    }

    private static IFeatureLoss New(IEngine engine, string kind, FeatureMap target, double weight)
    {
        if (kind.Split(' ') is ["content", string convention, .. string[] rest])
        {
            ContentLoss loss = new(engine, "relu4_2", target.Shape, Enum.Parse<ContentLossKind>(convention), weight);
            loss.SetTarget("relu4_2", target, Rows.All(target), rest is [] ? null : Salience(engine));
            return loss;
        }

        Shape shape = target.Shape;
        float[] soft = [.. Numbers.Uniform(9, (int)shape.Area).Select((share, i) => i % 6 == 2 ? 0 : share)];
        PositionWeights? where = kind.EndsWith("masked", StringComparison.Ordinal)
            ? engine.CreatePositionWeights(shape.Height, shape.Width, soft)
            : null;
        MomentSums sums = new(shape.Channels);
        engine.AddMoments(target, sums, where);
        (FeatureStatistics, double)[] styles = [(new FeatureStatistics(sums), 1)];
        IStyleDistance distance = kind.Split(' ')[0] switch
        {
            "gram" => new GramDistance(styles, shift: -1),
            "moments" => new MomentsDistance(styles),
            _ => new WassersteinDistance(styles),
        };
        return new StyleLoss(engine, "relu4_1", shape.Channels, distance, weight, where);
    }
}
