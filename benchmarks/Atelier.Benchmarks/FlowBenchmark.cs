using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Benchmarks;

/// <summary>How long it takes to find the optical flow between two pictures; and, for frames whose flow another program
/// has found, how well the two flows agree with each other and with the frames.</summary>
internal static class FlowBenchmark
{
    private const double Seconds = 3;

    /// <param name="frames">A folder with pictures whose names end in numbers, and in it or below it, for each pair of
    /// them, forward_1_2.flo or backward_2_1.flo and reliable_1_2.pgm or reliable_2_1.pgm. May be null.</param>
    internal static void Run(int threads, string? frames)
    {
        using WorkerPool workers = new(threads);
        Time(workers);
        if (frames is not null)
        {
            Compare(new OpticalFlow(workers), frames);
        }
    }

    private static void Time(IWorkers workers)
    {
        MarkdownTable table = new("picture", "ms each way", "warp ms", "reliability ms");
        foreach ((int width, int height) in ((int, int)[])[(640, 360), (1280, 720)])
        {
            // Soft noise, as large as the leaves of a tree, that moves by some pixels.
            PlanarPicture first = Pictures.Noise(height / 5, width / 5, seed: 1).Resize(height, width);
            PlanarPicture second = FlowWarp.Warp(first, Constant(height, width, -4.5f, 2.25f));
            OpticalFlow flow = new(workers);
            FlowField there = flow.Between(first, second), back = flow.Between(second, first);
            double[] seconds = Fastest.Of(
                Seconds,
                () => flow.Between(first, second),
                () => FlowWarp.Warp(second, there),
                () => FlowReliability.Compute(there, back));
            table.Add([$"{width} x {height}", .. seconds.Select(each => $"{each * 1e3:F1}")]);
        }
    }

    private static void Compare(OpticalFlow flow, string folder)
    {
        MarkdownTable table = new(
            "frames", "mean flow", "apart", "error at rest", "its error", "our error", "ratio", "its share", "ours");
        foreach (string path in Directory.EnumerateFiles(folder, "*.flo", SearchOption.AllDirectories).Order())
        {
            string[] name = Path.GetFileNameWithoutExtension(path).Split('_');
            PlanarPicture from = Frame(folder, name[1]), to = Frame(folder, name[2]);
            Mask reliable = Mask.FromPicture(PictureFile.Load(
                Path.Combine(Path.GetDirectoryName(path)!, $"reliable_{name[1]}_{name[2]}.pgm")));
            FlowField its = MiddleburyFlow.Read(path), ours = flow.Between(from, to), back = flow.Between(to, from);
            FlowField rest = Constant(from.Height, from.Width, 0, 0);
            double itsError = Error(from, to, its, reliable), ourError = Error(from, to, ours, reliable);
            table.Add(
                $"{name[1]} to {name[2]}", $"{Apart(its, rest, reliable):F2}", $"{Apart(its, ours, reliable):F3}",
                $"{Error(from, to, rest, reliable):F2}", $"{itsError:F3}", $"{ourError:F3}",
                $"{ourError / itsError:F3}",
                $"{reliable.Values.Average():P1}", $"{FlowReliability.Compute(ours, back).Values.Average():P1}");
        }
    }

    private static PlanarPicture Frame(string folder, string number) => PlanarPicture.From(PictureFile.Load(
        Directory.EnumerateFiles(folder).Single(path =>
            Path.GetFileNameWithoutExtension(path).EndsWith($"_{int.Parse(number):D2}", StringComparison.Ordinal))));

    /// <summary>The mean distance of two flows in pixels, weighted by a mask.</summary>
    private static double Apart(FlowField a, FlowField b, Mask mask) => Mean(
        mask, i => Math.Sqrt(Math.Pow(a.X[i] - b.X[i], 2) + Math.Pow(a.Y[i] - b.Y[i], 2)));

    /// <summary>The mean difference of a picture and another one warped to it, in 255ths, weighted by a mask.</summary>
    private static double Error(PlanarPicture from, PlanarPicture to, FlowField flow, Mask mask)
    {
        PlanarPicture warped = FlowWarp.Warp(to, flow);
        return Enumerable.Range(0, 3).Average(plane => Mean(
            mask, i => 255 * Math.Abs(warped.Plane(plane)[i] - from.Plane(plane)[i])));
    }

    private static double Mean(Mask mask, Func<int, double> value)
        => mask.Values.Select((weight, i) => weight * value(i)).Sum() / mask.Values.Sum(weight => (double)weight);

    private static FlowField Constant(int height, int width, float x, float y) => new(
        height, width, [.. Enumerable.Repeat(x, height * width)], [.. Enumerable.Repeat(y, height * width)]);
}
