using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Networks;
using Atelier.Testing;

namespace Atelier.Tests.Networks;

/// <summary>Bands change what is in memory at a time, and nothing else.</summary>
public sealed class ChainScheduleTests
{
    private static readonly string[] FeatureLayers =
        ["relu1_1", "relu2_1", "relu3_1", "relu3_3", "relu4_1", "relu4_2", "relu5_1"];

    public static TheoryData<int, int, int> Layouts => new()
    {
        // Banded layers, rows of a band, recomputed layers: after pool1, pool2, pool3, pool4 and all of them.
        { 3, 16, 0 }, { 3, 16, 1 }, { 6, 16, 4 }, { 11, 32, 7 }, { 11, 16, 0 }, { 16, 48, 9 },
        { 17, 16, 17 }, { 17, 64, 0 },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Chain_Banded_GivesTheFeaturesAndGradientOfTheWhole(int banded, int rows, int recomputed)
    {
        foreach (Pooling pooling in (Pooling[])[Pooling.Max, Pooling.Average])
        {
            foreach ((int height, int width) in ((int, int)[])[(131, 53), (96, 40), (37, 61)])
            {
                using IEngine engine = Widths.NewEngine(EngineInfo.Current.VectorBits);
                using Network network = Network.Load("compact", pooling, engine);
                (double[] whole, double[] wholeFeatures) = Run(engine, network, height, width, EncoderLayout.Whole);
                (double[] actual, double[] features) =
                    Run(engine, network, height, width, new EncoderLayout(banded, rows, recomputed));
                Numbers.AssertClose(wholeFeatures, features, 1e-5);
                double largest = whole.Max(Math.Abs);
                Assert.InRange(whole.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 2e-5 * largest);
            }
        }
    }

    [Theory]
    [InlineData(6, 16, 4)]
    [InlineData(17, 16, 17)]
    public void Chain_BandedInBFloat16_GivesTheFeaturesAndGradientOfTheWhole(int banded, int rows, int recomputed)
    {
        using IEngine engine = CpuEngine.Create(
            EngineInfo.Current.VectorBits, EngineOptions.Default, ModelProcessor.Units);
        using Network network = Network.Load("compact", Pooling.Max, engine);
        (double[] whole, double[] wholeFeatures) = Run(engine, network, 53, 37, EncoderLayout.Whole);
        (double[] actual, double[] features) =
            Run(engine, network, 53, 37, new EncoderLayout(banded, rows, recomputed));
        Numbers.AssertClose(wholeFeatures, features, 1e-10);

        // No sum of a pixel depends on where a band begins.
        Assert.Equal(whole, actual);
    }

    /// <summary>Gradient of Σ w·f² over all taps, and the sums Σ f² of each tap.</summary>
    private static (double[] Gradient, double[] Features) Run(
        IEngine engine, Network network, int height, int width, EncoderLayout layout)
    {
        using Encoder encoder = new(
            engine, network, new EncoderGeometry(network, height, width, FeatureLayers, needsGradient: true), layout);
        using Tensor picture = engine.CreateTensor(Numbers.Uniform(7, 3 * height * width));
        using Tensor gradient = engine.CreateTensor(3 * height * width);
        double[] sums = new double[FeatureLayers.Length];
        int[] rowsSeen = new int[FeatureLayers.Length], rowsAdded = new int[FeatureLayers.Length];
        foreach (int _ in (int[])[1, 2])
        {
            Array.Clear(sums);
            Array.Clear(rowsSeen);
            Array.Clear(rowsAdded);
            encoder.Forward(picture, (layer, features, rows) =>
            {
                int tap = Array.IndexOf(FeatureLayers, layer);
                Assert.Equal(rowsSeen[tap], rows.First);
                rowsSeen[tap] = rows.End;
                using FeatureMap zero = engine.CreateMap(features.Shape);
                sums[tap] += engine.SquaredDistance(features, zero, rows);
            });
            encoder.Backward(
                picture,
                (layer, features, map, rows) =>
                {
                    int tap = Array.IndexOf(FeatureLayers, layer);
                    Assert.Equal(rowsAdded[tap], rows.First);
                    rowsAdded[tap] = rows.End;
                    using FeatureMap zero = engine.CreateMap(features.Shape);
                    engine.AddScaledDifference(features, zero, 2f / features.Shape.Count, map, rows);
                },
                gradient);
        }

        Assert.Equal(FeatureLayers.Select(tap => encoder.Geometry.ShapeOf(tap).Height), rowsSeen);
        Assert.Equal(rowsSeen, rowsAdded);
        return (engine.Values(gradient), sums);
    }
}
