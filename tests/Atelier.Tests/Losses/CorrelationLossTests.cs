using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Tensors;

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
        (double loss, float[] gradient) = Evaluate(engine, network, ChainLayout.Whole);
        (double bandedLoss, float[] bandedGradient) =
            Evaluate(engine, network, new ChainLayout(bandedLayers, bandRows, RecomputedLayers: 0));

        Assert.Equal(loss, bandedLoss, 1e-6 * loss);
        float largest = gradient.Max(Math.Abs);
        Assert.InRange(gradient.Zip(bandedGradient, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4f * largest);
    }

    private static (double Loss, float[] Gradient) Evaluate(IEngine engine, Network network, ChainLayout layout)
    {
        const int Height = 139, Width = 67;
        string[] layers = ["relu1_1", "relu1_2", "relu2_2", "relu3_1", "relu3_2"];
        ChainGeometry geometry = new(network, Height, Width, layers, needsGradient: true, holdsTaps: true);
        ImmutableArray<IFeatureLoss> losses = [.. layers.Zip(layers.Skip(1), (shallower, deeper) =>
        {
            int length = geometry.ShapeOf(shallower).Channels * geometry.ShapeOf(deeper).Channels;
            return new CorrelationLoss(
                engine, deeper, shallower, shift: -1, [(Numbers.NormalDoubles(5, length), 1)], weight: 0.25);
        })];
        using Objective objective = new(
            engine, Height, Width, new FeatureChain(engine, network, geometry, layout), losses,
            TotalVariationKind.NinePoint, tvWeight: 0);
        using Tensor x = engine.NewTensor(3 * Height * Width), gradient = engine.NewTensor(3 * Height * Width);
        engine.Write(Numbers.Uniform(1, x.Length), x);
        objective.Evaluate(x, gradient);

        // Once more: a loss must be ready to measure anew.
        double loss = objective.Evaluate(x, gradient);
        float[] values = new float[gradient.Length];
        engine.Read(gradient, values);
        return (loss, values);
    }

    private static Evaluation Evaluate(StylizeOptions options, Picture picture, params Picture[] styles)
    {
        using Stylizer stylizer = new();
        return stylizer.Evaluate(picture, content: null, styles, options);
    }

    private static Picture Noise(int seed) => Numbers.Picture(seed, 33, 47);
}
