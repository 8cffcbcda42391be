namespace Atelier.Weights.Hdf5;

/// <summary>The types of the messages of an object header that weights need.</summary>
internal enum MessageType
{
    Dataspace = 1,
    LinkInfo = 2,
    Datatype = 3,
    Link = 6,
    ExternalFiles = 7,
    Layout = 8,
    Filters = 11,
    Continuation = 16,
    SymbolTable = 17,
}

/// <summary>The header of a group or a dataset, versions 1 and 2: a list of messages, in blocks that may refer to
/// further blocks.</summary>
internal sealed class ObjectHeader
{
    private const int SizeOfOld = 16;
    private const int IsShared = 2;

    private readonly Hdf5File _file;
    private readonly long _address;
    private readonly List<(MessageType Type, bool IsShared, Cursor Body)> _messages = [];
    private readonly Queue<(long Address, long Length)> _continuations = [];

    private ObjectHeader(Hdf5File file, long address) => (_file, _address) = (file, address);

    internal static ObjectHeader Read(Hdf5File file, long address)
    {
        ObjectHeader header = new(file, address);
        Cursor start = file.Structure(address, 6, "object header");
        if (start.Byte() == 1)
        {
            header.ReadOld();
        }
        else
        {
            header.ReadNew();
        }

        return header;
    }

    internal bool Has(MessageType type) => _messages.Exists(message => message.Type == type);

    /// <summary>Returns every message of a type.</summary>
    internal IEnumerable<Cursor> All(MessageType type) => _messages.Where(message => message.Type == type)
        .Select(message => !message.IsShared
            ? message.Body
            : throw message.Body.Error("shared messages are not supported; save the weights without named types " +
                "and shared messages"));

    /// <summary>Returns the first message of a type.</summary>
    internal Cursor First(MessageType type) => All(type).FirstOrDefault()
        ?? throw _file.Error(_address, $"object header: message '{type}' is missing.");

    private void ReadOld()
    {
        Cursor start = _file.Structure(_address, SizeOfOld, "object header");
        start.Skip(8);
        ReadOldMessages(_file.Structure(_address + SizeOfOld, start.UInt32(), "object header"));
        foreach ((long address, long length) in Continuations())
            ReadOldMessages(_file.Structure(address, length, "object header"));
    }

    private void ReadOldMessages(Cursor block)
    {
        const int Prefix = 8;
        while (block.Remaining >= Prefix)
        {
            int type = block.UInt16(), length = block.UInt16(), flags = block.Byte();
            block.Skip(3);
            Add(type, flags, block.Part(length, $"message '{(MessageType)type}'"));
        }
    }

    private void ReadNew()
    {
        const int HasTimes = 32, HasLimits = 16, HasOrder = 4;
        Cursor start = _file.Structure(_address, 6, "object header");
        start.Signature("OHDR");
        start.Version(2);
        int flags = start.Byte();
        int before = 6 + ((flags & HasTimes) != 0 ? 16 : 0) + ((flags & HasLimits) != 0 ? 4 : 0);
        int width = 1 << (flags & 3);
        Cursor size = _file.Structure(_address + before, width, "object header");
        long length = size.Number(width);
        _file.Demand(_address, length, "object header");
        Cursor first = _file.Checked(_address, before + width + length + 4, "object header");
        first.Skip(before + width);
        ReadNewMessages(first, (flags & HasOrder) != 0);
        foreach ((long address, long bytes) in Continuations())
        {
            Cursor next = _file.Checked(address, bytes, "object header");
            next.Signature("OCHK");
            ReadNewMessages(next, (flags & HasOrder) != 0);
        }
    }

    private void ReadNewMessages(Cursor block, bool hasOrder)
    {
        // Fewer bytes than the header of a message are a gap.
        int prefix = hasOrder ? 6 : 4;
        while (block.Remaining >= prefix)
        {
            int type = block.Byte(), length = block.UInt16(), flags = block.Byte();
            block.Skip(prefix - 4);
            Add(type, flags, block.Part(length, $"message '{(MessageType)type}'"));
        }
    }

    private void Add(int number, int flags, Cursor body)
    {
        MessageType type = (MessageType)number;
        if (type == MessageType.Continuation)
        {
            _continuations.Enqueue((body.Address(), body.Length()));
        }
        else if (Enum.IsDefined(type))
        {
            _messages.Add((type, (flags & IsShared) != 0, body));
        }
    }

    /// <summary>The blocks referred to so far, which are read one after another.</summary>
    private IEnumerable<(long Address, long Length)> Continuations()
    {
        HashSet<long> visited = [];
        while (_continuations.TryDequeue(out (long Address, long Length) block))
        {
            if (!visited.Add(block.Address))
            {
                throw _file.Error(_address, "object header: its blocks form a circle.");
            }

            yield return block;
        }
    }
}
