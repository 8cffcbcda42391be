using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A filter transformed for Winograd's convolution, in the order in which the register tiles read it: for each
/// of the 36 products, and each group of output channels, input by input the group's numbers side by side.</summary>
internal readonly unsafe struct WinogradPanels<T>(MemoryBlock memory, int outputs, int inputs)
    where T : struct, ILanes<T>
{
    /// <summary>Products of a tile: 6 × 6.</summary>
    internal const int Products = 36;

    // Four vectors of sixteen lanes.
    private const int MostChannelsOfGroup = 64;

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
        float* group = stackalloc float[Products * MostChannelsOfGroup];
        int padded = FeatureMap.Padded(outputs);
        for (int first = 0, width; first < padded; first += width)
        {
            // The 36 panels lie far apart, often by a power of two: numbers are collected here and stored by the line.
            width = RegisterTiles<T>.GroupSize((padded - first) / T.Count) * T.Count;
            new Span<float>(group, Products * width).Clear();
            for (int output = first; output < Math.Min(first + width, outputs); output++)
            {
                filter(output, input, taps);
                WinogradFilterTransform.Apply(taps, transformed);
                for (int product = 0; product < Products; product++)
                    group[(product * width) + output - first] = (float)transformed[product];
            }

            for (int product = 0; product < Products; product++)
            {
                float* panel = numbers + (((product * (nint)padded) + first) * inputs) + (input * width);
                new ReadOnlySpan<float>(group + (product * width), width).CopyTo(new Span<float>(panel, width));
            }
        }
    }
}
