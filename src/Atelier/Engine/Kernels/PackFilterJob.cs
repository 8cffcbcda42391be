using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>Writes some inputs of a filter in the form of a kernel.</summary>
internal readonly unsafe struct PackFilterJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Their taps for a group of outputs stay in the first cache, and are read from the weights by the line.
    private const int InputsOfPart = 8;

    // Four vectors of sixteen lanes.
    private const int MostOutputsOfGroup = 64;

    internal required FilterTaps Taps { get; init; }

    internal required FilterForm Form { get; init; }

    internal required float* Target { get; init; }

    internal static int PartsFor(int inputs) => (inputs + InputsOfPart - 1) / InputsOfPart;

    public void Execute(int index)
    {
        int firstInput = index * InputsOfPart, endInput = Math.Min(firstInput + InputsOfPart, Taps.Inputs);
        int padded = FeatureMap.Padded(Taps.Outputs);
        float* taps = stackalloc float[InputsOfPart * 9 * MostOutputsOfGroup];
        float* transformed = stackalloc float[WinogradPanels<T>.Products * MostOutputsOfGroup];
        for (int first = 0, width; first < padded; first += width)
        {
            width = RegisterTiles<T>.GroupSize((padded - first) / T.Count) * T.Count;
            Taps.Read(first, width, firstInput, endInput, taps);
            for (int input = firstInput; input < endInput; input++)
            {
                float* ofInput = taps + ((input - firstInput) * 9 * width);
                if (Form == FilterForm.Direct)
                {
                    DirectPanels<T> panels = new(Target, Taps.Inputs);
                    Store(ofInput, 9, width, panels.Panel(first / T.Count) + (input * width), width * Taps.Inputs);
                    continue;
                }

                Transform(ofInput, width, transformed);
                WinogradPanels<T> products = new(Target, Taps.Outputs, Taps.Inputs);
                Store(
                    transformed, WinogradPanels<T>.Products, width,
                    products.Panel(0, first / T.Count) + (input * width), products.ProductStep);
            }
        }
    }

    /// <summary>G·g·Gᵀ of each column of nine rows.</summary>
    private static void Transform(float* taps, int width, float* result)
    {
        float* columns = stackalloc float[6 * 3 * T.Count];
        for (int i = 0; i < width; i += T.Count)
        {
            for (int x = 0; x < 3; x++)
                WinogradTransforms<T>.Filter(taps + (x * width) + i, 3 * width, columns + (x * T.Count), 3 * T.Count);
            for (int y = 0; y < 6; y++)
                WinogradTransforms<T>.Filter(columns + (3 * y * T.Count), T.Count, result + (6 * y * width) + i, width);
        }
    }

    /// <summary>Rows to where they belong: far apart, often by a power of two, so each is written in one go.</summary>
    private static void Store(float* rows, int count, int width, float* target, nint step)
    {
        for (int row = 0; row < count; row++)
        {
            new ReadOnlySpan<float>(rows + (row * width), width).CopyTo(
                new Span<float>(target + (row * step), width));
        }
    }
}
