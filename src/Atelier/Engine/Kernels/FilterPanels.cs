using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A 3×3 filter in the order in which the register tiles read it: for each group of output channels, tap by tap
/// and input by input, the group's weights side by side; and the bias, padded.</summary>
internal readonly unsafe struct FilterPanels<T>(MemoryBlock memory, int outputs, int inputs) where T : struct, ILanes<T>
{
    private readonly float* _weights = (float*)memory.Address + FeatureMap.Padded(outputs);
    private readonly nint _floatsOfVector = 9 * (nint)inputs * T.Count;

    internal float* Bias { get; } = (float*)memory.Address;

    /// <summary>The panel of the group that begins with a vector of output channels.</summary>
    internal float* Panel(int vector) => _weights + (vector * _floatsOfVector);

    /// <summary>Packs weights given as a function of (output, input, tap row, tap column).</summary>
    internal static MemoryBlock Pack(
        int outputs, int inputs, Func<int, int, int, int, float> weight, ReadOnlySpan<float> bias)
    {
        int padded = FeatureMap.Padded(outputs), vectors = padded / T.Count;
        MemoryBlock memory = new((padded + (9L * inputs * padded)) * sizeof(float));
        bias.CopyTo(new Span<float>(memory.Address, padded));
        float* next = (float*)memory.Address + padded;
        for (int vector = 0; vector < vectors;)
        {
            int first = vector * T.Count, group = RegisterTiles<T>.GroupSize(vectors - vector);
            for (int tap = 0; tap < 9; tap++)
                for (int input = 0; input < inputs; input++)
                    for (int output = first; output < first + (group * T.Count); output++)
                        *next++ = output < outputs ? weight(output, input, tap / 3, tap % 3) : 0f;
            vector += group;
        }

        return memory;
    }
}
