namespace Atelier.Engine.Kernels;

/// <summary>A filter for both directions, packed for a kernel when that is first used. Backward with respect to the
/// input is the forward convolution with inputs and outputs exchanged and the taps turned around, so the same kernels
/// serve both.</summary>
internal sealed class CpuFilter<T> : IFilter where T : struct, ILanes<T>
{
    private readonly float[] _weights;

    internal CpuFilter(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Precision precision)
    {
        Precision = precision;
        Outputs = bias.Length;
        Inputs = weights.Length / (9 * Outputs);
        if (Inputs == 0 || weights.Length != 9 * Inputs * Outputs)
        {
            throw new ArgumentException(
                $"{weights.Length} weights do not make {Outputs} filters of 3x3.", nameof(weights));
        }

        _weights = weights.ToArray();
        Forward = new FilterDirection<T>(Outputs, Inputs, bias, (output, input, taps) =>
            _weights.AsSpan(((output * Inputs) + input) * 9, 9).CopyTo(taps));
        Backward = new FilterDirection<T>(Inputs, Outputs, [], (input, output, taps) =>
        {
            _weights.AsSpan(((output * Inputs) + input) * 9, 9).CopyTo(taps);
            taps.Reverse();
        });
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Single or BFloat16.</summary>
    internal Precision Precision { get; }

    internal FilterDirection<T> Forward { get; }

    internal FilterDirection<T> Backward { get; }

    public void Dispose()
    {
        Forward.Dispose();
        Backward.Dispose();
    }
}
