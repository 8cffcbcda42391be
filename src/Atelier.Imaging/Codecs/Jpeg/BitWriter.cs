namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Writes bits, most significant first, with a zero byte stuffed after each byte of ones.</summary>
internal sealed class BitWriter(Stream output)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;
    private ulong _window;
    private int _count;

    /// <summary>Writes the lowest 0–32 bits of a value, whose other bits must be zero.</summary>
    internal void Write(uint bits, int count)
    {
        _window = (_window << count) | bits;
        _count += count;
        while (_count >= 8)
        {
            _count -= 8;
            WriteByte((byte)(_window >> _count));
        }
    }

    /// <summary>Pads the last byte with ones and flushes everything.</summary>
    internal void Finish()
    {
        int free = -_count & 7;
        Write((1u << free) - 1, free);
        Flush();
    }

    private void WriteByte(byte value)
    {
        if (_length + 2 > _buffer.Length)
        {
            Flush();
        }

        _buffer[_length++] = value;
        if (value == JpegMarkers.Prefix)
        {
            _buffer[_length++] = 0;
        }
    }

    private void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }
}
