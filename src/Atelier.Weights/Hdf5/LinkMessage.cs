namespace Atelier.Weights.Hdf5;

/// <summary>A link as stored by newer files, in a header or in a heap.</summary>
internal static class LinkMessage
{
    private const int HasOrder = 4, HasType = 8, HasCharacterSet = 16;
    private const int HardLink = 0;

    /// <summary>Returns the link, or null if it is of a kind that is not followed.</summary>
    internal static Link? Read(Cursor message)
    {
        message.Version(1);
        int flags = message.Byte();
        int type = (flags & HasType) != 0 ? message.Byte() : HardLink;
        message.Skip(((flags & HasOrder) != 0 ? 8 : 0) + ((flags & HasCharacterSet) != 0 ? 1 : 0));
        long length = message.Number(1 << (flags & 3));
        if (length is 0 or > SymbolTable.MaxNameBytes)
        {
            throw message.Error($"a name of 1 to {SymbolTable.MaxNameBytes} bytes was expected, found {length}");
        }

        string name = message.Text((int)length);
        return type == HardLink ? new Link(name, message.Address()) : null;
    }
}
