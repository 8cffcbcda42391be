using System.Numerics;

namespace Atelier.Weights.Hdf5;

/// <summary>The B-trees of version 2, which new files use to find the links of large groups and the chunks of datasets
/// that can grow along several axes.</summary>
internal sealed class BTree2
{
    private const int NodeOverhead = 10, PrefixBytes = 6;
    private const int MaxDepth = 16;

    private readonly Hdf5File _file;
    private readonly int _type, _nodeBytes, _recordBytes;
    private readonly int _countWidth;
    private readonly List<int> _totalWidths = [0];
    private readonly List<Cursor> _records = [];

    private BTree2(Hdf5File file, long address, int type)
    {
        _file = file;
        _type = type;
        Cursor header = file.Checked(address, 22 + file.AddressWidth + file.LengthWidth, "B-tree header");
        header.Signature("BTHD");
        header.Version(0);
        int found = header.Byte();
        long nodeBytes = header.UInt32();
        _recordBytes = header.UInt16();
        int depth = header.UInt16();
        header.Skip(2);
        long root = header.Address(), count = header.UInt16();
        if (found != type || depth > MaxDepth || _recordBytes == 0 || nodeBytes <= NodeOverhead + _recordBytes
            || nodeBytes > 1 << 24)
        {
            throw header.Error($"a tree of type {type} was expected, found type {found}, depth {depth}, " +
                $"nodes of {nodeBytes} bytes, records of {_recordBytes}");
        }

        _nodeBytes = (int)nodeBytes;
        _countWidth = Widths(depth);
        if (root != Cursor.NoAddress)
        {
            Collect(root, depth, count);
        }
    }

    /// <summary>Returns every record of the tree at <paramref name="address"/>, in order.</summary>
    internal static IReadOnlyList<Cursor> Records(Hdf5File file, long address, int type)
        => new BTree2(file, address, type)._records;

    /// <summary>Determines the width of record counts at each depth: a node stores the number of records of its
    /// children in as few bytes as the largest possible child needs.</summary>
    private int Widths(int depth)
    {
        long mostInLeaf = (_nodeBytes - NodeOverhead) / _recordBytes, mostBelow = mostInLeaf;
        int countWidth = Width(mostInLeaf);
        for (int level = 1; level <= depth; level++)
        {
            int pointer = _file.AddressWidth + countWidth + _totalWidths[level - 1];
            long mostHere = Math.Max(0, _nodeBytes - NodeOverhead - pointer) / (_recordBytes + pointer);
            mostBelow = (long)Int128.Min((((Int128)mostHere + 1) * mostBelow) + mostHere, long.MaxValue);
            _totalWidths.Add(Width(mostBelow));
        }

        return countWidth;
    }

    private static int Width(long most) => (BitOperations.Log2((ulong)Math.Max(most, 1)) / 8) + 1;

    private void Collect(long address, int depth, long count)
    {
        int pointer = depth == 0 ? 0 : _file.AddressWidth + _countWidth + _totalWidths[depth - 1];
        long length = PrefixBytes + (count * _recordBytes) + ((count + 1) * pointer) + 4;
        Cursor node = _file.Checked(address, length, "B-tree node");
        node.Signature(depth == 0 ? "BTLF" : "BTIN");
        node.Version(0);
        if (node.Byte() != _type)
        {
            throw node.Error($"a node of type {_type} was expected");
        }

        List<Cursor> records = [];
        for (long i = 0; i < count; i++)
            records.Add(node.Part(_recordBytes, "record of a B-tree"));
        for (int i = 0; i <= count; i++)
        {
            if (depth > 0)
            {
                long child = node.Address(), childCount = node.Number(_countWidth);
                node.Skip(_totalWidths[depth - 1]);
                Collect(child, depth - 1, childCount);
            }

            if (i < count)
            {
                _records.Add(records[i]);
            }
        }
    }
}
