namespace Atelier.Weights.Hdf5;

/// <summary>A leaf of a B-tree: the address that it refers to, and the key before it.</summary>
internal sealed record BTreeEntry(Cursor Key, long Child);

/// <summary>The B-trees of version 1, which old files use to find the entries of groups and the chunks of
/// datasets.</summary>
internal static class BTree
{
    internal const int OfGroups = 0, OfChunks = 1;

    private const int MaxLevels = 16;

    /// <summary>Returns every leaf below the node at <paramref name="root"/>, in order.</summary>
    internal static List<BTreeEntry> Leaves(Hdf5File file, long root, int type, int keyBytes)
    {
        List<BTreeEntry> leaves = [];
        Collect(file, root, type, keyBytes, null, leaves);
        return leaves;
    }

    private static void Collect(
        Hdf5File file, long address, int type, int keyBytes, int? expectedLevel, List<BTreeEntry> leaves)
    {
        int prefix = 8 + (2 * file.AddressWidth);
        Cursor node = file.Structure(address, prefix, "B-tree node");
        node.Signature("TREE");
        int found = node.Byte(), level = node.Byte(), count = node.UInt16();
        // Each level must be one lower than the one above, so a tree cannot contain itself.
        if (found != type || level > MaxLevels || level != (expectedLevel ?? level))
        {
            throw node.Error($"type {type} and level {expectedLevel ?? MaxLevels} were expected, " +
                $"found type {found} and level {level}");
        }

        Cursor entries = file.Structure(
            address + prefix, (count * (long)(keyBytes + file.AddressWidth)) + keyBytes, "B-tree node");
        for (int i = 0; i < count; i++)
        {
            BTreeEntry entry = new(entries.Part(keyBytes, "key of a B-tree"), entries.Address());
            if (level == 0)
            {
                leaves.Add(entry);
            }
            else
            {
                Collect(file, entry.Child, type, keyBytes, level - 1, leaves);
            }
        }
    }
}
