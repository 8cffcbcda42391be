namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A row of a map's features plus a constant, on the grid of another map, times the weights of the finer grid
/// where there are some. On a finer grid each feature vector is repeated (nearest neighbor), on a coarser one those
/// that would repeat it are summed: either is the other's adjoint.</summary>
internal readonly unsafe struct RegridJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required MapView Source { get; init; }

    /// <summary>The rows on the other grid, with the source's channels.</summary>
    internal required MapView Target { get; init; }

    internal required float Shift { get; init; }

    /// <summary>A weight for each position of the finer grid, with a border like a map's; null when all count the same.
    /// </summary>
    internal required float* Weights { get; init; }

    private bool IsSourceFiner => Source.Height >= Target.Height && Source.Width >= Target.Width;

    public void Execute(int row)
    {
        int channels = Source.PixelStride;
        Rows rows = Cell(row, Source.Height, Target.Height);
        float* target = Target.Row(row);
        new Span<float>(target - channels, channels).Clear();
        for (int x = 0; x < Target.Width; x++, target += channels)
        {
            Rows columns = Cell(x, Source.Width, Target.Width);
            nint weight = IsSourceFiner
                ? (rows.First * (Source.Width + (nint)2)) + columns.First
                : (row * (Target.Width + (nint)2)) + x;
            Sum(rows, columns, Weights == null ? null : Weights + weight, target);
        }

        new Span<float>(target, channels).Clear();
    }

    /// <summary>What of an axis of <paramref name="source"/> places belongs to a place on an axis of
    /// <paramref name="target"/>.</summary>
    private static Rows Cell(int place, int source, int target)
    {
        long first = (long)place * source;
        return source <= target
            ? new Rows((int)(first / target), (int)(first / target) + 1)
            : new Rows((int)((first + target - 1) / target), (int)((first + source + target - 1) / target));
    }

    private void Sum(Rows rows, Rows columns, float* weights, float* target)
    {
        int channels = Source.PixelStride;
        T shift = T.Broadcast(Shift);
        for (int c = 0; c < channels; c += T.Count)
        {
            T sum = T.Zero;
            for (int row = rows.First; row < rows.End; row++)
            {
                float* source = Source.Row(row) + ((nint)columns.First * channels) + c;
                float* weight = weights + ((row - rows.First) * (Source.Width + (nint)2));
                for (int x = 0; x < columns.Count; x++, source += channels)
                {
                    T value = T.Add(T.Load(source), shift);
                    sum = weights == null
                        ? T.Add(sum, value)
                        : T.MultiplyAdd(T.Broadcast(weight[x]), value, sum);
                }
            }

            T.Store(sum, target + c);
        }
    }
}

/// <summary>Σ f·gᵀ over a chunk of rows of two maps on one grid, for one group of columns of the matrix.</summary>
/// <remarks>The zero border between rows adds nothing, so a chunk is one long column of pixels.</remarks>
internal readonly unsafe struct CrossMomentsJob<T> : IParallelJob where T : struct, ILanes<T>
{
    private const int PositionsOfChunk = 1024;

    // Values that stay in the cache while the tiles of a group pass over them.
    private const int ValuesOfBlock = 1 << 16;
    private const int VectorsOfGroup = 2;

    /// <summary>The features f, which give the rows of the matrix.</summary>
    internal required MapView Left { get; init; }

    /// <summary>The features g, which give its columns.</summary>
    internal required MapView Right { get; init; }

    internal required Rows Rows { get; init; }

    internal required int RowsOfChunk { get; init; }

    /// <summary>A matrix of padded channels for each chunk.</summary>
    internal required float* Partials { get; init; }

    /// <summary>A register tile's row of zeros.</summary>
    internal required float* Zeros { get; init; }

    private int Groups => GroupsFor(Right.PixelStride);

    internal static int RowsOfChunkFor(int width) => Math.Max(1, PositionsOfChunk / width);

    internal static int GroupsFor(int channels) => ((channels / T.Count) + VectorsOfGroup - 1) / VectorsOfGroup;

    public void Execute(int index)
    {
        int left = Left.PixelStride, right = Right.PixelStride, firstVector = index % Groups * VectorsOfGroup;
        int group = Math.Min(VectorsOfGroup, (right / T.Count) - firstVector), firstColumn = firstVector * T.Count;
        int first = Rows.First + (index / Groups * RowsOfChunk), rows = Math.Min(RowsOfChunk, Rows.End - first);
        int positions = (rows * (Left.Width + 2)) - 2, positionsOfBlock = Math.Max(1, ValuesOfBlock / left);
        float* partial = Partials + (index / Groups * (nint)left * right) + firstColumn;
        for (int position = 0; position < positions; position += positionsOfBlock)
        {
            TileOperands o = new()
            {
                ARowStep = sizeof(float),
                ADepthStep = left * sizeof(float),
                Taps = 1,
                Depth = Math.Min(positionsOfBlock, positions - position),
                B = Right.Row(first) + (position * (nint)right) + firstColumn,
                BDepthStep = right * sizeof(float),
                StartRowStep = position == 0 ? 0 : right,
                CRowStep = right,
            };
            float* pixels = Left.Row(first) + (position * (nint)left), start = position == 0 ? Zeros : partial;
            RegisterTiles<T>.MultiplySixteens(o, group, left, pixels, start, partial);
        }
    }
}

/// <summary>Adds the chunks' matrices to the running sums, chunk after chunk, for one row.</summary>
internal readonly unsafe struct CrossMomentsReductionJob : IParallelJob
{
    internal required float* Partials { get; init; }

    internal required int Chunks { get; init; }

    /// <summary>Padded channels of a chunk's matrix: its rows and columns.</summary>
    internal required (int Rows, int Columns) Padded { get; init; }

    /// <summary>Columns of the sums.</summary>
    internal required int Columns { get; init; }

    internal required double* Sums { get; init; }

    public void Execute(int row)
    {
        float* partial = Partials + (row * (nint)Padded.Columns);
        double* sums = Sums + (row * (nint)Columns);
        for (int chunk = 0; chunk < Chunks; chunk++, partial += (nint)Padded.Rows * Padded.Columns)
        {
            for (int column = 0; column < Columns; column++)
                sums[column] += partial[column];
        }
    }
}
