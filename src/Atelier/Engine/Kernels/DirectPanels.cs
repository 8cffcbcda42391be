using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A 3×3 filter in the order in which the direct convolution's register tiles read it: for each group of
/// output channels, tap by tap and input by input, the group's weights side by side.</summary>
internal readonly unsafe struct DirectPanels<T>(MemoryBlock memory, int inputs) where T : struct, ILanes<T>
{
    private readonly float* _weights = (float*)memory.Address;
    private readonly nint _floatsOfVector = 9 * (nint)inputs * T.Count;

    /// <summary>The panel of the group that begins with a vector of output channels.</summary>
    internal float* Panel(int vector) => _weights + (vector * _floatsOfVector);

    internal static MemoryBlock Pack(int outputs, int inputs, FilterTaps filter, WorkerPool pool)
    {
        MemoryBlock memory = new(9L * inputs * FeatureMap.Padded(outputs) * sizeof(float));
        nint weights = (nint)memory.Address;
        pool.Run(inputs, input => PackInput((float*)weights, outputs, inputs, input, filter));
        return memory;
    }

    private static void PackInput(float* weights, int outputs, int inputs, int input, FilterTaps filter)
    {
        Span<float> taps = stackalloc float[9];
        int padded = FeatureMap.Padded(outputs);
        for (int first = 0, width; first < padded; first += width)
        {
            width = RegisterTiles<T>.GroupSize((padded - first) / T.Count) * T.Count;
            for (int output = first; output < Math.Min(first + width, outputs); output++)
            {
                filter(output, input, taps);
                float* ofInput = weights + (9 * (nint)first * inputs) + (input * width) + (output - first);
                for (int tap = 0; tap < 9; tap++)
                    ofInput[tap * (nint)width * inputs] = taps[tap];
            }
        }
    }
}
