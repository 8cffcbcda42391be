using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Options;

namespace Atelier.Benchmarks;

/// <summary>What this program does as a <see cref="ChildProcess"/> of itself: answers each line with one of numbers,
/// seconds first.</summary>
internal static class Worker
{
    internal const string Command = "worker";

    internal static void Run(string[] arguments)
    {
        switch (arguments)
        {
            case ["evaluate", string network, string pictures, string threads]:
                Evaluate(network, pictures, int.Parse(threads));
                break;
            case ["stylize", string objective, string network, string width, string height, string steps,
                string threads]:
                StylizeOptions options = BenchmarkObjective.All.Single(each => each.Name == objective).Options with
                {
                    Network = network,
                    Size = null,
                    MinSize = ushort.MaxValue,
                    Iterations = int.Parse(steps),
                };
                Stylize(options, int.Parse(width), int.Parse(height), int.Parse(threads));
                break;
            default:
                throw new ArgumentException($"no such work: {string.Join(' ', arguments)}");
        }
    }

    private static void Evaluate(string network, string pictures, int threads)
    {
        using IEngine engine = CpuEngine.Create(new EngineOptions { Threads = threads });
        using Transfer transfer = new(engine, network, BenchmarkObjective.Classic.Options, Pictures.Load(pictures));
        AnswerEachLine(() =>
        {
            (double Loss, double GradientLength) result = default;
            double seconds = Fastest.Time(() => result = transfer.Evaluate());
            return [seconds, result.Loss, result.GradientLength];
        });
    }

    private static void Stylize(StylizeOptions options, int width, int height, int threads)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = threads });
        StylizeRequest request = new()
        {
            Content = Pictures.Noise(height, width, seed: 1).ToPicture(),
            Styles = [Pictures.Noise(height, width, seed: 2).ToPicture()],
            Options = options,
        };
        AnswerEachLine(() => [Fastest.Time(() => stylizer.Stylize(request))]);
    }

    private static void AnswerEachLine(Func<double[]> work)
    {
        while (Console.ReadLine() is not null)
            Console.WriteLine(string.Join(' ', work()));
    }
}
