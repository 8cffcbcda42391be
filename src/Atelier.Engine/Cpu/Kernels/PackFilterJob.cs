namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Packs some inputs of a filter for a kernel.</summary>
internal readonly unsafe struct PackFilterJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Their taps for a block of outputs stay in the first-level cache, and are read from the weights in whole cache
    // lines.
    private const int InputsOfPart = 8;

    // Whole groups of register tiles, of any width.
    private const int MaxOutputsOfBlock = 64;

    internal required FilterTaps Taps { get; init; }

    internal required FilterForm Form { get; init; }

    internal required float* Target { get; init; }

    internal static int PartsFor(int inputs) => (inputs + InputsOfPart - 1) / InputsOfPart;

    public void Execute(int index)
    {
        int firstInput = index * InputsOfPart, endInput = Math.Min(firstInput + InputsOfPart, Taps.Inputs);
        int padded = CpuFeatureMap.Padded(Taps.Outputs);
        float* taps = stackalloc float[InputsOfPart * 9 * MaxOutputsOfBlock];
        float* products = stackalloc float[WinogradPanels<T>.Products * MaxOutputsOfBlock];
        if (Form == FilterForm.TapsTogether)
        {
            for (int input = firstInput; input < endInput; input++)
            {
                Taps.Read(0, Taps.Outputs, input, input + 1, taps);
                Store(taps, 1, 0, PictureGradientJob<T>.LanesFor(Taps.Outputs), input);
            }

            return;
        }

        for (int first = 0; first < padded; first += MaxOutputsOfBlock)
        {
            int outputs = Math.Min(MaxOutputsOfBlock, padded - first);
            Taps.Read(first, outputs, firstInput, endInput, taps);
            for (int input = firstInput; input < endInput; input++)
            {
                float* ofInput = taps + ((input - firstInput) * 9 * outputs);
                if (Form == FilterForm.Winograd)
                {
                    Transform(ofInput, products, first, outputs, input);
                }
                else if (Form == FilterForm.BFloat16)
                {
                    new TilePanels((ushort*)Target, Taps.Inputs).Write(ofInput, first, outputs, input);
                }
                else
                {
                    Store(ofInput, 9, first, outputs, input);
                }
            }
        }
    }

    /// <summary>Transforms the taps of an input for a block of outputs to the panels of its groups; through
    /// <paramref name="products"/> if the transform is wider than a group.</summary>
    private void Transform(float* taps, float* products, int firstOutput, int outputs, int input)
    {
        if (2 * T.Count < WinogradFilterTransform.Lanes)
        {
            WinogradFilterTransform.Apply(taps, outputs, outputs, products, outputs);
            Store(products, WinogradPanels<T>.Products, firstOutput, outputs, input);
            return;
        }

        WinogradPanels<T> panels = new(Target, Taps.Outputs, Taps.Inputs);
        for (int i = 0, width; i < outputs; i += width)
        {
            width = RegisterTiles<T>.GroupSize((outputs - i) / T.Count) * T.Count;
            WinogradFilterTransform.Apply(
                taps + i, outputs, width, panels.Panel(0, (firstOutput + i) / T.Count) + (input * width),
                panels.FloatsOfProduct);
        }
    }

    /// <summary>Copies the rows of an input for a block of outputs to the panels of its groups. The targets of
    /// different rows are far apart, often by a power of two, so each row is written at once.</summary>
    private void Store(float* rows, int count, int firstOutput, int outputs, int input)
    {
        bool isDirect = Form == FilterForm.Direct;
        nint inputs = Taps.Inputs;
        for (int i = 0, width; i < outputs; i += width)
        {
            width = RegisterTiles<T>.GroupSize((outputs - i) / T.Count) * T.Count;
            float* target = Target + ((firstOutput + i) * inputs * (isDirect ? 9 : 1)) + (input * width);
            nint step = inputs * (isDirect ? width : CpuFeatureMap.Padded(Taps.Outputs));
            for (int row = 0; row < count; row++)
            {
                new ReadOnlySpan<float>(rows + (row * outputs) + i, width).CopyTo(
                    new Span<float>(target + (row * step), width));
            }
        }
    }
}
