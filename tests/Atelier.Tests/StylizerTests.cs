using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests;

/// <summary>What holds for whole runs: the same bytes whatever the threads, and no memory left. Alone, because the
/// count of live memory is one for the process.</summary>
[Collection(nameof(RunAlone))]
public sealed class StylizerTests
{
    private static readonly StylizeOptions Tiny = StylizeOptions.Default with
    {
        Size = 41,
        MinSize = 29,
        Margin = 3,
        Iterations = 3,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    public static TheoryData<OptimizerKind, StyleLossKind> Kinds => new()
    {
        { OptimizerKind.Adam, StyleLossKind.Wasserstein },
        { OptimizerKind.Lbfgs, StyleLossKind.Gram },
        { OptimizerKind.Gd, StyleLossKind.Moments },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stylize_AnyNumberOfThreads_GivesTheSameBytesAndFreesItsMemory(
        OptimizerKind optimizer, StyleLossKind style)
    {
        StylizeOptions options = Tiny with { Optimizer = optimizer, StyleLoss = style, Init = InitKind.Noise };
        long before = MemoryBlock.LiveBytes;
        float[] expected = Paint(options, threads: 1);

        Assert.Equal(expected, Paint(options, threads: 1));
        Assert.Equal(expected, Paint(options, threads: 2));
        Assert.Equal(expected, Paint(options, threads: 5));
        Assert.NotEqual(expected, Paint(options with { Seed = 1 }, threads: 2));
        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    [Fact]
    public void Stylize_EveryStep_TermsOfTheReportAddUpToItsLosses()
    {
        using Stylizer stylizer = new();
        StylizeRequest request = new()
        {
            Content = Numbers.Picture(1, 37, 49),
            Styles = [Numbers.Picture(2, 40, 31)],
            Options = Tiny with { Scales = [29, 41] },
        };

        StylizeResult result = stylizer.Stylize(request, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(2, result.Scales.Length);
        foreach (ScaleReport scale in result.Scales)
        {
            Assert.Equal(result.Terms.Select(term => term.Name), scale.Terms.Select(term => term.Name));
            for (int step = 0; step < scale.Losses.Length; step++)
            {
                Assert.Equal(
                    scale.Losses[step], scale.Terms.Sum(term => term.Values[step]), 1e-9 * scale.Losses[step]);
            }
        }

        Assert.Equal(result.Terms.Select(term => term.Value), result.Scales[^1].Terms.Select(term => term.Values[^1]));
    }

    [Fact]
    public void Evaluate_AnyNumberOfThreads_GivesTheSameBytesAndFreesItsMemory()
    {
        long before = MemoryBlock.LiveBytes;
        Evaluation[] found = [.. new[] { 1, 2, 5, 5 }.Select(threads =>
        {
            using Stylizer stylizer = new(new EngineOptions { Threads = threads });
            return stylizer.Evaluate(
                Numbers.Picture(1, 67, 45), Numbers.Picture(2, 67, 45), [Numbers.Picture(3, 33, 52)], Tiny);
        })];

        Assert.All(found, each => Assert.Equal(found[0].Loss, each.Loss));
        Assert.All(found, each => Assert.Equal(found[0].Gradient, each.Gradient));
        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    [Fact]
    public void Stylize_LayerThatIsNotThere_FreesItsMemory()
    {
        long before = MemoryBlock.LiveBytes;
        Assert.Throws<OptionsException>(
            () => Paint(Tiny with { StyleLayers = LayerSelection.Parse("relu9_9") }, threads: 2));
        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    [Fact]
    public void Dispose_OfANetworkWithADamagedLayer_FreesTheOthers()
    {
        WeightStore complete = Fixture.Reference("narrow_vgg19");
        WeightTensor bias = new([64], [.. Enumerable.Repeat(float.NaN, 64)]);
        WeightStore damaged = complete with { Tensors = complete.Tensors.SetItem("conv5_4.bias", bias) };
        using IEngine engine = CpuEngine.Create();
        long before = MemoryBlock.LiveBytes;
        using (Network network = Network.Bind(Fixture.FileOf(damaged), "test", Pooling.Max, engine))
        {
            Assert.Throws<WeightFormatException>(
                () => new EncoderGeometry(network, 32, 32, ["relu5_4"], needsGradient: false));
            Assert.NotEqual(before, MemoryBlock.LiveBytes);
        }

        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    private static float[] Paint(StylizeOptions options, int threads)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = threads });
        StylizeResult result = stylizer.Stylize(new StylizeRequest
        {
            Content = Numbers.Picture(1, 35, 48),
            Styles = [Numbers.Picture(2, 61, 37), Numbers.Picture(3, 20, 30)],
            Options = options,
        });
        Assert.True(result.IsComplete);
        Picture picture = result.Picture;
        Assert.Equal((41, 30), (picture.Width, picture.Height));
        return [.. picture.Red, .. picture.Green, .. picture.Blue];
    }
}
