using System.Diagnostics;
using Atelier.Imaging;

namespace Atelier.Benchmarks;

/// <summary>How soon the command-line tool has something to say, from the start of its process.</summary>
internal static class StartupBenchmark
{
    private const double Seconds = 10;

    internal static void Run(int threads)
    {
        using TemporaryFolder folder = new();
        string content = Path.Combine(folder.Path, "content.png"), style = Path.Combine(folder.Path, "style.png");
        PictureFile.Save(Pictures.Noise(768, 1024, seed: 1).ToPicture(), content);
        PictureFile.Save(Pictures.Noise(1100, 900, seed: 2).ToPicture(), style);

        // With one step at each size, the line that ends the first size tells of the first step.
        string[] stylize =
        [
            "stylize", content, "--style", style, "-o", Path.Combine(folder.Path, "out.png"), "--force",
            "--iterations", "1", "--iteration-growth", "0", "--threads", $"{threads}",
        ];
        double[] seconds = Fastest.Of(
            Seconds,
            () => ToFirstLine(process => process.StandardOutput, ["doctor"]),
            () => ToFirstLine(process => process.StandardError, stylize));
        MarkdownTable table = new("from the start of the process to", "ms");
        table.Add("the report of `doctor`", $"{seconds[0] * 1e3:F0}");
        table.Add("the first step of `stylize` at 128 x 96, pictures of 1024 x 768 read", $"{seconds[1] * 1e3:F0}");
    }

    /// <summary>Seconds to the first line on one of the standard streams.</summary>
    private static double ToFirstLine(Func<Process, StreamReader> stream, string[] arguments)
    {
        ProcessStartInfo start = new(ChildProcess.PathOf("Atelier.Cli"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string? line = stream(process).ReadLine();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        process.WaitForExit();
        return line is not null && process.ExitCode == 0
            ? seconds
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }
}
