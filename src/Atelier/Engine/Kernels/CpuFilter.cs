using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>The panels of a filter for both directions. Backward with respect to the input is the forward convolution
/// with inputs and outputs exchanged and the taps turned around, so one kernel serves both.</summary>
internal sealed class CpuFilter<T> : IFilter where T : struct, ILanes<T>
{
    private readonly MemoryBlock _forward;
    private readonly MemoryBlock _backward;

    internal CpuFilter(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        Outputs = bias.Length;
        Inputs = weights.Length / (9 * Outputs);
        if (Inputs == 0 || weights.Length != 9 * Inputs * Outputs)
        {
            throw new ArgumentException($"{weights.Length} weights do not make {Outputs} filters of 3x3.", nameof(weights));
        }

        float[] w = weights.ToArray();
        float At(int output, int input, int row, int column) => w[(((output * Inputs) + input) * 9) + (row * 3) + column];
        _forward = FilterPanels<T>.Pack(Outputs, Inputs, At, bias);
        _backward = FilterPanels<T>.Pack(
            Inputs, Outputs, (input, output, row, column) => At(output, input, 2 - row, 2 - column), []);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    internal FilterPanels<T> Forward => new(_forward, Outputs, Inputs);

    internal FilterPanels<T> Backward => new(_backward, Inputs, Outputs);

    public void Dispose()
    {
        _forward.Dispose();
        _backward.Dispose();
    }
}
