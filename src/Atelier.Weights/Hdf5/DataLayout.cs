namespace Atelier.Weights.Hdf5;

/// <summary>The location of the numbers of a dataset.</summary>
internal abstract record DataLayout
{
    private const int Compact = 0, Contiguous = 1, Chunked = 2;

    /// <summary>Reads the message of versions 3 (old files) and 4.</summary>
    internal static DataLayout Read(Cursor message)
    {
        int version = message.Version(3, 4);
        int kind = message.Byte();
        switch (kind)
        {
            case Compact:
                int length = message.UInt16();
                return new CompactLayout(message.Part(length, "numbers in a header"));
            case Contiguous:
                return new ContiguousLayout(message.Address(), message.Length());
            case Chunked:
                return version == 3 ? ChunkedLayout.ReadOld(message) : ChunkedLayout.ReadNew(message);
            default:
                throw message.Error($"numbers in this file were expected, found layout {kind}, which leads to others");
        }
    }
}

/// <summary>The numbers are in the header.</summary>
internal sealed record CompactLayout(Cursor Numbers) : DataLayout;

/// <summary>The numbers are contiguous in the file.</summary>
internal sealed record ContiguousLayout(long Address, long Bytes) : DataLayout;

/// <summary>The kinds of chunk indexes.</summary>
internal enum ChunkIndexType
{
    BTree = 0,
    SingleChunk = 1,
    Implicit = 2,
    FixedArray = 3,
    ExtensibleArray = 4,
    BTree2 = 5,
}

/// <summary>The numbers are in chunks of equal shape, which cover the dataset like tiles.</summary>
/// <param name="ChunkShape">Lengths of a chunk along the axes of the dataset.</param>
/// <param name="ValueBytes">Bytes per number.</param>
/// <param name="SingleBytes">Stored bytes of the only chunk if it is filtered, and <paramref name="SingleMask"/>
/// which filters were left out.</param>
/// <param name="FiltersEdges">Whether chunks that extend beyond the dataset are filtered like the others.</param>
internal sealed record ChunkedLayout(
    long[] ChunkShape, long ValueBytes, ChunkIndexType Index, long Address,
    long? SingleBytes = null, uint SingleMask = 0, bool FiltersEdges = true) : DataLayout
{
    internal static ChunkedLayout ReadOld(Cursor message)
    {
        int axes = message.Byte() - 1;
        long address = message.Address();
        long[] chunk = ReadShape(message, axes, width: 4);
        return new ChunkedLayout(chunk, message.UInt32(), ChunkIndexType.BTree, address);
    }

    internal static ChunkedLayout ReadNew(Cursor message)
    {
        const int LeavesEdges = 1, IsFiltered = 2;
        int flags = message.Byte(), axes = message.Byte() - 1, width = message.Byte();
        if (width is < 1 or > 8)
        {
            throw message.Error($"lengths of 1 to 8 bytes were expected, found {width}");
        }

        long[] chunk = ReadShape(message, axes, width);
        long valueBytes = message.Number(width);
        ChunkIndexType index = (ChunkIndexType)message.Byte();
        long? singleBytes = null;
        uint mask = 0;
        switch (index)
        {
            case ChunkIndexType.SingleChunk when (flags & IsFiltered) != 0:
                (singleBytes, mask) = (message.Length(), message.UInt32());
                break;
            case ChunkIndexType.SingleChunk or ChunkIndexType.Implicit:
                break;
            case ChunkIndexType.FixedArray:
                message.Skip(1);
                break;
            case ChunkIndexType.BTree2:
                message.Skip(6);
                break;
            default:
                throw message.Error($"chunks of a dataset that can grow along one axis (index {index}) are not " +
                    "supported; save the weights with fixed shapes");
        }

        return new ChunkedLayout(
            chunk, valueBytes, index, message.Address(), singleBytes, mask, (flags & LeavesEdges) == 0);
    }

    private static long[] ReadShape(Cursor message, int axes, int width)
    {
        if (axes is < 1 or > TensorShape.MaxAxes)
        {
            throw message.Error($"chunks of 1 to {TensorShape.MaxAxes} axes were expected, found {axes}");
        }

        long[] shape = new long[axes];
        for (int i = 0; i < axes; i++)
            shape[i] = message.Number(width);
        return shape;
    }
}
