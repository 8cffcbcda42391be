namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A filter for both directions.</summary>
internal sealed class CpuFilter<T> : Filter where T : struct, ILanes<T>
{
    internal CpuFilter(ReadOnlyMemory<float> weights, ReadOnlySpan<float> bias, Precision precision)
        : base(InputsOf(weights.Length, bias.Length), bias.Length)
    {
        Forward = new FilterDirection<T>(Outputs, Inputs, weights, bias, isBackward: false)
        {
            Precision = precision,
        };
        Backward = new FilterDirection<T>(Inputs, Outputs, weights, [], isBackward: true)
        {
            Precision = precision,
        };
    }

    internal FilterDirection<T> Forward { get; }

    internal FilterDirection<T> Backward { get; }

    public override void Dispose()
    {
        Forward.Dispose();
        Backward.Dispose();
    }

    /// <summary>Casts a filter to that of the CPU engine.</summary>
    /// <exception cref="ArgumentException">Another engine created it, or one with another vector width.</exception>
    internal static CpuFilter<T> From(Filter filter) => filter as CpuFilter<T> ?? throw ForeignHandle.Error(filter);

    private static int InputsOf(int weights, int outputs)
    {
        int inputs = outputs == 0 ? 0 : weights / (9 * outputs);
        return inputs > 0 && weights == 9 * inputs * outputs
            ? inputs
            : throw new ArgumentException($"{weights} weights do not match {outputs} filters of 3x3.", nameof(weights));
    }
}
