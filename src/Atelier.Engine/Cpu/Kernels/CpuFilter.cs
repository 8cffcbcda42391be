namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A filter for both directions.</summary>
internal sealed class CpuFilter<T> : IFilter where T : struct, ILanes<T>
{
    internal CpuFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision)
    {
        Outputs = bias.Length;
        Inputs = Outputs == 0 ? 0 : weights.Length / (9 * Outputs);
        if (Inputs == 0 || weights.Length != 9 * Inputs * Outputs)
        {
            throw new ArgumentException(
                $"{weights.Length} weights do not make {Outputs} filters of 3x3.", nameof(weights));
        }

        Forward = new FilterDirection<T>(Outputs, Inputs, weights, bias, isBackward: false)
        {
            Precision = precision,
        };
        Backward = new FilterDirection<T>(Inputs, Outputs, weights, [], isBackward: true)
        {
            Precision = precision,
        };
    }

    public int Inputs { get; }

    public int Outputs { get; }

    internal FilterDirection<T> Forward { get; }

    internal FilterDirection<T> Backward { get; }

    public void Dispose()
    {
        Forward.Dispose();
        Backward.Dispose();
    }
}
