namespace Atelier.Imaging.Codecs.Gif;

/// <summary>Decompresses the pixels of one frame: LZW with codes of up to 12 bits, least significant bit
/// first.</summary>
/// <param name="colorBits">Bits per color, as stored in the file.</param>
/// <param name="nextBlock">Returns the next compressed bytes; empty after the last.</param>
internal sealed class GifLzwReader(int colorBits, Func<byte[]> nextBlock)
{
    private const int MaxCodes = 4096;
    private readonly ushort[] _prefix = new ushort[MaxCodes];
    private readonly byte[] _suffix = new byte[MaxCodes];
    private readonly byte[] _string = new byte[MaxCodes + 1];
    private byte[] _block = [];
    private int _place;
    private uint _bits;
    private int _bitCount;

    /// <summary>Number of pixels that there were.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there were enough pixels.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Decompresses all pixels, row by row from the top.</summary>
    /// <param name="missing">The color of pixels that are missing at the end.</param>
    /// <exception cref="ImageFormatException">The codes are malformed.</exception>
    public byte[] Read(int width, int height, bool isInterlaced, byte missing = 0)
    {
        if (colorBits is < 1 or > 8)
        {
            throw new ImageFormatException($"GIF frame: {colorBits} is not a valid number of color bits.");
        }

        byte[] stored = new byte[width * height];
        Count = Unpack(stored);
        IsWhole = Count == stored.Length;
        stored.AsSpan(Count).Fill(missing);
        return isInterlaced ? Ordered(stored, width, height) : stored;
    }

    /// <summary>Decompresses as many pixels as there are, at most all.</summary>
    /// <returns>The number of decompressed pixels.</returns>
    private int Unpack(Span<byte> pixels)
    {
        int clear = 1 << colorBits, end = clear + 1, count = 0, next = end + 1, length = colorBits + 1, previous = -1;
        byte first = 0;
        while (count < pixels.Length && TryTake(length, out int code) && code != end)
        {
            if (code == clear)
            {
                (next, length, previous) = (end + 1, colorBits + 1, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0) || (previous < 0 && code > end))
            {
                throw new ImageFormatException($"GIF frame: code {code} is used before it is defined.");
            }

            // Strings are decoded from their last color to their first. A code that is only now being defined stands
            // for the previous string followed by its own first color.
            int begin = _string.Length, known = code;
            if (code == next)
            {
                _string[--begin] = first;
                known = previous;
            }

            for (; known > end; known = _prefix[known]) _string[--begin] = _suffix[known];
            _string[--begin] = first = (byte)known;
            ReadOnlySpan<byte> colors = _string.AsSpan(begin);
            int taken = Math.Min(colors.Length, pixels.Length - count);
            colors[..taken].CopyTo(pixels[count..]);
            count += taken;
            if (previous >= 0 && next < MaxCodes)
            {
                (_prefix[next], _suffix[next]) = ((ushort)previous, first);
                next++;
                if (next == 1 << length && length < 12) length++;
            }

            previous = code;
        }

        return count;
    }

    private bool TryTake(int length, out int code)
    {
        while (_bitCount < length)
        {
            if (_place == _block.Length)
            {
                (_block, _place) = (nextBlock(), 0);
                if (_block.Length == 0)
                {
                    code = 0;
                    return false;
                }
            }

            _bits |= (uint)_block[_place++] << _bitCount;
            _bitCount += 8;
        }

        code = (int)(_bits & ((1u << length) - 1));
        _bits >>= length;
        _bitCount -= length;
        return true;
    }

    /// <summary>Reorders rows that are stored in four passes.</summary>
    private static byte[] Ordered(byte[] stored, int width, int height)
    {
        byte[] ordered = new byte[stored.Length];
        int from = 0;
        foreach ((int start, int step) in ((int, int)[])[(0, 8), (4, 8), (2, 4), (1, 2)])
        {
            for (int y = start; y < height; y += step, from += width)
            {
                stored.AsSpan(from, width).CopyTo(ordered.AsSpan(y * width));
            }
        }

        return ordered;
    }
}
