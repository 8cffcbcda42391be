namespace Atelier.Weights;

/// <summary>Iterates over the fields of a protocol buffer; fields that are not requested are skipped unread.</summary>
internal sealed class ProtobufReader(ByteSource source, long begin, long end)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private const int MaxVarintBytes = 10;

    private readonly ByteCursor _cursor = new(source, begin, end);
    private int _kind;

    /// <summary>Number of the current field.</summary>
    internal int Field { get; private set; }

    /// <summary>Its value, if it is a number.</summary>
    internal long Integer { get; private set; }

    /// <summary>The location of its bytes; null if it is a number.</summary>
    internal (long Begin, long Length)? Range { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Next()
    {
        if (_cursor.Left == 0)
        {
            return false;
        }

        ulong key = (ulong)ReadVarint(_cursor);
        (Field, _kind) = ((int)Math.Min(key >> 3, int.MaxValue), (int)(key & 7));
        (Integer, Range) = (0, null);
        switch (_kind)
        {
            case Varint: Integer = ReadVarint(_cursor); break;
            case Fixed64: _cursor.Skip(8); break;
            case Fixed32: _cursor.Skip(4); break;
            case Delimited:
                long length = ReadVarint(_cursor);
                Range = (_cursor.Skip(length), length);
                break;
            default:
                throw new WeightFormatException("onnx: not a protocol buffer, or damaged. Download the file " +
                "again.");
        }

        return true;
    }

    /// <summary>Whether the current field contains bytes.</summary>
    internal bool IsBytes(int field) => Field == field && _kind == Delimited;

    /// <summary>Returns the message in the current field.</summary>
    internal ProtobufReader Inside() => new(source, Range!.Value.Begin, Range.Value.Begin + Range.Value.Length);

    /// <summary>Returns the bytes in the current field.</summary>
    /// <exception cref="WeightFormatException">There are more than expected.</exception>
    internal byte[] Bytes(int most)
    {
        (long from, long length) = Range ?? (0, 0);
        byte[] bytes = length <= most
            ? new byte[length]
            : throw new WeightFormatException($"onnx: a name of {length} bytes.");
        source.Read(from, bytes);
        return bytes;
    }

    /// <summary>Returns the number, or the first of the packed numbers, in the current field.</summary>
    internal IEnumerable<long> Integers(int most)
    {
        if (Range is not (long from, long length))
        {
            yield return Integer;
            yield break;
        }

        ByteCursor packed = new(source, from, from + length);
        for (int i = 0; i < most && packed.Left > 0; i++)
            yield return ReadVarint(packed);
    }

    private static long ReadVarint(ByteCursor cursor)
    {
        ulong value = 0;
        for (int i = 0; i < MaxVarintBytes; i++)
        {
            byte next = cursor.ReadByte();
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw new WeightFormatException("onnx: not a protocol buffer, or damaged. Download the file again.");
    }
}
