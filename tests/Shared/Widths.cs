using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl;

namespace Atelier.Testing;

/// <summary>The engines: the processor's at every vector width that this process has, and the one for OpenCL if there
/// is a device.</summary>
internal static class Widths
{
    /// <summary>Stands for OpenCL, where the others are bits of vectors.</summary>
    private const int OpenCl = -1;

    // What a device does has nothing to do with the width of the processor's vectors.
    private static readonly OpenClDevice? Device =
        VectorTierTests.IsNarrowed || OpenClDevice.List() is not [OpenClDevice first, ..] ? null : first;

    /// <summary>Bits of the vectors, widest first; 0 is one number at a time.</summary>
    internal static int[] Available { get; } =
        [.. new[] { 512, 256, 128, 0 }.Where(bits => bits <= EngineInfo.Current.VectorBits)];

    public static TheoryData<int> All => [.. Engines];

    private static int[] Engines => Device is null ? Available : [.. Available, OpenCl];

    /// <summary>Every engine with every one of some cases.</summary>
    internal static TheoryData<int, T> With<T>(params T[] cases)
    {
        TheoryData<int, T> data = [];
        foreach (int bits in Engines)
        {
            foreach (T each in cases)
                data.Add(bits, each);
        }

        return data;
    }

    internal static IEngine NewEngine(int bits, int threads = 2)
        => bits == OpenCl
            ? new OpenClEngine(Device!)
            : CpuEngine.Create(bits, new EngineOptions { Threads = threads, Precision = Precision.Single });
}
