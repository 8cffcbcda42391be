using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 filter rounded to bf16, in the order in which the tile kernel reads it: a panel for each block of
/// output channels. In a map, the three taps of a row are adjacent with all their channels, so a row of taps is one run
/// of three times the channels, and a panel has three runs, padded with zeros to whole steps.</summary>
internal readonly unsafe struct TilePanels(ushort* numbers, int inputs)
{
    private readonly int _channels = CpuFeatureMap.Padded(inputs);

    /// <summary>Number of steps per run.</summary>
    internal int Steps { get; } = StepsFor(inputs);

    /// <summary>Number of values in all panels, including zeros; each is multiplied with each pixel.</summary>
    internal static long NumbersOf(int outputs, int inputs)
        => (outputs + TileProduct.Outputs - 1) / TileProduct.Outputs * (long)NumbersOfPanel(StepsFor(inputs));

    internal static long BytesFor(int outputs, int inputs) => NumbersOf(outputs, inputs) * sizeof(ushort);

    /// <summary>The panel of a block of output channels.</summary>
    internal ushort* Panel(int block) => numbers + (block * (nint)NumbersOfPanel(Steps));

    /// <summary>Stores the taps of an input for neighboring outputs.</summary>
    /// <param name="taps">Nine rows of as many numbers as there are <paramref name="outputs"/>.</param>
    /// <param name="firstOutput">The output that the first number of a row belongs to.</param>
    /// <param name="outputs">Their number.</param>
    /// <param name="input">The input.</param>
    internal void Write(float* taps, int firstOutput, int outputs, int input)
    {
        for (int tap = 0; tap < 9; tap++)
        {
            int depth = (tap / 3 * Steps * TileProduct.Depth) + (tap % 3 * _channels) + input;
            for (int output = firstOutput; output < firstOutput + outputs; output++, taps++)
            {
                (int block, int column) = Math.DivRem(output, TileProduct.Outputs);
                Panel(block)[AmxUnits.PanelIndex(depth, column)] = BFloat16.Round(*taps);
            }
        }
    }

    private static int StepsFor(int inputs)
        => ((3 * CpuFeatureMap.Padded(inputs)) + TileProduct.Depth - 1) / TileProduct.Depth;

    private static int NumbersOfPanel(int steps) => 3 * steps * TileProduct.PanelStep;
}
