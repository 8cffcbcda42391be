namespace Atelier.Weights.Hdf5;

/// <summary>The links of a large group in a new file: a B-tree of positions in a heap.</summary>
internal static class DenseLinks
{
    private const int HasOrder = 1;
    private const int TreeOfNames = 5;
    private const int HashBytes = 4;

    /// <summary>Returns the links ordered by name, as in old files; the tree orders them by the hashes of their
    /// names.</summary>
    internal static IEnumerable<Link> Read(Hdf5File file, Cursor message)
    {
        message.Version(0);
        int flags = message.Byte();
        message.Skip((flags & HasOrder) != 0 ? 8 : 0);
        long heapAddress = message.Address(), tree = message.Address();
        if (heapAddress == Cursor.NoAddress)
        {
            return [];
        }

        FractalHeap heap = FractalHeap.Open(file, heapAddress);
        List<Link> links = [];
        foreach (Cursor record in BTree2.Records(file, tree, TreeOfNames))
        {
            record.Skip(HashBytes);
            if (LinkMessage.Read(heap.Object(record)) is Link link)
            {
                links.Add(link);
            }
        }

        return links.OrderBy(link => link.Name, StringComparer.Ordinal);
    }
}
