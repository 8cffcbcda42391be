namespace Atelier.Imaging.Codecs.Pnm;

/// <summary>Reads the numbers of a PNM file, with white space and comments between them.</summary>
internal ref struct PnmReader(ReadOnlySpan<byte> file)
{
    private ReadOnlySpan<byte> _rest = file;

    /// <summary>The bytes that have not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads a decimal number.</summary>
    /// <param name="what">What the number is, for the error message.</param>
    /// <param name="max">The largest accepted number.</param>
    /// <exception cref="ImageFormatException">There is no number, or it is too large.</exception>
    public int ReadNumber(string what, int max)
    {
        SkipSpace();
        long number = 0;
        int digits = 0;
        for (; digits < _rest.Length && char.IsAsciiDigit((char)_rest[digits]); digits++)
        {
            number = (10 * number) + _rest[digits] - '0';
            if (number > max) throw new ImageFormatException($"PNM: the {what} is above {max}.");
        }

        if (digits == 0) throw new ImageFormatException($"PNM: the {what} is missing; the file is damaged or " +
            "truncated.");
        _rest = _rest[digits..];
        return (int)number;
    }

    /// <summary>Reads one digit of a text bitmap, which needs no space after it.</summary>
    /// <exception cref="ImageFormatException">The next character is neither 0 nor 1.</exception>
    public int ReadBit()
    {
        SkipSpace();
        if (_rest.IsEmpty || _rest[0] is not ((byte)'0' or (byte)'1'))
        {
            throw new ImageFormatException("PNM: a pixel of 0 or 1 is missing; the file is damaged or truncated.");
        }

        int bit = _rest[0] - '0';
        _rest = _rest[1..];
        return bit;
    }

    /// <summary>Skips the single whitespace character between the header and binary samples.</summary>
    /// <exception cref="ImageFormatException">There is none.</exception>
    public void SkipSeparator()
    {
        if (_rest.IsEmpty || !char.IsWhiteSpace((char)_rest[0]))
        {
            throw new ImageFormatException("PNM: the samples do not begin after the header.");
        }

        _rest = _rest[1..];
    }

    private void SkipSpace()
    {
        while (!_rest.IsEmpty && (char.IsWhiteSpace((char)_rest[0]) || _rest[0] == '#'))
        {
            int end = _rest[0] == '#' ? _rest.IndexOfAny((byte)'\n', (byte)'\r') : 0;
            _rest = end < 0 ? [] : _rest[(end + 1)..];
        }
    }
}
