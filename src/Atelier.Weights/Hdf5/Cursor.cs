using System.Buffers.Binary;
using System.Text;

namespace Atelier.Weights.Hdf5;

/// <summary>Reads the fields of one structure of an HDF5 file sequentially, and never beyond its end.</summary>
/// <param name="file">The file, which determines the width of addresses and lengths.</param>
/// <param name="bytes">The structure.</param>
/// <param name="origin">Its position in the file, for messages.</param>
/// <param name="what">Its name, for messages.</param>
internal sealed class Cursor(Hdf5File file, ReadOnlyMemory<byte> bytes, long origin, string what)
{
    /// <summary>The undefined address: nothing was stored.</summary>
    internal const long NoAddress = -1;

    private int _position;

    internal int Remaining => bytes.Length - _position;

    internal ReadOnlySpan<byte> Bytes(int count) => Slice(count).Span;

    internal void Skip(int count) => Slice(count);

    internal byte Byte() => Bytes(1)[0];

    internal int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Reads a number of up to eight bytes that must not exceed the largest signed one.</summary>
    internal long Number(int width)
    {
        ulong value = Unsigned(width);
        return value <= long.MaxValue ? (long)value : throw Error($"{value} is too large a number");
    }

    internal long Length() => Number(file.LengthWidth);

    /// <summary>Reads an address within the file, or <see cref="NoAddress"/> if all bits are set.</summary>
    internal long Address()
    {
        ulong value = Unsigned(file.AddressWidth);
        if (value == ulong.MaxValue >> (64 - (8 * file.AddressWidth)))
        {
            return NoAddress;
        }

        return value <= (ulong)file.Length ? (long)value : throw Error($"address {value} lies outside the file");
    }

    internal int Version(params ReadOnlySpan<int> known)
    {
        int version = Byte();
        return known.Contains(version)
            ? version
            : throw Error($"version {string.Join(" or ", known.ToArray())} was expected, found {version}");
    }

    internal void Signature(string expected)
    {
        string found = Encoding.Latin1.GetString(Bytes(expected.Length));
        if (found != expected)
        {
            throw Error($"'{expected}' was expected, but other bytes were found");
        }
    }

    /// <summary>The rest of a structure up to <paramref name="count"/> bytes as a structure of its own.</summary>
    internal Cursor Part(int count, string part)
    {
        long start = origin + _position;
        return new Cursor(file, Slice(count), start, part);
    }

    internal string Text(int length)
    {
        try
        {
            return Hdf5File.Utf8.GetString(Bytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw Error("a name in UTF-8 was expected");
        }
    }

    internal WeightFormatException Error(string problem)
        => file.Error(origin + _position, $"{what}: {problem}.");

    private ulong Unsigned(int width)
    {
        ReadOnlySpan<byte> field = Bytes(width);
        ulong value = 0;
        for (int i = width - 1; i >= 0; i--)
            value = (value << 8) | field[i];
        return value;
    }

    private ReadOnlyMemory<byte> Slice(int count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Error($"{count} more bytes were expected, {Remaining} are left");
        }

        ReadOnlyMemory<byte> slice = bytes.Slice(_position, count);
        _position += count;
        return slice;
    }
}
