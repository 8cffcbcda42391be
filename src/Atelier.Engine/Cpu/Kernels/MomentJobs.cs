namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Sums of f·fᵀ and f over a chunk of rows, for one group of columns of the matrix;
/// only the upper triangle. With weights w, sums of f·(w·f)ᵀ and w·f.</summary>
/// <remarks>The zero border between rows adds nothing, so a chunk is one long column of pixels.</remarks>
internal readonly unsafe struct MomentsJob<T> : IParallelJob where T : struct, ILanes<T>
{
    private const int PositionsOfChunk = 1024;
    private const int MaxChunks = 256;

    // Number of values that stay in the cache while the tiles of a group are computed.
    private const int ValuesOfBlock = 1 << 16;
    private const int VectorsOfGroup = 2;

    internal required MapView Map { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfChunk { get; init; }

    internal required int Groups { get; init; }

    /// <summary>For each chunk a matrix of padded channels squared, then a row of sums.</summary>
    internal required float* Partials { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    /// <summary>A weight for each position, with a border like the map's; null if all have equal weight.</summary>
    internal required float* Weights { get; init; }

    /// <summary>Scratch memory of each worker for a weighted block of a group.</summary>
    internal required float* Room { get; init; }

    internal required nint RoomFloats { get; init; }

    internal static nint RoomFor(int channels) => PositionsOfBlock(channels) * VectorsOfGroup * (nint)T.Count;

    internal static int RowsOfChunkFor(int height, int width)
        => Math.Max(Math.Max(1, PositionsOfChunk / width), (height + MaxChunks - 1) / MaxChunks);

    internal static int GroupsFor(int channels)
        => ((channels / T.Count) + VectorsOfGroup - 1) / VectorsOfGroup;

    public void Execute(int index)
    {
        int chunk = index / Groups, channels = Map.PixelStride, firstVector = index % Groups * VectorsOfGroup;
        int group = Math.Min(VectorsOfGroup, (channels / T.Count) - firstVector), firstColumn = firstVector * T.Count;
        int first = Rows.First + (chunk * RowsOfChunk), rows = Math.Min(RowsOfChunk, Rows.End - first);
        int positions = (rows * (Map.Width + 2)) - 2, positionsOfBlock = PositionsOfBlock(channels);
        float* partial = Partials + (chunk * ((nint)channels + 1) * channels) + firstColumn;
        float* sums = partial + ((nint)channels * channels);
        for (int position = 0; position < positions; position += positionsOfBlock)
        {
            float* pixels = Map.Row(first) + (position * (nint)channels);
            TileOperands o = new()
            {
                ARowStep = sizeof(float),
                ADepthStep = channels * sizeof(float),
                Taps = 1,
                Depth = Math.Min(positionsOfBlock, positions - position),
                B = pixels + firstColumn,
                BDepthStep = channels * sizeof(float),
                StartRowStep = position == 0 ? 0 : channels,
                CRowStep = channels,
            };
            int step = channels;
            if (Weights != null)
            {
                step = group * T.Count;
                float* weights = Weights + (first * (Map.Width + (nint)2)) + position;
                float* room = Room + (WorkerPool.CurrentWorker * RoomFloats);
                PixelWeighting<T>.Weigh(o.B, channels, weights, o.Depth, room, step);
                o.B = room;
                o.BDepthStep = step * sizeof(float);
            }

            float* start = position == 0 ? Zeros : partial;
            int endColumn = CpuFeatureMap.Padded(firstColumn + (group * T.Count));
            RegisterTiles<T>.MultiplySixteens(o, group, endColumn, pixels, start, partial);
            for (int lane = 0; lane < group * T.Count; lane += T.Count)
            {
                T before = position == 0 ? T.Zero : T.Load(sums + lane);
                T.Store(T.Add(before, SumColumn(o.B + lane, o.Depth, step)), sums + lane);
            }
        }
    }

    private static int PositionsOfBlock(int channels) => Math.Max(1, ValuesOfBlock / channels);

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

/// <summary>Adds the results of the chunks to the running sums, one chunk after another, for one row of the
/// matrix.</summary>
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
        float* products = Partials + (row * (nint)PaddedChannels);
        float* values = Partials + ((nint)PaddedChannels * PaddedChannels);
        double* sums = Products + (row * (nint)Channels);
        for (int chunk = 0; chunk < Chunks; chunk++, products += chunkFloats, values += chunkFloats)
        {
            for (int column = row; column < Channels; column++)
                sums[column] += products[column];
            Values[row] += values[row];
        }

        for (int column = row + 1; column < Channels; column++)
            Products[(column * (nint)Channels) + row] = sums[column];
    }
}

/// <summary>gradient += matrix · f + constant for the feature vectors f of a few rows, times their weights if there are
/// any, propagated through the ReLU whose outputs are in a map: that of f itself, or another one.</summary>
/// <remarks>The zero border between rows does not change, so the rows are one long column of pixels.</remarks>
internal readonly unsafe struct MomentsGradientJob<T> : IParallelJob where T : struct, ILanes<T>
{
    // Enough work to outweigh its distribution among threads, and enough pixels to amortize streaming the matrix
    // through the cache.
    private const int WorkOfPart = 1 << 22;
    private const int MinPixelsOfPart = 192;
    private const int MaxPixelsOfPart = 4096;

    // Pixels whose gradient stays in the first cache from one group of columns to the next.
    private const int PixelsOfBlock = 96;

    // Rows of the matrix whose group of columns stays there from one tile of pixels to the next.
    private const int DepthOfBlock = 128;

    /// <summary>The feature vectors f.</summary>
    internal required MapView Source { get; init; }

    /// <summary>The outputs of the ReLU, on the same grid.</summary>
    internal required MapView Map { get; init; }

    internal required MapView Gradient { get; init; }

    /// <summary>Padded channels of f by those of the map: for each group of columns its part of each row, row after
    /// row.</summary>
    internal required float* Matrix { get; init; }

    /// <summary>Padded channels of the map.</summary>
    internal required float* Constant { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfPart { get; init; }

    /// <summary>A weight for each position, with a border like the map's; null if all have equal weight.</summary>
    internal required float* Weights { get; init; }

    /// <summary>Scratch memory of each worker for a weighted block of pixels.</summary>
    internal required float* Room { get; init; }

    internal required nint RoomFloats { get; init; }

    internal static nint RoomFor(int channels) => PixelsOfBlock * (nint)channels;

    /// <summary>Number of rows per part, determined by shapes alone.</summary>
    internal static int RowsFor(int width, int depth, int channels)
        => Math.Max(1, Math.Clamp(WorkOfPart / (depth * channels), MinPixelsOfPart, MaxPixelsOfPart) / width);

    /// <summary>A multiple of a matrix in the order in which the job reads it.</summary>
    /// <param name="values">A row for each channel of f, a column for each of the map.</param>
    internal static void Pack(
        ReadOnlySpan<double> values, double scale, CpuFeatureMap source, CpuFeatureMap map, float* matrix)
    {
        int padded = map.PixelStride, columns = map.Shape.Channels;
        for (int first = 0, width; first < padded; first += width)
        {
            width = RegisterTiles<T>.GroupSize((padded - first) / T.Count) * T.Count;
            for (int row = 0; row < source.Shape.Channels; row++)
            {
                float* group = matrix + ((nint)first * source.PixelStride) + (row * width) - first;
                for (int column = first; column < Math.Min(first + width, columns); column++)
                    group[column] = (float)(scale * values[(row * columns) + column]);
            }
        }
    }

    public void Execute(int index)
    {
        int first = Rows.First + (index * RowsOfPart), rows = Math.Min(RowsOfPart, Rows.End - first);
        int pixels = (rows * (Map.Width + 2)) - 2;
        for (int pixel = 0; pixel < pixels; pixel += PixelsOfBlock)
        {
            int count = Math.Min(PixelsOfBlock, pixels - pixel);
            nint offset = (nint)pixel * Map.PixelStride;
            float* gradient = Gradient.Row(first) + offset;
            float* weights = Weights == null ? null : Weights + (first * (Map.Width + (nint)2)) + pixel;
            AddProducts(Source.Row(first) + ((nint)pixel * Source.PixelStride), weights, gradient, count);
            AddConstant(Map.Row(first) + offset, weights, gradient, count);
        }
    }

    private void AddProducts(float* features, float* weights, float* gradient, int pixels)
    {
        int channels = Map.PixelStride, depths = Source.PixelStride;
        if (weights != null)
        {
            float* weighted = Room + (WorkerPool.CurrentWorker * RoomFloats);
            PixelWeighting<T>.Weigh(features, depths, weights, pixels, weighted, depths);
            PixelWeighting<T>.AddWeighted(Constant, weights, pixels, gradient, channels);
            features = weighted;
        }

        TileOperands o = new()
        {
            ARowStep = depths * sizeof(float),
            ADepthStep = sizeof(float),
            Taps = 1,
            StartRowStep = channels,
            CRowStep = channels,
        };
        for (int vector = 0, group; vector < channels / T.Count; vector += group)
        {
            group = RegisterTiles<T>.GroupSize((channels / T.Count) - vector);
            float* c = gradient + (vector * T.Count);
            o.B = Matrix + (vector * T.Count * (nint)depths);
            o.BDepthStep = group * T.Count * sizeof(float);
            for (int depth = 0; depth < depths; depth += DepthOfBlock)
            {
                o.Depth = Math.Min(DepthOfBlock, depths - depth);
                RegisterTiles<T>.Multiply(o, group, pixels, features + depth, c, c);
                o.B += DepthOfBlock * group * T.Count;
            }
        }
    }

    private void AddConstant(float* features, float* weights, float* gradient, int pixels)
    {
        int channels = Map.PixelStride, values = pixels * channels;
        for (int c = 0; c < channels; c += T.Count)
        {
            T constant = weights == null ? T.Load(Constant + c) : T.Zero;
            for (int i = c; i < values; i += channels)
            {
                T sum = T.Add(T.Load(gradient + i), constant);
                T.Store(T.KeepPositive(T.Load(features + i), sum), gradient + i);

                // Register tiles access a cache line of each of their pixels at once, which the processor does not
                // predict.
                CacheLine.Prefetch(features + values + i);
                CacheLine.Prefetch(gradient + values + i);
            }
        }
    }
}
