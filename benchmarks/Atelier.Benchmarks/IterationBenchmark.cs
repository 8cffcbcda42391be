using Atelier.Engine;
using Atelier.Engine.Cpu;

namespace Atelier.Benchmarks;

/// <summary>One iteration of a style transfer: the objective, its gradient and a step of Adam. Both networks with both
/// objectives at several sizes, as a share of the processor's peak; on one thread and on all; and the stages of
/// it.</summary>
internal static class IterationBenchmark
{
    private const double SecondsOfNetwork = 40;

    internal static void Run(int threads)
    {
        MarkdownTable table = new(
            "network", "objective", "size", "ms", "of peak", "convolutions", "per pixel", "times 1 thread",
            "bytes allocated");
        Case[] measured =
        [
            Measure(table, BenchmarkNetwork.Vgg19, BenchmarkObjective.Classic, [512, 1024], threads),
            Measure(table, BenchmarkNetwork.Vgg19, BenchmarkObjective.Default, [512], threads),
            Measure(table, BenchmarkNetwork.Compact, BenchmarkObjective.Classic, [512], threads),
            Measure(table, BenchmarkNetwork.Compact, BenchmarkObjective.Default, [512, 1024, 2048], threads),
        ];
        foreach (Case each in measured)
            each.Print();
    }

    /// <summary>A row for each size. Returns what was measured at the first.</summary>
    private static Case Measure(
        MarkdownTable table, BenchmarkNetwork network, BenchmarkObjective objective, int[] sides, int threads)
    {
        using TemporaryFolder folder = new();
        string weights = network.Save(folder.Path);
        using Peak peak = new(threads);
        using Case single = new(network, objective, weights, sides[0], threads: 1);
        Case[] cases = [.. sides.Select(side => new Case(network, objective, weights, side, threads))];
        double peakSeconds = Fastest.Of(
            SecondsOfNetwork, [peak.Run, single.Step, .. cases.Select(each => (Action)each.Step)])[0];
        foreach (Case each in cases)
        {
            double ofPeak = network.Operations(each.Side, each.Side) / each.Seconds / (Peak.Operations / peakSeconds);
            table.Add(
                network.Name, objective.Name, $"{each.Side} x {each.Side}", $"{each.Seconds * 1e3:F0}", $"{ofPeak:P0}",
                $"{each.Stages.SecondsOf("convolution") / each.Seconds:P0}",
                $"{each.SecondsOfPixel / cases[0].SecondsOfPixel:P0}",
                each == cases[0] ? $"{single.Seconds / each.Seconds:F2}" : "",
                $"{each.BytesAllocatedByStep():F0}");
            each.Dispose();
        }

        return cases[0];
    }

    /// <summary>A network at a size on so many threads, and its fastest step so far.</summary>
    private sealed class Case : IDisposable
    {
        private readonly string _name;
        private readonly TimedEngine _engine;
        private readonly Transfer _transfer;

        internal Case(BenchmarkNetwork network, BenchmarkObjective objective, string weights, int side, int threads)
        {
            (_name, Side) = ($"{network.Name}, objective {objective.Name}", side);
            _engine = new TimedEngine(CpuEngine.Create(new EngineOptions { Threads = threads }));
            _transfer = new Transfer(_engine, weights, objective.Options, Pictures.Noise(side, side));
        }

        internal int Side { get; }

        internal double Seconds { get; private set; } = double.PositiveInfinity;

        internal StageTimes Stages { get; private set; } = new();

        internal double SecondsOfPixel => Seconds / Side / Side;

        internal void Step()
        {
            _engine.Times = new StageTimes();
            double seconds = Fastest.Time(_transfer.Step);
            if (seconds < Seconds)
            {
                (Seconds, Stages) = (seconds, _engine.Times);
            }
        }

        /// <summary>Bytes that all threads take from the garbage collector's heap in one step.</summary>
        internal double BytesAllocatedByStep()
        {
            const int Steps = 4;

            // The fastest step's times stay as they are, and new ones make room for themselves in one step.
            _engine.Times = new StageTimes();
            _transfer.Step();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int step = 0; step < Steps; step++)
                _transfer.Step();
            return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Steps;
        }

        internal void Print() => Stages.Print($"an iteration, {_name}, {Side} x {Side}", Seconds);

        public void Dispose()
        {
            _transfer.Dispose();
            _engine.Dispose();
        }
    }
}
