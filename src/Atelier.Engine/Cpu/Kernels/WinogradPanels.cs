namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A filter transformed for Winograd's convolution, in the order in which the register tiles read it: for each
/// of the 36 products, and each group of output channels, input by input, the group's values side by side.</summary>
internal readonly unsafe struct WinogradPanels<T>(float* numbers, int outputs, int inputs) where T : struct, ILanes<T>
{
    /// <summary>Number of products per tile: 6 × 6.</summary>
    internal const int Products = 36;

    private readonly float* _numbers = numbers;
    private readonly nint _floatsOfVector = T.Count * (nint)inputs;

    /// <summary>Floats from a product to the next.</summary>
    internal nint FloatsOfProduct { get; } = CpuFeatureMap.Padded(outputs) * (nint)inputs;

    internal static long BytesFor(int outputs, int inputs)
        => Products * (long)CpuFeatureMap.Padded(outputs) * inputs * sizeof(float);

    /// <summary>The panel of a product for the group that begins with a vector of output channels.</summary>
    internal float* Panel(int product, int vector)
        => _numbers + (product * FloatsOfProduct) + (vector * _floatsOfVector);
}
