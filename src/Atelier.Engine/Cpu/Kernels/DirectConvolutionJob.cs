namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A 3×3 convolution of a few rows, computed directly: nine shifted matrix products, read from the map in
/// place.</summary>
internal readonly unsafe struct DirectConvolutionJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Enough work to outweigh its distribution among threads, and enough pixels to amortize streaming the filter
    // through the cache.
    private const long WorkOfPart = 4_000_000;

    internal required MapView Input { get; init; }

    internal required MapView Output { get; init; }

    internal required int Depth { get; init; }

    internal required DirectPanels<T> Panels { get; init; }

    internal required float* Bias { get; init; }

    internal required Epilogue Epilogue { get; init; }

    internal required SignView Signs { get; init; }

    /// <summary>The rows to compute.</summary>
    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>Number of rows per part, determined by shapes alone.</summary>
    internal static int RowsFor(int height, int width, int inputs, int outputs)
    {
        long workOfRow = 9L * width * inputs * outputs;
        long rows = Math.Max(1, WorkOfPart / workOfRow);
        return (int)Math.Min(rows, Math.Max(1, height / 8));
    }

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), end = Math.Min(first + RowsOfPart, Rows.End);
        TileOperands o = new()
        {
            ARowStep = Input.PixelStride * sizeof(float),
            ADepthStep = sizeof(float),
            ATapStep = Input.PixelStride * sizeof(float),
            ATapRowStep = Input.RowStride * sizeof(float),
            Taps = 3,
            Depth = Depth,
            CRowStep = Output.PixelStride,
        };
        int vectors = Output.PixelStride / T.Count;
        for (int vector = 0; vector < vectors;)
        {
            int group = RegisterTiles<T>.GroupSize(vectors - vector);
            o.B = Panels.Panel(vector);
            o.BDepthStep = group * T.Count * sizeof(float);
            for (int row = first; row < end; row++)
            {
                float* a = Input.Row(row - 1) - Input.PixelStride;
                float* c = Output.Row(row) + (vector * T.Count);
                RegisterTiles<T>.Multiply(o, group, Output.Width, a, Bias + (vector * T.Count), c);
            }

            vector += group;
        }

        for (int row = first; row < end; row++)
            ReluKernels<T>.Apply(Epilogue, Output.Row(row), Output.Width * Output.PixelStride, Signs.Row(row));
        Output.ClearBorder(new Rows(first, end));
    }
}
