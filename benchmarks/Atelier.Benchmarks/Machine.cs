using System.Runtime.InteropServices;
using Atelier.Engine.Cpu;

namespace Atelier.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    internal static void Print(int threads)
    {
        using Peak peak = new(threads);
        double operations = Peak.Operations / Fastest.Of(1, peak.Run)[0];
        Console.WriteLine(
            $"{Processor()}, {EngineInfo.Current.VectorBits}-bit vectors, {threads} threads, " +
            $"{operations / 1e9:F0} GFLOP/s at most, {RuntimeInformation.FrameworkDescription}");
    }

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return line?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
