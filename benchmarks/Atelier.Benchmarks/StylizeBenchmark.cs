using System.Diagnostics;
using Atelier.Engine;
using Atelier.Imaging;

namespace Atelier.Benchmarks;

/// <summary>A whole run of the preset <c>normal</c> on pictures of noise, and the share of each stage in it.</summary>
internal static class StylizeBenchmark
{
    internal static void Run(int threads)
    {
        Picture content = Noise(1024, 768, seed: 1), style = Noise(900, 1100, seed: 2);
        using TimedEngine engine = new(CpuEngine.Create(new EngineOptions { Threads = threads }));
        using Stylizer stylizer = new(engine);
        StylizeRequest request = new() { Content = content, Styles = [style] };
        long start = Stopwatch.GetTimestamp();
        StylizeResult result = stylizer.Stylize(request);
        double total = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        using MemoryStream file = new();
        PictureFile.Encode(result.Picture, file, ".png");
        engine.Times["writing the PNG"] = (1, Stopwatch.GetElapsedTime(start).TotalSeconds);
        Console.WriteLine();
        Console.WriteLine("| stage of stylize, preset normal | calls | seconds | share |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach ((string name, (int calls, double seconds)) in
            engine.Times.OrderByDescending(time => time.Value.Seconds))
        {
            Console.WriteLine($"| {name} | {calls} | {seconds:F3} | {seconds / total:P1} |");
        }

        double other = total - engine.Times.Values.Sum(time => time.Seconds);
        Console.WriteLine($"| resizing, set-up and the rest | | {other:F3} | {other / total:P1} |");
        Console.WriteLine($"{result.Picture.Width} x {result.Picture.Height} in {total:F2} s.");
    }

    private static Picture Noise(int width, int height, int seed)
    {
        Random random = new(seed);
        float[] Plane() => [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle())];
        return new Picture(width, height, Plane(), Plane(), Plane());
    }
}
