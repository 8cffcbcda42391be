namespace Atelier.Benchmarks;

/// <summary>The most memory that a whole run has resident, each in a process of its own.</summary>
internal static class MemoryBenchmark
{
    private const int Steps = 3;

    internal static void Run(int threads)
    {
        MarkdownTable table = new("run of three steps", "size", "seconds", "peak MB", "bytes per pixel");
        Measure(table, BenchmarkNetwork.Vgg19, 1024, 1024, threads);
        Measure(table, BenchmarkNetwork.Compact, 3840, 2160, threads);
    }

    private static void Measure(MarkdownTable table, BenchmarkNetwork network, int width, int height, int threads)
    {
        using TemporaryFolder folder = new();
        using ChildProcess run = ChildProcess.Worker(
            "stylize", network.Name, network.Save(folder.Path), $"{width}", $"{height}", $"{Steps}", $"{threads}");
        double seconds = run.Ask()[0];
        double megabytes = run.PeakMegabytes;
        table.Add(
            network.Name, $"{width} x {height}", $"{seconds:F1}", $"{megabytes:F0}",
            $"{megabytes * 1e6 / width / height:F0}");
    }
}
