using Atelier.Engine;
using Atelier.Engine.Cpu;

namespace Atelier.Benchmarks;

/// <summary>Each kind of convolution of both networks at 512 × 512, forward and backward, as a share of the processor's
/// multiply-add peak.</summary>
internal static class ConvolutionBenchmark
{
    private const int Side = 512;
    private const double SecondsOfLayer = 1;

    internal static void Run(int threads)
    {
        using Peak peak = new(threads);
        using IEngine engine = CpuEngine.Create(new EngineOptions { Threads = threads });
        MarkdownTable table = new("convolution", "forward ms", "of peak", "backward ms", "of peak");
        foreach (BenchmarkNetwork network in BenchmarkNetwork.All)
        {
            foreach (Convolution layer in network.Convolutions(Side, Side)
                .DistinctBy(layer => (layer.Inputs, layer.Outputs, layer.Height)))
            {
                double[] seconds = Measure(peak, engine, layer);
                double fastest = Peak.Operations / seconds[0];
                table.Add(
                    $"{network.Name} {layer.Name}",
                    $"{seconds[1] * 1e3:F2}", $"{layer.Operations / seconds[1] / fastest:P0}",
                    $"{seconds[2] * 1e3:F2}", $"{layer.Operations / seconds[2] / fastest:P0}");
            }
        }
    }

    private static double[] Measure(Peak peak, IEngine engine, Convolution layer)
    {
        Random random = new(1);
        float[] weights =
            [.. Enumerable.Range(0, 9 * layer.Inputs * layer.Outputs).Select(_ => random.NextSingle() - 0.5f)];
        using Filter filter = engine.CreateFilter(weights, new float[layer.Outputs]);
        Shape inputShape = new(layer.Height, layer.Width, layer.Inputs);
        Shape outputShape = inputShape with { Channels = layer.Outputs };
        using FeatureMap input = engine.CreateMap(inputShape), output = engine.CreateMap(outputShape);
        using FeatureMap inputGradient = engine.CreateMap(inputShape);
        using FeatureBits signs = engine.CreateBits(outputShape, 1);
        return Fastest.Of(
            SecondsOfLayer,
            peak.Run,
            () => engine.ConvolveRelu(filter, input, output, signs, Rows.All(output)),
            () => engine.ConvolveBackward(filter, output, inputGradient, null, Rows.All(inputGradient)));
    }
}
