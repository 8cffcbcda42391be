// docs/performance.md describes the benchmarks and how to run them.

using Atelier.Benchmarks;
using Atelier.Engine.Cpu;

if (args is [Worker.Command, .. string[] work])
{
    Worker.Run(work);
    return 0;
}

string[] names = [.. args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal))];
Dictionary<string, string> options =
    args.Skip(names.Length).Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1]);
int threads = options.TryGetValue("--threads", out string? given)
    ? int.Parse(given)
    : EngineInfo.Current.ProcessorCount;
Dictionary<string, Action> benchmarks = new()
{
    ["convolution"] = () => ConvolutionBenchmark.Run(threads),
    ["iteration"] = () => IterationBenchmark.Run(threads),
    ["pytorch"] = () => PyTorchBenchmark.Run(threads, options.GetValueOrDefault("--python")),
    ["jobs"] = () => JobsBenchmark.Run(threads),
    ["memory"] = () => MemoryBenchmark.Run(threads),
    ["scaling"] = () => ScalingBenchmark.Run(threads),
    ["startup"] = () => StartupBenchmark.Run(threads),
    ["studio"] = () => StudioBenchmark.Run(threads),
    ["stylize"] = () => StylizeBenchmark.Run(threads),
    ["engine"] = () => EngineBenchmark.Run(threads),
    ["flow"] = () => FlowBenchmark.Run(threads, options.GetValueOrDefault("--frames")),
    ["video"] = () => VideoBenchmark.Run(threads),
    ["quality"] = () =>
        QualityBenchmark.Run(options.GetValueOrDefault("--pairs"), options.GetValueOrDefault("--output")),
};
if (names is [] or ["all"])
{
    names = [.. benchmarks.Keys.Except(["quality"])];
}

string? unknown = names.Except(benchmarks.Keys)
    .Concat(options.Keys.Except(["--threads", "--python", "--frames", "--pairs", "--output"])).FirstOrDefault();
if (unknown is not null)
{
    string known = string.Join(", ", benchmarks.Keys);
    Console.Error.WriteLine(
        $"There is no '{unknown}'; there are {known}, all (but quality), --threads N, --python PATH, "
        + "--frames FOLDER, --pairs FOLDER and --output FOLDER.");
    return 2;
}

Machine.Print(threads);
foreach (string name in names)
{
    Console.WriteLine();
    Console.WriteLine($"## {name}");
    benchmarks[name]();
}

return 0;
