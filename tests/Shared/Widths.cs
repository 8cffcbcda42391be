using Atelier.Engine;
using Atelier.Engine.Cpu;

namespace Atelier.Testing;

/// <summary>The engine at every vector width that this process has.</summary>
internal static class Widths
{
    /// <summary>Bits of the vectors, widest first; 0 is one number at a time.</summary>
    internal static int[] Available { get; } =
        [.. new[] { 512, 256, 128, 0 }.Where(bits => bits <= EngineInfo.Current.VectorBits)];

    public static TheoryData<int> All => [.. Available];

    /// <summary>Every width with every one of some cases.</summary>
    internal static TheoryData<int, T> With<T>(params T[] cases)
    {
        TheoryData<int, T> data = [];
        foreach (int bits in Available)
        {
            foreach (T each in cases)
                data.Add(bits, each);
        }

        return data;
    }

    internal static IEngine NewEngine(int bits, int threads = 2)
        => CpuEngine.Create(bits, new EngineOptions { Threads = threads, Precision = Precision.Single });
}
