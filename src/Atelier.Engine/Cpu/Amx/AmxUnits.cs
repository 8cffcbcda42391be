namespace Atelier.Engine.Cpu.Amx;

/// <summary>The processor's AMX units for bf16 products, or the reason why they are not used.</summary>
internal sealed unsafe class AmxUnits
{
    private static readonly Lazy<AmxUnits> Found = new(() => Find(new AmxMachine()));

    private AmxUnits(delegate* unmanaged<TileProduct*, void> multiply) => Multiply = multiply;

    private AmxUnits(string refusal) => Refusal = refusal;

    /// <summary>The units of this process, detected on first use.</summary>
    internal static AmxUnits Current => Found.Value;

    /// <summary>Why the units are not used; null if they are.</summary>
    internal string? Refusal { get; }

    /// <summary>The kernel, if the units are available.</summary>
    internal delegate* unmanaged<TileProduct*, void> Multiply { get; }

    /// <summary>Creates units with a custom kernel in place of the processor's.</summary>
    internal static AmxUnits Create(delegate* unmanaged<TileProduct*, void> multiply) => new(multiply);

    /// <summary>Detects the units of a machine and verifies them with a self-test.</summary>
    internal static AmxUnits Find(AmxMachine machine)
    {
        if (machine.Switch == false)
        {
            return new("switched off");
        }

        if (!machine.HasKnownSystem)
        {
            return new("supported on Linux x64 only");
        }

        if (!machine.HasUnits && machine.Switch is null)
        {
            return new("not present in this processor");
        }

        if (machine.RequestTiles() is string refused)
        {
            return new($"permission refused by the operating system: {refused}");
        }

        (nint address, string? error) = machine.LoadCode(TileKernel.Image());
        if (error is not null)
        {
            return new($"could not load the kernel: {error}");
        }

        AmxUnits units = new((delegate* unmanaged<TileProduct*, void>)address);
        return units.MultipliesRight() ? units : new("self-test failed");
    }

    /// <summary>Two blocks of small integers, whose sums are exact in any order.</summary>
    internal bool MultipliesRight()
    {
        const int Steps = 2, Blocks = 2, Pixels = Blocks * TileProduct.Pixels, Apart = 16;
        const int RunLength = 3 * Steps * TileProduct.Depth;
        int[] numbers = [.. Enumerable.Range(0, RunLength + (Pixels * Apart)).Select(i => (i * i % 15) - 7)];
        int[] weights = [.. Enumerable.Range(0, 3 * Steps * TileProduct.PanelStep).Select(i => (i * 5 % 13) - 6)];
        float[] start = [.. Enumerable.Range(0, TileProduct.Outputs).Select(i => i - 11f)];
        float[] results = new float[Pixels * TileProduct.Outputs];
        fixed (ushort* runs = Rounded(numbers), panel = Rounded(weights))
        fixed (float* first = start, target = results)
        {
            TileProduct product = new()
            {
                Runs = runs,
                Panel = panel,
                Results = target,
                Start = first,
                PixelBytes = Apart * sizeof(ushort),
                Steps = Steps,
                Blocks = Blocks,
            };
            Multiply(&product);
        }

        for (int i = 0; i < results.Length; i++)
        {
            (int pixel, int output) = Math.DivRem(i, TileProduct.Outputs);
            float sum = start[output];

            // The tap rows follow each other here, so the three runs of a pixel are one.
            for (int depth = 0; depth < RunLength; depth++)
                sum += numbers[(pixel * Apart) + depth] * weights[PanelIndex(depth, output)];
            if (results[i] != sum)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the index of the weight of a depth and an output in a panel.</summary>
    internal static int PanelIndex(int depth, int output)
    {
        (int step, int place) = Math.DivRem(depth, TileProduct.Depth);
        (int half, int column) = Math.DivRem(output, TileProduct.Outputs / 2);
        int row = (half * TileProduct.Depth / 2) + (place / 2);
        return (step * TileProduct.PanelStep) + (row * TileProduct.Outputs) + (2 * column) + (place % 2);
    }

    private static ushort[] Rounded(int[] numbers) => [.. numbers.Select(number => BFloat16.Round(number))];
}
