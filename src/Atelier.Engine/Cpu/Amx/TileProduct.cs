using System.Runtime.InteropServices;

namespace Atelier.Engine.Cpu.Amx;

/// <summary>The arguments of the tile kernel, which computes rows of <see cref="Outputs"/> channels for blocks of
/// pixels, each the start plus the product of three runs of bf16 numbers, one in each of three tap rows, with a panel
/// of weights.</summary>
/// <remarks>The kernel uses these fields as counters, so a product is valid for only one call. It accesses them by
/// their offsets.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TileProduct
{
    /// <summary>Pixels per block: two tiles of sixteen rows.</summary>
    internal const int Pixels = 32;

    /// <summary>Output channels per block: two tiles of sixteen columns.</summary>
    internal const int Outputs = 32;

    /// <summary>Number of values of a run that one step multiplies.</summary>
    internal const int Depth = 32;

    /// <summary>Number of bf16 weights per step.</summary>
    internal const int PanelStep = Depth * Outputs;

    /// <summary>The first pixel's run in the first tap row.</summary>
    internal ushort* Runs;

    /// <summary>The weights: for each tap row and step, two tiles of sixteen rows, and in each row the numbers of two
    /// depths for sixteen outputs.</summary>
    internal ushort* Panel;

    /// <summary>Receives float32 rows of <see cref="Outputs"/> channels, for whole blocks of pixels.</summary>
    internal float* Results;

    /// <summary>Initial values of the sums: a bias for each output of the block.</summary>
    internal float* Start;

    /// <summary>Bytes from a pixel's run to the next pixel's.</summary>
    internal nint PixelBytes;

    /// <summary>Bytes from the end of a run in one tap row to its beginning in the next.</summary>
    internal nint TapRowSkip;

    /// <summary>Number of steps per run.</summary>
    internal nint Steps;

    /// <summary>Number of blocks of pixels, at least one.</summary>
    internal nint Blocks;
}
