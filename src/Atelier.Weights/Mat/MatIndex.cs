using System.Collections.Immutable;
using System.Text;

namespace Atelier.Weights.Mat;

/// <summary>Scans one variable of a MAT file, and stores the locations of its numbers.</summary>
internal sealed class MatIndex
{
    private const int MaxDepth = 16;
    private const int MaxItems = 200_000;
    private const int MaxTextBytes = 1024;
    private const int MaxFieldBytes = 64;
    private const int ComplexFlag = 0x800;

    private readonly MatStream _stream;
    private long _items;

    private MatIndex(MatStream stream) => _stream = stream;

    /// <summary>Returns the name of the variable and its contents.</summary>
    internal static (string Name, MatNode Node) Read(MatStream stream)
    {
        MatIndex index = new(stream);
        MatTag tag = index.ReadTag(long.MaxValue, MatElementType.Matrix);
        (string name, MatNode node) = index.ReadArray(tag, 0);
        stream.DemandEnd();
        return (name, node);
    }

    private (string Name, MatNode Node) ReadArray(MatTag tag, int depth)
    {
        Count(1, depth);
        (string Name, MatNode Node) array = tag.Length == 0 ? ("", MatOther.Instance) : ReadContents(tag, depth);
        _stream.GoTo(tag.Next);
        return array;
    }

    /// <summary>Limits the size of the index: the number of arrays and field names.</summary>
    private void Count(long items, int depth)
    {
        _items += items;
        if (depth > MaxDepth || _items > MaxItems)
        {
            throw _stream.Error($"at most {MaxItems} arrays and fields in {MaxDepth} levels were expected");
        }
    }

    private (string Name, MatNode Node) ReadContents(MatTag tag, int depth)
    {
        MatTag flags = ReadTag(tag.Next, MatElementType.UInt32, length: 8);
        int word = _stream.Int32();
        MatClass kind = (MatClass)(word & 0xFF);
        if (kind is < MatClass.Cell or > MatClass.UInt64)
        {
            return ("", MatOther.Instance);
        }

        _stream.GoTo(flags.Next);
        ImmutableArray<int> shape = ReadShape(tag.Next);
        string name = ReadText(ReadTag(tag.Next, MatElementType.Int8));
        MatNode node = kind switch
        {
            MatClass.Cell => new MatCells(ReadItems(TensorShape.Count(shape), tag.Next, depth)),
            MatClass.Struct or MatClass.Object => ReadStructs(shape, kind, tag.Next, depth),
            MatClass.Char => ReadLine(tag.Next),
            MatClass.Sparse => MatOther.Instance,
            _ when (word & ComplexFlag) != 0 => MatOther.Instance,
            _ => ReadNumbers(shape, tag.Next),
        };
        return (name, node);
    }

    private ImmutableArray<int> ReadShape(long end)
    {
        MatTag tag = ReadTag(end, MatElementType.Int32);
        long[] lengths = new long[Math.Min(tag.Length / 4, TensorShape.MaxAxes + 1)];
        for (int i = 0; i < lengths.Length; i++)
            lengths[i] = _stream.Int32();
        ImmutableArray<int> shape = TensorShape.TryCreate(lengths)
            ?? throw _stream.Error($"shape [{string.Join(", ", lengths)}] has too many axes or values");
        _stream.GoTo(tag.Next);
        return shape;
    }

    private List<MatNode> ReadItems(int count, long end, int depth)
    {
        List<MatNode> items = [];
        for (int i = 0; i < count; i++)
            items.Add(ReadArray(ReadTag(end, MatElementType.Matrix), depth + 1).Node);
        return items;
    }

    private MatStructs ReadStructs(ImmutableArray<int> shape, MatClass kind, long end, int depth)
    {
        if (kind == MatClass.Object)
        {
            ReadText(ReadTag(end, MatElementType.Int8));
        }

        MatTag width = ReadTag(end, MatElementType.Int32, length: 4);
        int nameBytes = _stream.Int32();
        _stream.GoTo(width.Next);
        MatTag names = ReadTag(end, MatElementType.Int8);
        if (nameBytes is < 1 or > MaxFieldBytes || names.Length % nameBytes != 0)
        {
            throw _stream.Error($"names of fields of 1 to {MaxFieldBytes} bytes were expected, found {nameBytes}");
        }

        Count(names.Length / nameBytes, depth);
        List<string> fields = [];
        Span<byte> name = stackalloc byte[nameBytes];
        for (long i = 0; i < names.Length / nameBytes; i++)
        {
            _stream.Read(name);
            fields.Add(Encoding.Latin1.GetString(name[..(name.IndexOf((byte)0) is int at and >= 0 ? at : nameBytes)]));
        }

        _stream.GoTo(names.Next);
        List<IReadOnlyList<MatNode>> items = [];
        for (int i = 0, count = fields.Count == 0 ? 0 : TensorShape.Count(shape); i < count; i++)
            items.Add(ReadItems(fields.Count, end, depth));
        return new MatStructs(fields, items);
    }

    private MatNode ReadLine(long end)
    {
        MatTag tag = MatTag.Read(_stream, end);
        if (tag.Length > MaxTextBytes)
        {
            return MatOther.Instance;
        }

        Span<byte> bytes = stackalloc byte[(int)tag.Length];
        _stream.Read(bytes);
        switch (tag.Type)
        {
            case MatElementType.Int8 or MatElementType.UInt8 or MatElementType.Utf8:
                return new MatText(Encoding.UTF8.GetString(bytes));
            case MatElementType.UInt16 or MatElementType.Utf16:
                return new MatText(Encoding.Unicode.GetString(bytes));
            default:
                return MatOther.Instance;
        }
    }

    private MatNumbers ReadNumbers(ImmutableArray<int> shape, long end)
    {
        MatTag tag = MatTag.Read(_stream, end);
        long expected = (long)TensorShape.Count(shape) * MatNumber.BytesOf(tag.Type);
        if (MatNumber.BytesOf(tag.Type) == 0 || tag.Length != expected)
        {
            throw _stream.Error($"numbers of shape [{string.Join(", ", shape)}] were expected, " +
                $"found {tag.Length} bytes of type {tag.Type}");
        }

        return new MatNumbers(shape, tag.Type, tag.Start);
    }

    private string ReadText(MatTag tag)
    {
        if (tag.Length > MaxTextBytes)
        {
            throw _stream.Error($"a name of at most {MaxTextBytes} bytes was expected, found {tag.Length}");
        }

        Span<byte> bytes = stackalloc byte[(int)tag.Length];
        _stream.Read(bytes);
        _stream.GoTo(tag.Next);
        return Encoding.Latin1.GetString(bytes);
    }

    private MatTag ReadTag(long end, MatElementType type, long? length = null)
    {
        MatTag tag = MatTag.Read(_stream, end);
        return tag.Type == type && tag.Length == (length ?? tag.Length)
            ? tag
            : throw _stream.Error($"an element {type} was expected, found {tag.Type} of {tag.Length} bytes");
    }
}
