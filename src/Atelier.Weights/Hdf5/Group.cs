namespace Atelier.Weights.Hdf5;

/// <summary>A member of a group: the header of another group, or of a dataset.</summary>
internal sealed record Link(string Name, long Header);

/// <summary>The links of a group, however it stores them: in a symbol table (old files), as messages of its header
/// (new files, few links) or in a heap (new files, many links).</summary>
/// <remarks>Only hard links are followed. Soft links are aliases, and external links lead to other files; both are
/// ignored.</remarks>
internal static class Group
{
    internal static bool Is(ObjectHeader header) => header.Has(MessageType.SymbolTable)
        || header.Has(MessageType.LinkInfo) || header.Has(MessageType.Link);

    internal static IEnumerable<Link> Links(Hdf5File file, ObjectHeader header)
    {
        if (header.Has(MessageType.SymbolTable))
        {
            return SymbolTable.Links(file, header.First(MessageType.SymbolTable));
        }

        IEnumerable<Link> links = header.All(MessageType.Link).Select(LinkMessage.Read).OfType<Link>();
        return header.Has(MessageType.LinkInfo)
            ? links.Concat(DenseLinks.Read(file, header.First(MessageType.LinkInfo)))
            : links;
    }
}
