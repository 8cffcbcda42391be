using System.Diagnostics;
using Atelier.Engine;
using Atelier.Tensors;

namespace Atelier.Benchmarks;

/// <summary>Each kind of convolution of VGG-19 and of the compact network at 512 × 512, forward and backward, as a
/// share of the processor's multiply-add peak.</summary>
internal static class ConvolutionBenchmark
{
    private static readonly (string Name, int Inputs, int Outputs, int Side)[] Layers =
    [
        ("vgg19 conv1_1", 3, 64, 512), ("vgg19 conv1_2", 64, 64, 512), ("vgg19 conv2_1", 64, 128, 256),
        ("vgg19 conv2_2", 128, 128, 256), ("vgg19 conv3_1", 128, 256, 128), ("vgg19 conv3_2", 256, 256, 128),
        ("vgg19 conv4_1", 256, 512, 64), ("vgg19 conv4_2", 512, 512, 64), ("vgg19 conv5_1", 512, 512, 32),
        ("compact conv1_1", 3, 16, 512), ("compact conv1_2", 16, 16, 512), ("compact conv2_1", 16, 32, 256),
        ("compact conv2_2", 32, 32, 256), ("compact conv3_1", 32, 64, 128), ("compact conv3_2", 64, 64, 128),
        ("compact conv4_1", 64, 128, 64), ("compact conv4_2", 128, 128, 64), ("compact conv5_1", 128, 128, 32),
    ];

    internal static void Run(int threads)
    {
        using IEngine engine = CpuEngine.Create(new EngineOptions { Threads = threads });
        Console.WriteLine();
        Console.WriteLine("| convolution | forward ms | of peak | backward ms | of peak |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach ((string name, int inputs, int outputs, int side) in Layers)
        {
            double peak = PeakBenchmark.Measure(threads);
            (double forward, double backward) = Measure(engine, inputs, outputs, side);
            double operations = 2.0 * 9 * inputs * outputs * side * side;
            Console.WriteLine(
                $"| {name} | {forward * 1e3:F2} | {operations / forward / peak:P0} | " +
                $"{backward * 1e3:F2} | {operations / backward / peak:P0} |");
        }

        Console.WriteLine($"Peak, measured in this run: {PeakBenchmark.Measure(threads) / 1e9:F0} GFLOP/s.");
    }

    private static (double Forward, double Backward) Measure(IEngine engine, int inputs, int outputs, int side)
    {
        Random random = new(1);
        float[] weights = [.. Enumerable.Range(0, 9 * inputs * outputs).Select(_ => random.NextSingle() - 0.5f)];
        using IFilter filter = engine.NewFilter(weights, new float[outputs]);
        Shape inputShape = new(side, side, inputs), outputShape = new(side, side, outputs);
        using FeatureMap input = engine.NewMap(inputShape), output = engine.NewMap(outputShape);
        using FeatureMap inputGradient = engine.NewMap(inputShape);
        using BitMap signs = engine.NewBits(outputShape, 1);
        return (Best(() => engine.ConvolveRelu(filter, input, output, signs, Rows.Of(output))),
            Best(() => engine.ConvolveBackward(filter, output, inputGradient, null, Rows.Of(inputGradient))));
    }

    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int run = 0; run < 5 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.3; run++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
