namespace Atelier.Engine.Cpu;

/// <summary>A bank in the processor's memory, twice: vector after vector, as losses read it, and in panels of
/// neighboring columns, as the search reads it.</summary>
internal sealed unsafe class CpuFeatureBank : FeatureBank
{
    /// <summary>Vectors of a panel: a multiple of every register tile's columns.</summary>
    internal const int PanelWidth = 64;

    // Below every dot product: the columns that fill the last panel are nobody's neighbors.
    private const float NoNeighbor = -1e30f;

    private readonly MemoryBlock _memory;

    internal CpuFeatureBank(int channels, ReadOnlySpan<float> vectors, int groupWidth)
        : base(channels, vectors.Length / Math.Max(1, channels))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectors.Length, 1, nameof(vectors));
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Length, Count * channels, nameof(vectors));
        (PixelStride, Columns) = (CpuFeatureMap.Padded(channels), ColumnsFor(Count));
        _memory = new MemoryBlock(BytesFor(channels, Count));
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(i * channels, channels);
            vector.CopyTo(new Span<float>(Vectors + (i * (nint)PixelStride), channels));
            float* column = Panels + ((nint)(i / groupWidth) * groupWidth * PixelStride) + (i % groupWidth);
            for (int c = 0; c < channels; c++)
                column[c * groupWidth] = vector[c];
        }
    }

    internal int PixelStride { get; }

    /// <summary>Number of columns of the panels, of which the last ones belong to no vector.</summary>
    internal int Columns { get; }

    /// <summary>The vectors, each with the padding of a feature vector.</summary>
    internal float* Vectors => (float*)_memory.Address;

    /// <summary>The columns in groups: depth after depth, a group's values side by side.</summary>
    internal float* Panels => Vectors + (Count * (nint)PixelStride);

    /// <summary>Writes what the dot product with each column starts from: its offset, or far less for columns that
    /// belong to no vector.</summary>
    internal void WriteStart(ReadOnlySpan<float> offsets, float* start)
    {
        offsets.CopyTo(new Span<float>(start, Count));
        new Span<float>(start + Count, Columns - Count).Fill(NoNeighbor);
    }

    internal static long BytesFor(int channels, int count)
        => CpuFeatureMap.Padded(channels) * (count + (long)ColumnsFor(count)) * sizeof(float);

    /// <summary>The processor's form of a bank.</summary>
    /// <exception cref="ArgumentException">Another engine made it.</exception>
    internal static CpuFeatureBank From(FeatureBank bank) => bank as CpuFeatureBank ?? throw ForeignHandle.Error(bank);

    public override void Dispose() => _memory.Dispose();

    private static int ColumnsFor(int count) => (count + PanelWidth - 1) / PanelWidth * PanelWidth;
}

/// <summary>Indices of neighbors in the processor's memory. Rows lie as far apart as the positions of a map with its
/// border; what the border's entries hold means nothing.</summary>
internal sealed unsafe class CpuNeighborMap(int height, int width) : NeighborMap(height, width)
{
    private readonly MemoryBlock _memory = new(BytesFor(height, width));

    internal int RowStride => Width + 2;

    /// <summary>The index at row 0, column 0.</summary>
    internal int* Origin => (int*)_memory.Address;

    internal static long BytesFor(int height, int width) => height * (width + 2L) * sizeof(int);

    /// <summary>The processor's form of a map of neighbors.</summary>
    /// <exception cref="ArgumentException">Another engine made it.</exception>
    internal static CpuNeighborMap From(NeighborMap neighbors)
        => neighbors as CpuNeighborMap ?? throw ForeignHandle.Error(neighbors);

    internal Span<int> Row(int row) => new(Origin + (row * (nint)RowStride), Width);

    public override void Dispose() => _memory.Dispose();
}
