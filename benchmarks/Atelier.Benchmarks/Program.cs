using Atelier.Benchmarks;
using Atelier.Engine;

// dotnet run -c Release --project benchmarks/Atelier.Benchmarks -- [convolution|stylize] [--threads N]
// Each benchmark measures the processor's peak in the same run and prints ratios; absolute times are for orientation.
int threadsAt = Array.IndexOf(args, "--threads");
int threads = threadsAt >= 0 ? int.Parse(args[threadsAt + 1]) : EngineInfo.Current.Processors;
string[] names = [.. args.Where((_, i) => threadsAt < 0 || (i != threadsAt && i != threadsAt + 1))];
Console.WriteLine($"{EngineInfo.Current.VectorBits}-bit vectors, {threads} threads");
if (names.Length == 0 || names.Contains("convolution"))
{
    ConvolutionBenchmark.Run(threads);
}

if (names.Length == 0 || names.Contains("stylize"))
{
    StylizeBenchmark.Run(threads);
}
