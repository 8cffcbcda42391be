namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>A Huffman table prepared for decoding: short codes are found by one lookup, long ones by their
/// ranges.</summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes up to this length are found by one lookup.</summary>
    internal const int LookupBits = 9;

    internal const int MaxCodeLength = 16;

    private readonly ushort[] _lookup = new ushort[1 << LookupBits];

    /// <summary>For each length: the first 16-bit prefix above all codes of that length.</summary>
    private readonly int[] _limits = new int[MaxCodeLength + 1];

    /// <summary>For each length: the offset from a code to the index of its symbol.</summary>
    private readonly int[] _offsets = new int[MaxCodeLength + 1];

    private readonly byte[] _symbols;

    /// <summary>Builds the canonical code of T.81, annex C.</summary>
    /// <param name="counts">Number of codes of length 1, 2, … 16.</param>
    /// <param name="symbols">The symbols in order of their codes.</param>
    /// <exception cref="ImageFormatException">There are more codes of a length than fit.</exception>
    internal HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        int code = 0, index = 0;
        for (int length = 1; length <= MaxCodeLength; length++)
        {
            int count = counts[length - 1];
            if (code + count > 1 << length)
            {
                throw new ImageFormatException($"{count} Huffman codes of {length} bits are too many.");
            }

            _offsets[length] = index - code;
            for (int i = 0; i < count && length <= LookupBits; i++)
            {
                int free = LookupBits - length;
                ushort entry = (ushort)((length << 8) | symbols[index + i]);
                _lookup.AsSpan((code + i) << free, 1 << free).Fill(entry);
            }

            (code, index) = (code + count, index + count);
            _limits[length] = code << (MaxCodeLength - length);
            code <<= 1;
        }
    }

    /// <summary>Code length × 256 + symbol for each prefix of <see cref="LookupBits"/> bits; 0 if the code is
    /// longer.</summary>
    internal ushort[] Lookup => _lookup;

    /// <summary>Finds a code that is longer than <see cref="LookupBits"/>.</summary>
    /// <param name="prefix">The next 16 bits.</param>
    /// <returns>Code length × 256 + symbol, or 0 if no code has this prefix.</returns>
    internal int FindLong(int prefix)
    {
        for (int length = LookupBits + 1; length <= MaxCodeLength; length++)
        {
            if (prefix < _limits[length])
            {
                return (length << 8) | _symbols[(prefix >> (MaxCodeLength - length)) + _offsets[length]];
            }
        }

        return 0;
    }
}
