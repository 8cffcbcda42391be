using Atelier.Engine.Cpu.Amx;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 convolution of a few rows on the processor's AMX units, in bf16 with float32 sums.</summary>
/// <remarks>The rows are rounded once, including the border, into the worker's scratch memory. The kernel treats them
/// as one long row of pixels: the sums at the borders between rows are meaningless and are discarded, and neither the
/// width of the map nor the start of a part affects the sum of a pixel.</remarks>
internal readonly unsafe struct TileConvolutionJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // The rounded rows of a part and the panel of a block share the second-level cache.
    private const int BytesOfPart = 512 * 1024;
    private const int MinRows = 4;

    // Sums that await finishing, also in that cache.
    private const int PixelsOfStrip = 512;

    internal required MapView Input { get; init; }

    internal required MapView Output { get; init; }

    internal required delegate* unmanaged<TileProduct*, void> Kernel { get; init; }

    internal required TilePanels Panels { get; init; }

    /// <summary>One float per output of all blocks.</summary>
    internal required float* Bias { get; init; }

    internal required Epilogue Epilogue { get; init; }

    internal required SignView Signs { get; init; }

    /// <summary>The rows to compute.</summary>
    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>Scratch memory of each worker.</summary>
    internal required nint ScratchBytes { get; init; }

    internal required byte* Scratch { get; init; }

    /// <summary>Number of pixels in a row, including its border.</summary>
    private int PixelsOfRow => Input.Width + 2;

    private int RowsOfStrip => Math.Max(1, PixelsOfStrip / PixelsOfRow);

    /// <summary>Number of rows per part, determined by shapes alone.</summary>
    internal static int RowsFor(in MapView input, int rows)
    {
        nint bytesOfRow = input.RowStride * sizeof(ushort);
        return (int)Math.Min(Math.Max(MinRows, BytesOfPart / bytesOfRow), Math.Max(1, rows / 16));
    }

    /// <summary>Scratch memory for the rounded rows of a part, and for the sums of a strip of it.</summary>
    internal static nint ScratchFor(in MapView input, int rowsOfPart)
        => RoomForRows(input, rowsOfPart)
            + (ResultsOf(Math.Max(PixelsOfStrip, input.Width + 2) + TileProduct.Pixels) * sizeof(float));

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), end = Math.Min(first + RowsOfPart, Rows.End);
        byte* room = Scratch + (WorkerPool.CurrentWorker * ScratchBytes);
        ushort* rounded = (ushort*)room;
        float* results = (float*)(room + RoomForRows(Input, RowsOfPart));
        Round(Input.Row(first - 1) - Input.PixelStride, (end - first + 2) * Input.RowStride, rounded);
        for (int channel = 0; channel < Output.PixelStride; channel += TileProduct.Outputs)
        {
            for (int row = first; row < end; row += RowsOfStrip)
            {
                int endRow = Math.Min(row + RowsOfStrip, end);
                Multiply(rounded + ((row - first) * Input.RowStride), endRow - row, channel, results);
                Store(row, endRow, channel, results);
            }
        }

        Output.ClearBorder(new Rows(first, end));
    }

    // The last block may reach a tile's height beyond the last row, for sums that are left out, and the last step of an
    // odd number of sixteen channels a pixel beyond it, for weights of zero.
    private static nint RoomForRows(in MapView input, int rows)
        => (((rows + 2) * input.RowStride) + ((TileProduct.Pixels + 1) * input.PixelStride)) * sizeof(ushort) / 64 * 64
            + 64;

    private static nint ResultsOf(int pixels) => (nint)pixels * TileProduct.Outputs;

    private void Round(float* source, nint count, ushort* target)
    {
        for (nint i = 0; i < count; i += T.Count)
            T.StoreBFloat16(T.Load(source + i), target + i);
        new Span<ushort>(target + count, Input.PixelStride).Clear();
    }

    private void Multiply(ushort* runs, int rows, int channel, float* results)
    {
        int pixels = ((rows - 1) * PixelsOfRow) + Output.Width;
        int pixelBytes = Input.PixelStride * sizeof(ushort);
        TileProduct product = new()
        {
            Runs = runs,
            Panel = Panels.Panel(channel / TileProduct.Outputs),
            Results = results,
            Start = Bias + channel,
            PixelBytes = pixelBytes,
            TapRowSkip = ((nint)PixelsOfRow * pixelBytes) - (Panels.Steps * TileProduct.Depth * sizeof(ushort)),
            Steps = Panels.Steps,
            Blocks = (pixels + TileProduct.Pixels - 1) / TileProduct.Pixels,
        };
        Kernel(&product);
    }

    private void Store(int row, int endRow, int channel, float* results)
    {
        int channels = Math.Min(TileProduct.Outputs, Output.PixelStride - channel);
        for (; row < endRow; row++)
        {
            ushort* signs = Signs.Row(row);
            ReluKernels<T>.Store(
                Epilogue, results, TileProduct.Outputs, Output.Width, channels, Output.Row(row) + channel,
                Output.PixelStride, signs is null ? null : signs + (channel / 16));
            results += ResultsOf(PixelsOfRow);
        }
    }
}
