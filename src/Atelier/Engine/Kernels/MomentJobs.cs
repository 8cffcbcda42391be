using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>Sums of f·fᵀ and f over a chunk of rows, for one group of columns of the matrix;
/// only the upper triangle.</summary>
/// <remarks>The zero border between rows adds nothing, so a chunk is one long column of pixels.</remarks>
internal readonly unsafe struct MomentsJob<T> : IParallelJob where T : struct, ILanes<T>
{
    private const int PositionsOfChunk = 1024;
    private const int MostChunks = 256;

    internal required MapView Map { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfChunk { get; init; }

    internal required int Groups { get; init; }

    /// <summary>For each chunk a matrix of padded channels squared, then a row of sums.</summary>
    internal required float* Partials { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    internal static int RowsOfChunkFor(int height, int width)
        => Math.Max(Math.Max(1, PositionsOfChunk / width), (height + MostChunks - 1) / MostChunks);

    internal static int GroupsFor(int channels)
    {
        int groups = 0;
        for (int vectors = channels / T.Count; vectors > 0; vectors -= RegisterTiles<T>.GroupSize(vectors))
            groups++;
        return groups;
    }

    public void Execute(int index)
    {
        int chunk = index / Groups, channels = Map.PixelStride, vectors = channels / T.Count, vector = 0;
        for (int g = index % Groups; g > 0; g--)
            vector += RegisterTiles<T>.GroupSize(vectors - vector);
        int group = RegisterTiles<T>.GroupSize(vectors - vector), firstColumn = vector * T.Count;
        int first = Rows.First + (chunk * RowsOfChunk), rows = Math.Min(RowsOfChunk, Rows.End - first);
        float* pixels = Map.Row(first);
        float* partial = Partials + (chunk * ((nint)channels + 1) * channels);
        TileOperands o = new()
        {
            ARowStep = sizeof(float),
            ADepthStep = channels * sizeof(float),
            Taps = 1,
            Depth = (rows * (Map.Width + 2)) - 2,
            B = pixels + firstColumn,
            BDepthStep = channels * sizeof(float),
            CRowStep = channels,
        };
        RegisterTiles<T>.Multiply(o, group, firstColumn + (group * T.Count), pixels, Zeros, partial + firstColumn);
        float* sums = partial + ((nint)channels * channels) + firstColumn;
        for (int lane = 0; lane < group * T.Count; lane += T.Count)
            T.Store(SumColumn(o.B + lane, o.Depth, channels), sums + lane);
    }

    private static T SumColumn(float* values, int count, int stride)
    {
        T even = T.Zero, odd = T.Zero;
        int i = 0;
        for (; i + 1 < count; i += 2, values += 2 * stride)
        {
            even = T.Add(even, T.Load(values));
            odd = T.Add(odd, T.Load(values + stride));
        }

        return i < count ? T.Add(T.Add(even, T.Load(values)), odd) : T.Add(even, odd);
    }
}

/// <summary>Adds the chunks' results to the running sums, chunk after chunk, for one row of the matrix.</summary>
internal readonly unsafe struct MomentsReductionJob : IParallelJob
{
    internal required float* Partials { get; init; }

    internal required int Chunks { get; init; }

    internal required int Channels { get; init; }

    internal required int PaddedChannels { get; init; }

    internal required double* Products { get; init; }

    internal required double* Values { get; init; }

    public void Execute(int row)
    {
        nint chunkFloats = ((nint)PaddedChannels + 1) * PaddedChannels;
        for (int column = row; column < Channels; column++)
        {
            double sum = SumOverChunks(Partials + (row * (nint)PaddedChannels) + column, chunkFloats);
            Products[(row * (nint)Channels) + column] += sum;
            if (column != row)
            {
                Products[(column * (nint)Channels) + row] += sum;
            }
        }

        Values[row] += SumOverChunks(Partials + ((nint)PaddedChannels * PaddedChannels) + row, chunkFloats);
    }

    private double SumOverChunks(float* first, nint stride)
    {
        double sum = 0;
        for (int chunk = 0; chunk < Chunks; chunk++)
            sum += first[chunk * stride];
        return sum;
    }
}

/// <summary>gradient += matrix · f + constant for the feature vectors f of a few rows, and on through the ReLU whose
/// outputs they are.</summary>
/// <remarks>In the zero border between rows nothing changes, so the rows are one long column of pixels.</remarks>
internal readonly unsafe struct MomentsGradientJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Enough work to outweigh handing it out, and pixels to pay for streaming the matrix through the cache.
    private const int WorkOfPart = 1 << 22;
    private const int MostPixelsOfPart = 4096;

    // Pixels whose gradient stays in the first cache from one group of columns to the next.
    private const int PixelsOfBlock = 96;

    internal required MapView Map { get; init; }

    internal required MapView Gradient { get; init; }

    /// <summary>Padded channels squared: for each group of columns its part of each row, row after row.</summary>
    internal required float* Matrix { get; init; }

    /// <summary>Padded channels.</summary>
    internal required float* Constant { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>Rows of a part, by shape alone.</summary>
    internal static int RowsFor(int width, int channels)
        => Math.Max(1, Math.Min(MostPixelsOfPart, WorkOfPart / (channels * channels)) / width);

    /// <summary>Twice a symmetric matrix in the order in which the job reads it.</summary>
    internal static void Pack(ReadOnlySpan<double> products, int channels, int padded, float* matrix)
    {
        for (int first = 0, width; first < padded; first += width)
        {
            width = RegisterTiles<T>.GroupSize((padded - first) / T.Count) * T.Count;
            for (int row = 0; row < channels; row++)
            {
                float* group = matrix + ((nint)first * padded) + (row * width) - first;
                for (int column = first; column < Math.Min(first + width, channels); column++)
                    group[column] = (float)(2 * products[(row * channels) + column]);
            }
        }
    }

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), rows = Math.Min(RowsOfPart, Rows.End - first);
        int pixels = (rows * (Map.Width + 2)) - 2;
        for (int pixel = 0; pixel < pixels; pixel += PixelsOfBlock)
        {
            nint offset = (nint)pixel * Map.PixelStride;
            AddBlock(Map.Row(first) + offset, Gradient.Row(first) + offset, Math.Min(PixelsOfBlock, pixels - pixel));
        }
    }

    private void AddBlock(float* features, float* gradient, int pixels)
    {
        int channels = Map.PixelStride;
        TileOperands o = new()
        {
            ARowStep = channels * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            Depth = channels,
            StartRowStep = channels,
            CRowStep = channels,
        };
        for (int vector = 0, group; vector < channels / T.Count; vector += group)
        {
            group = RegisterTiles<T>.GroupSize((channels / T.Count) - vector);
            o.B = Matrix + (vector * T.Count * (nint)channels);
            o.BDepthStep = group * T.Count * sizeof(float);
            float* c = gradient + (vector * T.Count);
            RegisterTiles<T>.Multiply(o, group, pixels, features, c, c);
        }

        for (int i = 0; i < pixels; i++, features += channels, gradient += channels)
        {
            for (int c = 0; c < channels; c += T.Count)
            {
                T sum = T.Add(T.Load(gradient + c), T.Load(Constant + c));
                T.Store(T.KeepPositive(T.Load(features + c), sum), gradient + c);
            }
        }
    }
}
