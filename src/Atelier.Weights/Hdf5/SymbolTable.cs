namespace Atelier.Weights.Hdf5;

/// <summary>The links of a group in an old file: a B-tree whose leaves list entries, and a heap with their
/// names.</summary>
internal static class SymbolTable
{
    /// <summary>Longer names are considered damage.</summary>
    internal const int MaxNameBytes = 1024;

    private const int SoftLink = 2;

    internal static IEnumerable<Link> Links(Hdf5File file, Cursor message)
    {
        long tree = message.Address(), heap = message.Address();
        (long names, long namesLength) = ReadHeap(file, heap);
        foreach (BTreeEntry leaf in BTree.Leaves(file, tree, BTree.OfGroups, keyBytes: file.LengthWidth))
        {
            foreach ((long name, long header) in ReadEntries(file, leaf.Child))
                yield return new Link(ReadName(file, names, namesLength, name), header);
        }
    }

    private static (long Address, long Length) ReadHeap(Hdf5File file, long address)
    {
        Cursor heap = file.Structure(address, 8 + (2 * file.LengthWidth) + file.AddressWidth, "local heap");
        heap.Signature("HEAP");
        heap.Version(0);
        heap.Skip(3);
        long length = heap.Length();
        heap.Skip(file.LengthWidth);
        long names = heap.Address();
        file.Demand(names, length, "names of a group");
        return (names, length);
    }

    private static List<(long Name, long Header)> ReadEntries(Hdf5File file, long address)
    {
        const int Prefix = 8, AfterAddresses = 24;
        Cursor start = file.Structure(address, Prefix, "symbol table");
        start.Signature("SNOD");
        start.Version(1);
        start.Skip(1);
        int count = start.UInt16();
        long length = count * ((2L * file.AddressWidth) + AfterAddresses);
        Cursor entries = file.Structure(address + Prefix, length, "symbol table");
        List<(long, long)> links = [];
        for (int i = 0; i < count; i++)
        {
            long name = entries.Address(), header = entries.Address();
            uint kind = entries.UInt32();
            entries.Skip(AfterAddresses - 4);
            if (kind != SoftLink)
            {
                links.Add((name, header));
            }
        }

        return links;
    }

    /// <summary>Reads a zero-terminated name from the heap.</summary>
    private static string ReadName(Hdf5File file, long names, long namesLength, long offset)
    {
        const int Step = 32;
        List<byte> name = [];
        for (long at = Math.Max(offset, 0); at < namesLength && name.Count < MaxNameBytes; at += Step)
        {
            ReadOnlySpan<byte> part = file.Data(names + at, Math.Min(Step, namesLength - at), "name of a link");
            int end = part.IndexOf((byte)0);
            name.AddRange(end < 0 ? part : part[..end]);
            if (end >= 0)
            {
                return new Cursor(file, name.ToArray(), 0, $"name at {names + offset}").Text(name.Count);
            }
        }

        throw file.Error(
            names + offset, $"a name of at most {MaxNameBytes} bytes that ends with a zero was expected.");
    }
}
