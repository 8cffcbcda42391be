using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Reads bits of entropy-coded data, most significant first, and undoes byte stuffing. Stops before the next
/// marker; from there on it returns zeros and sets <see cref="IsExhausted"/>.</summary>
/// <remarks><see cref="Fill"/> makes at least <see cref="GuaranteedBits"/> bits ready, enough for a Huffman code and
/// the bits that follow it; the reading methods do not check again.</remarks>
internal ref struct BitReader(ReadOnlySpan<byte> file, int position)
{
    /// <summary>Number of bits that are ready after <see cref="Fill"/>.</summary>
    internal const int GuaranteedBits = 32;

    /// <summary>What <see cref="ReadSymbol"/> returns for bits that are not a code: larger than any symbol, and than
    /// any size or run that a symbol can represent.</summary>
    internal const int NoSymbol = 0xFFFF;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _position = position;

    /// <summary>The next bits, from the top down.</summary>
    private ulong _window;

    /// <summary>Number of bits of the window that are ready.</summary>
    private int _count;

    /// <summary>Number of zero bits added after the end of the data, including those still in the window.</summary>
    private int _padding;

    /// <summary>The position in the file up to which bytes were consumed; never after the next marker.</summary>
    internal readonly int Position => _position;

    /// <summary>Number of whole bytes that were consumed but not read.</summary>
    internal readonly int UnreadBytes => (_count - _padding) >> 3;

    /// <summary>Whether more bits were read than there are.</summary>
    internal readonly bool IsExhausted => _padding > _count;

    /// <summary>Makes <see cref="GuaranteedBits"/> bits ready.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Fill()
    {
        if (_count < GuaranteedBits)
        {
            Refill();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill()
    {
        if (_position + sizeof(ulong) <= _file.Length)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(_file[_position..]);
            if (!HasPrefixByte(next))
            {
                // Bits of the last, incomplete byte are included; they are later written again, with the same value.
                int bytes = (64 - _count) >> 3;
                _window |= next >> _count;
                _position += bytes;
                _count += bytes << 3;
                return;
            }
        }

        while (_count <= 56 && TryTakeByte(out byte value))
        {
            _window |= (ulong)value << (56 - _count);
            _count += 8;
        }
    }

    private bool TryTakeByte(out byte value)
    {
        value = _position < _file.Length ? _file[_position] : JpegMarkers.Prefix;
        if (value != JpegMarkers.Prefix)
        {
            _position++;
            return true;
        }

        while (_position + 1 < _file.Length && _file[_position + 1] == JpegMarkers.Prefix)
        {
            _position++;
        }

        if (_position + 1 < _file.Length && _file[_position + 1] == 0)
        {
            _position += 2;
            return true;
        }

        _padding += 64 - _count;
        _count = 64;
        return false;
    }

    /// <summary>Reads a Huffman code.</summary>
    /// <returns>The symbol, or <see cref="NoSymbol"/> if the bits are not a code of the table.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ReadSymbol(HuffmanTable table)
    {
        int entry = table.Lookup[(int)(_window >> (64 - HuffmanTable.LookupBits))];
        if (entry == 0)
        {
            entry = table.FindLong((int)(_window >> (64 - HuffmanTable.MaxCodeLength)));
            if (entry == 0)
            {
                return NoSymbol;
            }
        }

        Skip(entry >> 8);
        return entry & 0xFF;
    }

    /// <summary>Reads 0–16 bits as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ReadBits(int count)
    {
        int value = (int)((_window >> 1) >> (63 - count));
        Skip(count);
        return value;
    }

    /// <summary>Reads a signed value of a magnitude category of 1–15 bits (T.81, F.2.2.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ReadSigned(int size)
    {
        int isNegative = (int)(~_window >> 63);
        int value = ReadBits(size);
        return value + (-isNegative & (1 - (1 << size)));
    }

    /// <summary>Reads one bit, after filling the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ReadBit()
    {
        Fill();
        return ReadBits(1);
    }

    /// <summary>Continues after a restart marker.</summary>
    internal void Restart(int position)
    {
        _position = position;
        _window = 0;
        (_count, _padding) = (0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Skip(int count)
    {
        _window <<= count;
        _count -= count;
    }

    private static bool HasPrefixByte(ulong bytes)
        => ((~bytes - 0x0101010101010101) & bytes & 0x8080808080808080) != 0;
}
