using Atelier.Engine.Amx;
using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A 3×3 filter rounded to bf16, in the order in which the tile kernel reads it: a panel for each block of
/// output channels. In a map, the three taps of a row lie side by side with all their channels, so a row of taps is one
/// run of three times the channels, and a panel has three runs, filled up with zeros to whole steps.</summary>
internal readonly unsafe struct TilePanels(MemoryBlock memory, int inputs)
{
    private readonly ushort* _weights = (ushort*)memory.Address;

    /// <summary>Steps of a run.</summary>
    internal int Steps { get; } = StepsFor(inputs);

    /// <summary>The panel of a block of output channels.</summary>
    internal ushort* Panel(int block) => _weights + (block * (nint)NumbersOfPanel(Steps));

    internal static MemoryBlock Pack(int outputs, int inputs, FilterTaps filter, WorkerPool pool)
    {
        int blocks = (outputs + TileProduct.Outputs - 1) / TileProduct.Outputs;
        int numbers = NumbersOfPanel(StepsFor(inputs));
        MemoryBlock memory = new((long)blocks * numbers * sizeof(ushort));
        nint weights = (nint)memory.Address;
        pool.Run(blocks, block =>
        {
            int first = block * TileProduct.Outputs, count = Math.Min(TileProduct.Outputs, outputs - first);
            Span<ushort> panel = new((ushort*)weights + ((nint)block * numbers), numbers);
            PackBlock(panel, first, count, inputs, filter);
        });
        return memory;
    }

    private static int StepsFor(int inputs)
        => ((3 * FeatureMap.Padded(inputs)) + TileProduct.Depth - 1) / TileProduct.Depth;

    private static int NumbersOfPanel(int steps) => 3 * steps * TileProduct.PanelStep;

    private static void PackBlock(Span<ushort> panel, int first, int count, int inputs, FilterTaps filter)
    {
        Span<float> taps = stackalloc float[9];
        int run = StepsFor(inputs) * TileProduct.Depth, padded = FeatureMap.Padded(inputs);
        for (int output = 0; output < count; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                filter(first + output, input, taps);
                for (int tap = 0; tap < 9; tap++)
                {
                    int depth = (tap / 3 * run) + (tap % 3 * padded) + input;
                    panel[AmxUnits.PanelIndex(depth, output)] = BFloat16.Round(taps[tap]);
                }
            }
        }
    }
}
