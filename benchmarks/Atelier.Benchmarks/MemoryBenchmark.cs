namespace Atelier.Benchmarks;

/// <summary>The most memory that a whole run has resident, each in a process of its own.</summary>
internal static class MemoryBenchmark
{
    private const int Steps = 3;

    internal static void Run(int threads)
    {
        MarkdownTable table = new("run of three steps", "objective", "size", "seconds", "peak MB", "bytes per pixel");
        Measure(table, BenchmarkNetwork.Vgg19, BenchmarkObjective.Classic, 512, 512, threads);
        Measure(table, BenchmarkNetwork.Vgg19, BenchmarkObjective.Default, 512, 512, threads);
        Measure(table, BenchmarkNetwork.Vgg19, BenchmarkObjective.Classic, 1024, 1024, threads);
        Measure(table, BenchmarkNetwork.Compact, BenchmarkObjective.Default, 512, 512, threads);
        Measure(table, BenchmarkNetwork.Compact, BenchmarkObjective.Default, 3840, 2160, threads);
    }

    private static void Measure(
        MarkdownTable table, BenchmarkNetwork network, BenchmarkObjective objective, int width, int height, int threads)
    {
        using TemporaryFolder folder = new();
        using ChildProcess run = ChildProcess.Worker(
            "stylize", objective.Name, network.Save(folder.Path), $"{width}", $"{height}", $"{Steps}", $"{threads}");
        double seconds = run.Ask()[0];
        double megabytes = run.PeakMegabytes;
        table.Add(
            network.Name, objective.Name, $"{width} x {height}", $"{seconds:F1}", $"{megabytes:F0}",
            $"{megabytes * 1e6 / width / height:F0}");
    }
}
