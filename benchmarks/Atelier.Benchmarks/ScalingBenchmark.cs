using Atelier.Engine;
using Atelier.Engine.Cpu;

namespace Atelier.Benchmarks;

/// <summary>What one very large picture would gain from many machines (docs/scaling.md): steps are measured on this
/// machine, and the rest is arithmetic. Nothing of it is built.</summary>
internal static class ScalingBenchmark
{
    private const double SecondsOfNetwork = 40, Latency = 1e-4;

    // Rows that a position of relu5_1 sees to each side (decision 5).
    private const int Halo = 78;

    private static readonly int[] Sides = [2048, 4096, 8192, 16384, 32768];
    private static readonly int[] Workers = [1, 8, 64];

    internal static void Run(int threads)
    {
        foreach ((BenchmarkNetwork network, int[] measured) in ((BenchmarkNetwork, int[])[])
            [(BenchmarkNetwork.Compact, [512, 2048]), (BenchmarkNetwork.Vgg19, [512, 1024])])
        {
            StepTime time = Measure(network, measured, threads);
            Console.WriteLine();
            Console.WriteLine(
                $"{network.Name}: {time.Fixed * 1e3:F1} ms a step, and {time.OfPixel * 1e9:F0} ns a pixel; a worker " +
                $"sends {StatisticsBytes(network) / 1e6:F1} MB of statistics a step");
            MarkdownTable table = new(
                "picture", "workers", "rows each", "halo, MB a step", "s at 1 Gbit/s", "times", "s at 10 Gbit/s",
                    "times");
            foreach (int side in Sides)
            {
                foreach (int workers in Workers)
                {
                    double[] seconds =
                        [.. ((double[])[1e9, 1e10]).Select(bits => Step(network, time, side, workers, bits / 8))];
                    double alone = Step(network, time, side, 1, 1);
                    table.Add(
                        $"{side} x {side}", $"{workers}", $"{side / workers}", $"{HaloBytes(side, workers) / 1e6:F1}",
                        $"{seconds[0]:F2}", $"{alone / seconds[0]:F1}", $"{seconds[1]:F2}", $"{alone / seconds[1]:F1}");
                }
            }
        }
    }

    /// <summary>Seconds of a step: each worker has a band of rows, computes those of its halo once more, and adds up
    /// the statistics with all others between the two passes.</summary>
    private static double Step(BenchmarkNetwork network, StepTime time, int side, int workers, double bytesPerSecond)
    {
        double rows = (double)side / workers, more = workers == 1 ? 0 : Math.Min(2 * Halo, side - rows);
        double computing = time.Fixed + (time.OfPixel * side * (rows + more));

        // A ring: each part of the sums passes every worker twice, once to be added up and once to be told.
        double statistics = 2.0 * (workers - 1) / workers * StatisticsBytes(network);
        int messages = workers == 1 ? 0 : 1 + (2 * (workers - 1));
        return computing + ((statistics + HaloBytes(side, workers)) / bytesPerSecond) + (messages * Latency);
    }

    /// <summary>The rows of the picture that a worker gets from its neighbors after each step of the optimizer, which
    /// every worker does for its own rows.</summary>
    private static double HaloBytes(int side, int workers)
        => workers == 1 ? 0 : Math.Min(2 * Halo, side - (side / workers)) * 3.0 * sizeof(float) * side;

    /// <summary>Means and the upper triangles of second moments, in double precision so that their order does not
    /// matter.</summary>
    private static double StatisticsBytes(BenchmarkNetwork network)
        => network.ChannelsOfBlock.Sum(channels => channels + (channels * (channels + 1) / 2.0)) * sizeof(double);

    /// <summary>Fits a straight line through the fastest steps at two sizes.</summary>
    private static StepTime Measure(BenchmarkNetwork network, int[] sides, int threads)
    {
        using TemporaryFolder folder = new();
        string weights = network.Save(folder.Path);
        using IEngine engine = CpuEngine.Create(new EngineOptions { Threads = threads });
        Transfer[] transfers = [.. sides.Select(side => new Transfer(
            engine, weights, BenchmarkObjective.Classic.Options, Pictures.Noise(side, side)))];
        double[] seconds = Fastest.Of(SecondsOfNetwork, [.. transfers.Select(each => (Action)each.Step)]);
        foreach (Transfer transfer in transfers)
            transfer.Dispose();
        double[] pixels = [.. sides.Select(side => (double)side * side)];
        double ofPixel = (seconds[1] - seconds[0]) / (pixels[1] - pixels[0]);
        return new StepTime(Math.Max(0, seconds[0] - (ofPixel * pixels[0])), ofPixel);
    }

    /// <summary>The time of a step.</summary>
    /// <param name="Fixed">What does not depend on the size, in seconds: every worker does it.</param>
    /// <param name="OfPixel">Seconds for each pixel.</param>
    private readonly record struct StepTime(double Fixed, double OfPixel);
}
