namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 filter in the order in which the direct convolution's register tiles read it: for each group of
/// output channels, tap by tap and input by input, the group's weights side by side.</summary>
internal readonly unsafe struct DirectPanels<T>(float* weights, int inputs) where T : struct, ILanes<T>
{
    private readonly float* _weights = weights;
    private readonly nint _floatsOfVector = 9 * (nint)inputs * T.Count;

    internal static long BytesFor(int outputs, int inputs)
        => 9L * CpuFeatureMap.Padded(outputs) * inputs * sizeof(float);

    /// <summary>The panel of the group that begins with a vector of output channels.</summary>
    internal float* Panel(int vector) => _weights + (vector * _floatsOfVector);
}
