using Atelier.Engine.Cpu;
using Atelier.Engine.Cpu.Kernels;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>What an engine keeps of its filters between two uses. Alone, because the count of live memory is one for
/// the process.</summary>
[Collection(nameof(RunAlone))]
public sealed unsafe class FilterFormTests
{
    private const int Channels = 128;
    private const int Side = 40;

    // Just so large that a filter of these channels is packed anew for each use.
    private static readonly Shape Large = new(356, 360, Channels);
    private static readonly Shape Small = new(Side, Side, Channels);

    [Fact]
    public void Convolve_LargeMap_KeepsNothingAndGivesTheBitsOfAKeptFilter()
    {
        using IEngine engine = Widths.NewEngine(EngineInfo.Current.VectorBits);
        using Filter filter = engine.CreateFilter(Numbers.Normal(1, 9 * Channels * Channels), new float[Channels]);
        using FeatureMap small = Map(engine, Small), large = Map(engine, Large);
        using FeatureMap smallOutput = engine.CreateMap(Small), largeOutput = engine.CreateMap(Large);
        foreach (bool isBackward in (bool[])[false, true])
        {
            void Convolve(FeatureMap input, FeatureMap output)
            {
                if (isBackward)
                {
                    engine.ConvolveBackward(filter, input, output, inputSigns: null);
                    return;
                }

                engine.ConvolveRelu(filter, input, output, signs: null);
            }

            Convolve(large, largeOutput);
            long withoutForm = MemoryBlock.LiveBytes;
            Convolve(small, smallOutput);
            long form = MemoryBlock.LiveBytes - withoutForm;
            Convolve(large, largeOutput);

            Assert.Equal(36L * Channels * Channels * sizeof(float), form);
            Assert.Equal(withoutForm, MemoryBlock.LiveBytes);
            for (int row = 0; row < Side; row++)
                Assert.True(Row(smallOutput, row).SequenceEqual(Row(largeOutput, row)), $"Row {row} differs.");
            Assert.NotEqual(0f, Row(smallOutput, Side / 2).ToArray().Max());
        }
    }

    [Fact]
    public void Convolve_LargeFilter_IsNeverWholeInMemoryAndBatchesOfTilesGiveTheSameBits()
    {
        const int Outputs = 520;
        Shape small = new(Side, Side, Channels * 2), large = new(68, 72, Channels * 2);
        using IEngine engine = Widths.NewEngine(EngineInfo.Current.VectorBits);
        using Filter filter =
            engine.CreateFilter(Numbers.Normal(1, 9 * small.Channels * Outputs), new float[Outputs]);
        using FeatureMap input = Map(engine, small), largeInput = Map(engine, large);
        using FeatureMap output = engine.CreateMap(small with { Channels = Outputs });
        using FeatureMap largeOutput = engine.CreateMap(large with { Channels = Outputs });

        long before = MemoryBlock.LiveBytes;
        engine.ConvolveRelu(filter, input, output, signs: null);
        engine.ConvolveRelu(filter, largeInput, largeOutput, signs: null);

        Assert.InRange(MemoryBlock.LiveBytes - before, 1, 36L * small.Channels * Outputs * sizeof(float) - 1);
        for (int row = 0; row < Side; row++)
            Assert.True(Row(output, row).SequenceEqual(Row(largeOutput, row)), $"Row {row} differs.");
        Assert.NotEqual(0f, Row(output, Side / 2).ToArray().Max());
    }

    [Theory]
    [InlineData(512, 512, 70, 80), InlineData(1024, 1024, 0, 1), InlineData(2048, 1365, 0, 1)]
    public void KeepsForm_Vgg19_MegabytesAreFewBesideLargeMaps(int width, int height, int fewest, int most)
    {
        (int Inputs, int Outputs, int Pools)[] layers =
        [
            (64, 64, 0), (64, 128, 1), (128, 128, 1), (128, 256, 2), (256, 256, 2), (256, 256, 2), (256, 256, 2),
            (256, 512, 3), (512, 512, 3), (512, 512, 3), (512, 512, 3), (512, 512, 4),
        ];
        long bytes = layers
            .Where(layer => ConvolutionCost.KeepsForm(
                FilterForm.Winograd, layer.Inputs, layer.Outputs, height >> layer.Pools, width >> layer.Pools))
            .Sum(layer => 2 * WinogradPanels<LanesScalar>.BytesFor(layer.Outputs, layer.Inputs));
        Assert.InRange(bytes / 1e6, fewest, most);
    }

    /// <summary>A map of zeros but for the first rows and columns.</summary>
    private static FeatureMap Map(IEngine engine, Shape shape)
    {
        FeatureMap map = engine.CreateMap(shape);
        int floats = Side * shape.Channels;
        float[] values = Numbers.Normal(2, Side * floats);
        for (int row = 0; row < Side; row++)
            values.AsSpan(row * floats, floats).CopyTo(Row(map, row));
        return map;
    }

    private static Span<float> Row(FeatureMap map, int row)
        => new(
            CpuFeatureMap.From(map).Origin + (row * CpuFeatureMap.From(map).RowStride),
            Side * CpuFeatureMap.From(map).PixelStride);
}
