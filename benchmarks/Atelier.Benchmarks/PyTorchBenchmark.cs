using System.ComponentModel;
using System.Diagnostics;
using Atelier.Options;

namespace Atelier.Benchmarks;

/// <summary>The published method's objective and gradient against PyTorch, which is given the same weights and
/// pictures and must come to the same numbers. Each side is a process of its own; they take turns.</summary>
internal static class PyTorchBenchmark
{
    private const double SecondsOfCase = 15;
    private const double LargestDifference = 1e-3;

    internal static void Run(int threads, string? chosenPython)
    {
        string[] pythons = chosenPython is null ? ["/usr/bin/python3", "python3"] : [chosenPython];
        string? python = pythons.FirstOrDefault(python => TorchVersion(python) is not null);
        Console.WriteLine();
        if (python is null)
        {
            Console.WriteLine(
                $"No PyTorch: {string.Join(" and ", pythons)} cannot 'import torch'. Install it (Debian: " +
                "python3-torch and libopenblas0; elsewhere: pip install torch), or name a Python that has it with " +
                "--python PATH.");
            return;
        }

        Console.WriteLine($"PyTorch {TorchVersion(python)} of {python}.");
        MarkdownTable table = new(
            "network", "size", "Atelier ms", "PyTorch ms", "PyTorch, channels last", "times as fast",
            "Atelier MB", "PyTorch MB", "of its memory", "difference");
        Compare(table, python, BenchmarkNetwork.Compact, 512, threads);
        Compare(table, python, BenchmarkNetwork.Vgg19, 512, threads);
        Compare(table, python, BenchmarkNetwork.Vgg19, 1024, threads);
    }

    private static void Compare(
        MarkdownTable table, string python, BenchmarkNetwork network, int side, int threads)
    {
        using TemporaryFolder folder = new();
        string weights = network.Save(folder.Path), pictures = Pictures.Noise(side, side).Save(folder.Path);
        ChildProcess PyTorch(string memoryFormat)
        {
            StylizeOptions options = BenchmarkObjective.Classic.Options;
            return new(
                python, Path.Combine(AppContext.BaseDirectory, "iteration.py"), weights, pictures,
                options.StyleLayers.ToString(), options.ContentLayers.ToString(),
                $"{options.StyleWeight}", $"{options.ContentWeight}", $"{threads}", memoryFormat);
        }

        using ChildProcess atelier = ChildProcess.Worker("evaluate", weights, pictures, $"{threads}");
        using ChildProcess contiguous = PyTorch("contiguous_format"), channelsLast = PyTorch("channels_last");
        double difference = Math.Max(Difference(atelier, contiguous), Difference(atelier, channelsLast));
        if (!(difference <= LargestDifference))
        {
            throw new InvalidOperationException(
                $"{network.Name} at {side}: the two sides differ by {difference:G3}, so they do not do the same.");
        }

        double[] seconds = Fastest.Of(
            SecondsOfCase, () => atelier.Ask()[0], () => contiguous.Ask()[0], () => channelsLast.Ask()[0]);
        double theirs = Math.Min(seconds[1], seconds[2]);
        double memory = Math.Min(contiguous.PeakMegabytes, channelsLast.PeakMegabytes);
        table.Add(
            network.Name, $"{side} x {side}", $"{seconds[0] * 1e3:F0}", $"{seconds[1] * 1e3:F0}",
            $"{seconds[2] * 1e3:F0}", $"{theirs / seconds[0]:F2}", $"{atelier.PeakMegabytes:F0}", $"{memory:F0}",
            $"{atelier.PeakMegabytes / memory:P0}", $"{difference:0.0e+0}");
    }

    /// <summary>The relative difference of objective and gradient's length, whichever is larger.</summary>
    private static double Difference(ChildProcess a, ChildProcess b)
        => a.Ask().Zip(b.Ask(), (x, y) => Math.Abs(x - y) / Math.Abs(y)).Skip(1).Max();

    /// <summary>The version of PyTorch that a Python finds; null if there is none, or no such Python.</summary>
    private static string? TorchVersion(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(
                python, ["-c", "import torch; print(torch.__version__)"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string? version = process.StandardOutput.ReadLine();
            process.WaitForExit();
            return version;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
