using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The correlation chain through the whole network: target, several styles, weights, bands.</summary>
public sealed class CorrelationLossTests
{
    private static readonly StylizeOptions Chain = StylizeOptions.Default with
    {
        ContentWeight = 0,
        TvWeight = 0,
        StyleLoss = StyleLossKind.Gram,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_2,relu3_1,relu3_2"),
        CorrelationChain = true,
        ActivationShift = -1,
    };

    [Fact]
    public void Evaluate_StyleItself_IsZeroWithoutGradient()
    {
        Evaluation evaluation = Evaluate(Chain, Noise(1), Noise(1));

        Assert.Equal(0, evaluation.Loss, 1e-9);
        Assert.All(evaluation.Gradient, slope => Assert.Equal(0, slope, 1e-7));
    }

    [Fact]
    public void Evaluate_TwoStyles_IsTheirWeightedSum()
    {
        Evaluation first = Evaluate(Chain, Noise(1), Noise(2)), second = Evaluate(Chain, Noise(1), Noise(3));
        Evaluation both = Evaluate(Chain with { StyleWeights = [1, 3] }, Noise(1), Noise(2), Noise(3));

        Assert.Equal((0.25 * first.Loss) + (0.75 * second.Loss), both.Loss, 1e-6 * both.Loss);
        Numbers.AssertClose(
            [.. first.Gradient.Zip(second.Gradient, (a, b) => (0.25 * a) + (0.75 * b))],
            [.. both.Gradient.Select(slope => (double)slope)], 1e-4);
    }

    [Fact]
    public void Evaluate_Weights_ArePairsOfNeighborsThatSumToOne()
    {
        ImmutableArray<LossTerm> equal = Evaluate(Chain, Noise(1), Noise(2)).Terms;
        ImmutableArray<LossTerm> geometric = Evaluate(
            Chain with { LayerWeights = LayerWeighting.Geometric }, Noise(1), Noise(2)).Terms;

        Assert.Equal(
            ["style relu1_1 relu2_2", "style relu2_2 relu3_1", "style relu3_1 relu3_2"],
            equal.Select(term => term.Name));
        Assert.All(equal, term => Assert.Equal(1 / 3.0, term.Weight, 1e-12));
        Numbers.AssertClose([4 / 7.0, 2 / 7.0, 1 / 7.0], [.. geometric.Select(term => term.Weight)], 1e-12);
    }

    [Fact]
    public void Evaluate_StyleFile_SaysThatItHoldsNoCorrelations()
    {
        using Stylizer stylizer = new();
        StyleStatistics file = stylizer.Extract([Noise(2)], Chain, sizes: [32]);
        OptionsException error = Assert.Throws<OptionsException>(() => Evaluate(Chain, Noise(1), file));
        Assert.Contains("correlation-chain", error.Message, StringComparison.Ordinal);
        Assert.True(Evaluate(Chain with { CorrelationChain = false }, Noise(1), file).Loss > 0);
    }

    [Fact]
    public void Evaluate_OneLayer_SaysThatAChainNeedsTwo()
    {
        OptionsException error = Assert.Throws<OptionsException>(
            () => Evaluate(Chain with { StyleLayers = LayerSelection.Parse("relu3_1") }, Noise(1), Noise(2)));
        Assert.Contains("name two or more", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 2), InlineData(64, 7), InlineData(16, 3), InlineData(32, 8)]
    public void Evaluate_InBands_AgreesWithTheWhole(int bandRows, int bandedLayers)
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load("compact", Pooling.Max, engine);
        foreach (bool isMasked in (bool[])[false, true])
        {
            (double loss, float[] gradient) = Evaluate(engine, network, EncoderLayout.Whole, isMasked);
            (double bandedLoss, float[] bandedGradient) =
                Evaluate(engine, network, new EncoderLayout(bandedLayers, bandRows, RecomputedLayers: 0), isMasked);

            Assert.Equal(loss, bandedLoss, 1e-6 * loss);
            float largest = gradient.Max(Math.Abs);
            Assert.InRange(gradient.Zip(bandedGradient, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4f * largest);
        }
    }

    [Fact]
    public void Evaluate_Masked_SlopeIsThatOfTheValue()
    {
        SpatialGuides guides = new()
        {
            StyleMasks = [StyleMask.FromPicture(Numbers.Picture(5, 20, 31)), StyleMask.Rest],
            StyleRegions = [Numbers.Picture(6, 9, 14), null],
        };
        PlanarPicture picture = Numbers.Planes(1, 11, 15).Resize(33, 47).Clamp();
        Style[] styles = [Noise(2), Noise(3)];
        using Stylizer stylizer = new(new EngineOptions { Precision = Precision.Single });
        Evaluation Evaluate(PlanarPicture at)
            => stylizer.Evaluate(at.ToPicture(), content: null, styles, Chain, guides);
        Evaluation evaluation = Evaluate(picture);
        double squares = evaluation.Gradient.Sum(slope => (double)slope * slope);
        float step = (float)(0.01 * evaluation.Loss / squares);
        PlanarPicture Moved(float by)
            => picture with { Values = [.. picture.Values.Zip(evaluation.Gradient, (x, slope) => x + (by * slope))] };

        double difference = (Evaluate(Moved(step)).Loss - Evaluate(Moved(-step)).Loss) / (2 * step);

        Assert.Equal(6, evaluation.Terms.Length);
        Assert.StartsWith("style 2 relu1_1 relu2_2", evaluation.Terms[3].Name, StringComparison.Ordinal);
        Assert.Equal(squares, difference, 0.01 * squares);
    }

    [Fact]
    public void Evaluate_WhiteMask_IsNoMask()
    {
        float[] white = [1, 1];
        SpatialGuides guides = new() { StyleMasks = [StyleMask.FromPicture(new Picture(2, 1, white, white, white))] };
        using Stylizer stylizer = new();
        Evaluation plain = stylizer.Evaluate(Noise(1), content: null, [Noise(2)], Chain);
        Evaluation masked = stylizer.Evaluate(Noise(1), content: null, [Noise(2)], Chain, guides);

        Assert.Equal(plain.Loss, masked.Loss, 1e-9 * plain.Loss);
        Numbers.AssertClose(
            [.. plain.Gradient.Select(slope => (double)slope)], [.. masked.Gradient.Select(slope => (double)slope)],
            1e-6);
    }

    [Fact]
    public void Evaluate_RegionThatVanishes_IsLeftOutWithAWarning()
    {
        float[] row = [.. Enumerable.Repeat(0f, 99), 0.02f];
        SpatialGuides guides = new() { StyleRegions = [new Picture(100, 1, row, row, row)] };
        using Stylizer stylizer = new();
        Evaluation evaluation = stylizer.Evaluate(Noise(1), content: null, [Noise(2)], Chain, guides);

        Assert.Contains("relu2_2 relu3_1", Assert.Single(evaluation.Warnings), StringComparison.Ordinal);
        Assert.True(double.IsFinite(evaluation.Loss));
    }

    private static (double Loss, float[] Gradient) Evaluate(
        IEngine engine, Network network, EncoderLayout layout, bool isMasked)
    {
        const int Height = 139, Width = 67;
        string[] layers = ["relu1_1", "relu1_2", "relu2_2", "relu3_1", "relu3_2"];
        EncoderGeometry geometry = new(network, Height, Width, layers, needsGradient: true, keepsFeatures: true);
        ImmutableArray<IFeatureLoss> losses = [.. layers.Zip(layers.Skip(1), (shallower, deeper) =>
        {
            Shape shape = geometry.ShapeOf(shallower);
            PositionWeights? where = isMasked
                ? engine.CreatePositionWeights(shape.Height, shape.Width, Numbers.Uniform(7, (int)shape.Area))
                : null;
            int length = shape.Channels * geometry.ShapeOf(deeper).Channels;
            return new CorrelationLoss(
                engine, deeper, shallower, shift: -1, [(Numbers.NormalDoubles(5, length), 1)], weight: 0.25, where);
        })];
        using Objective objective = new(
            engine, (IWorkers)engine, Height, Width, new Encoder(engine, network, geometry, layout), losses,
            new TotalVariationLoss(
                engine, Height, Width, TotalVariationKind.NinePoint, weight: 0, chromaWeight: 0, isTileable: false));
        using Tensor x = engine.CreateTensor(3 * Height * Width), gradient = engine.CreateTensor(3 * Height * Width);
        engine.Write(Numbers.Uniform(1, x.Length), x);
        objective.Evaluate(x, gradient);

        // Once more: a loss must be ready to measure anew.
        double loss = objective.Evaluate(x, gradient);
        float[] values = new float[gradient.Length];
        engine.Read(gradient, values);
        return (loss, values);
    }

    private static Evaluation Evaluate(StylizeOptions options, Picture picture, params Style[] styles)
    {
        using Stylizer stylizer = new();
        return stylizer.Evaluate(picture, content: null, styles, options);
    }

    private static Picture Noise(int seed) => Numbers.Picture(seed, 33, 47);
}
