using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Some rows of the gradient of a convolution's input if that is a picture, whose channels, at most four, are
/// too few to fill a vector. The taps fill it instead: the products of a pixel of the output's gradient with all nine
/// taps are one row of a matrix product, and each pixel of the picture, including the border, sums the products of its
/// nine neighbors that belong to it.</summary>
internal readonly unsafe struct PictureGradientJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Three rows of products stay in the cache; with the pixels on either side they are whole register tiles.
    private const int ColumnsOfBlock = 70;

    internal required MapView OutputGradient { get; init; }

    internal required MapView PictureGradient { get; init; }

    /// <summary>Channels of the picture.</summary>
    internal required int Channels { get; init; }

    /// <summary>Channels of the output without padding.</summary>
    internal required int Depth { get; init; }

    /// <summary>The backward filter in the form <see cref="FilterForm.TapsTogether"/>.</summary>
    internal required float* Panels { get; init; }

    /// <summary>The rows to compute.</summary>
    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>Scratch memory of each worker: <see cref="ScratchFor"/> floats.</summary>
    internal required float* Scratch { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    private int Lanes => LanesFor(Channels);

    /// <summary>Number of rows per part, determined by shapes alone. The first and last row also need products of the
    /// adjacent rows, so small parts compute many products twice.</summary>
    internal static int RowsFor(int height) => Math.Clamp(height / 4, 8, 64);

    /// <summary>Products of a pixel: each channel at each tap, padded to whole vectors.</summary>
    internal static int LanesFor(int channels) => CpuFeatureMap.Padded(9 * channels);

    internal static nint ScratchFor(int channels) => 4 * (ColumnsOfBlock + 2) * LanesFor(channels);

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), end = Math.Min(first + RowsOfPart, Rows.End);
        int rowOfProducts = (ColumnsOfBlock + 2) * Lanes;
        float* none = Scratch + (WorkerPool.CurrentWorker * ScratchFor(Channels)), products = none + rowOfProducts;
        new Span<float>(none, rowOfProducts).Clear();

        // Three buffers are used in turn, the first for the row above.
        float* Of(int row) => products + ((row + 1) % 3 * rowOfProducts);
        for (int column = 0; column < PictureGradient.Width; column += ColumnsOfBlock)
        {
            int columns = Math.Min(ColumnsOfBlock, PictureGradient.Width - column);
            for (int row = first - 1; row <= end; row++)
            {
                Multiply(row, column, columns, Of(row));
                if (row > first)
                {
                    Sum(Of(row - 2), Of(row - 1), Of(row), row - 1, column, columns);
                }
                else if (row == 0)
                {
                    Sum(none, none, Of(0), -1, column, columns);
                }
            }

            if (end == PictureGradient.Height)
            {
                Sum(Of(end - 1), none, none, end, column, columns);
            }
        }
    }

    /// <summary>Computes the products of the pixels of a row, from the one before a block of columns to the one after
    /// it.</summary>
    private void Multiply(int row, int column, int columns, float* products)
    {
        TileOperands o = new()
        {
            ARowStep = OutputGradient.PixelStride * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            Depth = Depth,
            CRowStep = Lanes,
        };
        float* a = OutputGradient.Row(row) + ((column - 1) * OutputGradient.PixelStride);
        PrefetchRow(a + OutputGradient.RowStride, (columns + 2) * OutputGradient.PixelStride);
        for (int vector = 0, group; vector < Lanes / T.Count; vector += group)
        {
            group = RegisterTiles<T>.GroupSize((Lanes / T.Count) - vector);
            o.B = Panels + (vector * T.Count * Depth);
            o.BDepthStep = group * T.Count * sizeof(float);
            RegisterTiles<T>.Multiply(o, group, columns + 2, a, Zeros, products + (vector * T.Count));
        }
    }

    // A register tile reads one channel of twelve adjacent pixels at a time, which is not the memory order that the
    // processor would prefetch.
    private static void PrefetchRow(float* values, int count)
    {
        for (int i = 0; Sse.IsSupported && i < count; i += 16)
            Sse.Prefetch0(values + i);
    }

    /// <summary>Computes the pixels of a row, each the sum of nine neighbors' products with nine taps, and the border
    /// pixels at both ends of the row.</summary>
    private void Sum(float* above, float* at, float* below, int row, int column, int columns)
    {
        Vector128<float> isChannel =
            Vector128.LessThan(Vector128.Create(0, 1, 2, 3), Vector128.Create(Channels)).AsSingle();
        int lanes = Lanes, taps = 3 * Channels, next = lanes + Channels;
        at += taps;
        below += 2 * taps;
        float* pixel = PictureGradient.Row(row) + (column * PictureGradient.PixelStride);
        if (column == 0)
        {
            // The first pixel inside is the last of the three neighbors.
            int last = lanes + (2 * Channels);
            (SumOfRows(above + last, at + last, below + last) & isChannel).Store(pixel - 4);
        }

        for (int x = 0; x < columns; x++, above += lanes, at += lanes, below += lanes, pixel += 4)
        {
            Vector128<float> sum = SumOfTaps(above, next) + SumOfTaps(at, next) + SumOfTaps(below, next);
            (sum & isChannel).Store(pixel);
        }

        if (column + columns == PictureGradient.Width)
        {
            (SumOfRows(above, at, below) & isChannel).Store(pixel);
        }
    }

    /// <summary>Sums the products of three vertically adjacent pixels with three taps.</summary>
    private static Vector128<float> SumOfRows(float* above, float* at, float* below)
        => Vector128.Load(above) + Vector128.Load(at) + Vector128.Load(below);

    /// <summary>Sums the products of three horizontally adjacent pixels with three adjacent taps.</summary>
    private static Vector128<float> SumOfTaps(float* products, int next)
        => Vector128.Load(products) + Vector128.Load(products + next) + Vector128.Load(products + (2 * next));
}
