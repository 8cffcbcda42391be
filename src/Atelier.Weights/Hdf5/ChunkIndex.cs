namespace Atelier.Weights.Hdf5;

/// <summary>Finds the chunks of a dataset in an index of any kind.</summary>
/// <param name="grid">Number of chunks along each axis.</param>
/// <param name="chunkBytes">Bytes of a complete chunk before any filter.</param>
/// <param name="isFiltered">Whether the dataset has filters, so that each chunk has its own length.</param>
internal sealed class ChunkIndex(
    Hdf5File file, ChunkedLayout layout, long[] grid, long chunkBytes, bool isFiltered)
{
    private const int TreeOfChunks = 10, TreeOfFilteredChunks = 11;

    private readonly int _axes = grid.Length;
    private readonly long _count = grid.Aggregate(1L, (count, length) => count * length);

    /// <summary>Returns the chunks, in the order of the index.</summary>
    internal IEnumerable<Chunk> Chunks() => layout.Index switch
    {
        ChunkIndexType.BTree => BTree.Leaves(file, layout.Address, BTree.OfChunks, 8 + (8 * (_axes + 1)))
            .Select(FromBTree),
        ChunkIndexType.SingleChunk =>
            [new Chunk(new long[_axes], layout.Address, layout.SingleBytes ?? chunkBytes, layout.SingleMask)],
        ChunkIndexType.Implicit => Implicit(),
        ChunkIndexType.FixedArray => FixedArray.Elements(file, layout.Address, isFiltered, _count)
            .Select((element, i) => FromElement(element, CornerOf(i))),
        _ => BTree2.Records(file, layout.Address, isFiltered ? TreeOfFilteredChunks : TreeOfChunks)
            .Select(FromBTree2),
    };

    private Chunk FromBTree(BTreeEntry entry)
    {
        long bytes = entry.Key.UInt32();
        uint mask = entry.Key.UInt32();
        long[] corner = new long[_axes];
        for (int axis = 0; axis < _axes; axis++)
        {
            (corner[axis], long remainder) = Math.DivRem(entry.Key.Number(8), layout.ChunkShape[axis]);
            if (remainder != 0)
            {
                throw entry.Key.Error("the corner of a chunk was expected");
            }
        }

        return new Chunk(corner, entry.Child, bytes, mask);
    }

    private Chunk FromBTree2(Cursor record)
    {
        // The length takes up the remaining bytes of the record.
        int lengthWidth = record.Remaining - file.AddressWidth - 4 - (8 * _axes);
        Chunk chunk = isFiltered
            ? FromElement(record, new long[_axes], lengthWidth)
            : new Chunk(new long[_axes], record.Address(), chunkBytes, 0);
        for (int axis = 0; axis < _axes; axis++)
            chunk.Corner[axis] = record.Number(8);
        return chunk;
    }

    private Chunk FromElement(Cursor element, long[] corner) => isFiltered
        ? FromElement(element, corner, element.Remaining - file.AddressWidth - 4)
        : new Chunk(corner, element.Address(), chunkBytes, 0);

    private static Chunk FromElement(Cursor element, long[] corner, int lengthWidth)
    {
        if (lengthWidth is < 1 or > 8)
        {
            throw element.Error($"a length of 1 to 8 bytes was expected, found {lengthWidth}");
        }

        return new Chunk(corner, element.Address(), element.Number(lengthWidth), element.UInt32());
    }

    private IEnumerable<Chunk> Implicit()
    {
        file.Demand(layout.Address, _count * chunkBytes, "chunks");
        for (long i = 0; i < _count; i++)
            yield return new Chunk(CornerOf(i), layout.Address + (i * chunkBytes), chunkBytes, 0);
    }

    private long[] CornerOf(long index)
    {
        long[] corner = new long[_axes];
        for (int axis = _axes - 1; axis >= 0; axis--)
            (index, corner[axis]) = Math.DivRem(index, grid[axis]);
        return corner;
    }
}
