using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>What holds a frame to earlier ones: value, gradient, and how several share the picture.</summary>
public sealed class TemporalLossTests
{
    private const int Height = 19;
    private const int Width = 23;

    private static readonly StylizeOptions Options = StylizeOptions.Version1 with
    {
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1"),
        ContentLayers = LayerSelection.Parse("relu2_2"),
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Evaluate_WeightsOfEachPixel_IsTheMeanOfWeightedSquares(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlanarPicture picture = Numbers.Planes(1, Height, Width);
        TemporalTarget target = Target(2, offset: 1);
        using TemporalLoss loss = new(engine, target, weight: 40);
        using Tensor x = engine.CreateTensor(picture.Values);
        using Tensor gradient = engine.CreateTensor(Numbers.Uniform(5, x.Length));
        double[] before = engine.Values(gradient);

        double value = loss.Evaluate(x, gradient);

        int area = Height * Width;
        double[] differences =
            [.. picture.Values.Zip(target.Picture.Values, (a, b) => (double)a - b)];
        double expected = 40 * differences.Select((d, i) => target.Reliability.Values[i % area] * d * d).Average();
        Assert.Equal(expected, value, 1e-6 * expected);
        Assert.Equal(new LossTerm(LossKind.Temporal, null, "temporal", 40, value), loss.Term);
        Numbers.AssertClose(
            [.. differences.Select((d, i) => before[i] + (80 * target.Reliability.Values[i % area] * d / (3 * area)))],
            engine.Values(gradient), 1e-6);
    }

    [Fact]
    public void Objective_WithTemporalTargets_GradientAgreesWithFiniteDifferences()
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load(Options.Network, Options.Pooling, engine);
        using Objective objective = new ObjectiveBuilder(engine, (IWorkers)engine, network, Options).Build(
            Height, Width, new ContentTarget(Numbers.Planes(3, Height, Width)), [Numbers.Planes(4, 20, 17)]);
        objective.SetTemporal([Target(5, 1), Target(6, 4)], weight: 300);
        PlanarPicture picture = Numbers.Planes(7, Height, Width);
        using Tensor x = engine.CreateTensor(picture.Values), gradient = engine.CreateTensor(x.Length);

        double value = objective.Evaluate(x, gradient);

        // Along the gradient the slope is its squared length.
        double[] slope = engine.Values(gradient);
        double square = slope.Sum(g => g * g), step = 0.002 * value / square;
        double At(double distance)
        {
            using Tensor moved = engine.CreateTensor(
                [.. picture.Values.Zip(slope, (from, g) => (float)(from + (distance * g)))]);
            using Tensor unused = engine.CreateTensor(moved.Length);
            return objective.Evaluate(moved, unused);
        }

        Assert.Equal(square, (At(step) - At(-step)) / (2 * step), 2e-3 * square);
        objective.Evaluate(x, gradient);
        Assert.Equal(["temporal", "temporal 4"], objective.Terms.TakeLast(2).Select(term => term.Name));
        Assert.Equal(value, objective.Terms.Sum(term => term.Value), 1e-9 * value);
    }

    [Fact]
    public void SetContent_AnotherPicture_IsTheObjectiveThatWasMadeForIt()
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load(Options.Network, Options.Pooling, engine);
        ObjectiveBuilder builder = new(engine, (IWorkers)engine, network, Options);
        ContentTarget first = new(
            Numbers.Planes(3, Height, Width), new Mask(Height, Width, Numbers.Uniform(2, Height * Width)));
        ContentTarget second = new(Numbers.Planes(8, Height, Width));
        PlanarPicture style = Numbers.Planes(4, 20, 17);
        using Objective reused = builder.Build(Height, Width, first, [style]);
        using Objective made = builder.Build(Height, Width, second, [style]);
        using Tensor x = engine.CreateTensor(Numbers.Planes(9, Height, Width).Values);
        using Tensor a = engine.CreateTensor(x.Length), b = engine.CreateTensor(x.Length);
        reused.SetTemporal([Target(5, 1)], weight: 10);
        double other = reused.Evaluate(x, a);

        reused.SetContent(second);
        reused.SetTemporal([], weight: 10);

        Assert.NotEqual(other, reused.Evaluate(x, a));
        Assert.Equal(made.Evaluate(x, b), reused.Evaluate(x, a));
        Assert.Equal(engine.Values(b), engine.Values(a));
    }

    [Fact]
    public void Anchor_WholeWay_HasNoSlopeAtThePictureAndIsJudgedByTheStyle()
    {
        using IEngine engine = CpuEngine.Create();
        foreach (StyleLossKind kind in Enum.GetValues<StyleLossKind>())
        {
            StylizeOptions options = Options with { StyleLoss = kind, ContentWeight = 0, TvWeight = 0 };
            using Network network = Network.Load(options.Network, options.Pooling, engine);
            using Objective objective = new ObjectiveBuilder(engine, (IWorkers)engine, network, options).Build(
                Height, Width, content: null, [Numbers.Planes(4, 20, 17)]);
            PlanarPicture picture = Numbers.Planes(7, Height, Width);
            using Tensor x = engine.CreateTensor(picture.Values), gradient = engine.CreateTensor(x.Length);
            double before = objective.Evaluate(x, gradient), slope = engine.Dot(gradient, gradient);

            objective.Anchor(picture, share: 1);

            Assert.Equal(0, objective.Evaluate(x, gradient), 1e-4 * before);
            Assert.Equal(0, engine.Dot(gradient, gradient), 1e-4 * slope);
            Assert.Equal(before, objective.MeasureDistances(picture).Sum(term => term.Value), 1e-9 * before);
            Assert.Equal(0, objective.Evaluate(x, gradient), 1e-4 * before);
        }
    }

    [Fact]
    public void NearestFirst_SeveralTargets_EachHasWhatNearerOnesLeave()
    {
        TemporalTarget With(int offset, params float[] reliability)
            => new(offset, Numbers.Planes(offset, 1, 3), new Mask(1, 3, reliability));

        IReadOnlyList<TemporalTarget> shared = TemporalTarget.NearestFirst(
            [With(1, 1, 0.25f, 0), With(2, 1, 1, 0.5f), With(4, 1, 1, 1)]);

        Assert.Equal([1, 0.25f, 0], shared[0].Reliability.Values);
        Assert.Equal([0, 0.75f, 0.5f], shared[1].Reliability.Values);
        Assert.Equal([0, 0, 0.5f], shared[2].Reliability.Values);
    }

    private static TemporalTarget Target(int seed, int offset)
        => new(offset, Numbers.Planes(seed, Height, Width),
            new Mask(Height, Width, Numbers.Uniform(seed + 100, Height * Width)));
}
