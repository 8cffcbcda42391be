using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A filter transformed for Winograd's convolution, in the order in which the register tiles read it: for each
/// of the 36 products, and each group of output channels, input by input the group's numbers side by side.</summary>
internal readonly unsafe struct WinogradPanels<T>(MemoryBlock memory, int outputs, int inputs)
    where T : struct, ILanes<T>
{
    /// <summary>Products of a tile: 6 × 6.</summary>
    internal const int Products = 36;

    private readonly float* _numbers = (float*)memory.Address;
    private readonly int _paddedOutputs = FeatureMap.Padded(outputs);

    /// <summary>The panel of a product for the group that begins with a vector of output channels.</summary>
    internal float* Panel(int product, int vector)
        => _numbers + (((product * (nint)_paddedOutputs) + (vector * T.Count)) * inputs);

    internal static MemoryBlock Pack(int outputs, int inputs, FilterTaps filter, WorkerPool pool)
    {
        MemoryBlock memory = new(Products * (long)FeatureMap.Padded(outputs) * inputs * sizeof(float));
        nint numbers = (nint)memory.Address;
        pool.Run(inputs, input => PackInput((float*)numbers, outputs, inputs, input, filter));
        return memory;
    }

    private static void PackInput(float* numbers, int outputs, int inputs, int input, FilterTaps filter)
    {
        Span<float> taps = stackalloc float[9];
        Span<double> transformed = stackalloc double[Products];
        int padded = FeatureMap.Padded(outputs);
        for (int output = 0; output < outputs; output++)
        {
            (int first, int width) = RegisterTiles<T>.GroupOf(output, padded);
            filter(output, input, taps);
            WinogradFilterTransform.Apply(taps, transformed);
            for (int product = 0; product < Products; product++)
            {
                float* panel = numbers + (((product * (nint)padded) + first) * inputs);
                panel[(input * width) + output - first] = (float)transformed[product];
            }
        }
    }
}
