namespace Atelier.Weights;

/// <summary>The bytes that a text in UTF-8 stands for if each character is one of them (Latin-1), as pickles of
/// protocol 2 store bytes. They are decoded on demand; reading backward restarts from the beginning.</summary>
internal sealed class Latin1Bytes : ByteSource
{
    private readonly ByteSource _text;
    private readonly long _begin, _end;
    private ByteCursor _cursor;
    private long _position;

    /// <exception cref="WeightFormatException">The text is not UTF-8, or contains a character beyond
    /// Latin-1.</exception>
    internal Latin1Bytes(ByteSource text, long begin, long length)
    {
        (_text, _begin, _end) = (text, begin, begin + length);
        for (_cursor = Begin(); _cursor.Left > 0; Length++)
            Next();
        _cursor = Begin();
    }

    internal override long Length { get; }

    protected override void ReadInside(long offset, Span<byte> bytes)
    {
        if (offset < _position)
        {
            _cursor = Begin();
            _position = 0;
        }

        for (; _position < offset; _position++)
            Next();
        foreach (ref byte value in bytes)
            value = Next();
        _position += bytes.Length;
    }

    private ByteCursor Begin() => new(_text, _begin, _end);

    private byte Next()
    {
        const byte Beyond = 0xC0, Continued = 0x80;
        byte first = _cursor.ReadByte();
        if (first < Continued)
        {
            return first;
        }

        byte second = _cursor.ReadByte();
        return (first is 0xC2 or 0xC3) && (second & Beyond) == Continued
            ? (byte)((first << 6) | (second & 0x3F))
            : throw new WeightFormatException("pickle: bytes are stored as a text with other characters.");
    }
}
