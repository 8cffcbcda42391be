namespace Atelier.Imaging.Codecs.Gif;

/// <summary>Compresses the pixels of one frame: LZW with codes of up to 12 bits, least significant bit first.</summary>
/// <param name="file">The file to write to.</param>
/// <param name="colorBits">Bits per color, 2–8.</param>
internal sealed class GifLzwWriter(Stream file, int colorBits)
{
    private const int MaxCodes = 4096, TableSize = 1 << 14;

    /// <summary>Maps a string and an appended color to a code: a hash table with open addressing.</summary>
    private readonly int[] _keys = new int[TableSize];
    private readonly ushort[] _codes = new ushort[TableSize];
    private readonly byte[] _block = new byte[255];
    private int _blockLength;
    private uint _bits;
    private int _bitCount;

    /// <summary>Compresses all pixels.</summary>
    /// <param name="pixels">The pixels, at least one.</param>
    public void Write(ReadOnlySpan<byte> pixels)
    {
        int clear = 1 << colorBits, end = clear + 1, next = end + 1, length = colorBits + 1;
        file.WriteByte((byte)colorBits);
        Array.Fill(_keys, -1);
        Put(clear, length);
        int code = pixels[0];
        foreach (byte color in pixels[1..])
        {
            int key = (code << 8) | color, slot = SlotOf(key);
            if (_keys[slot] == key)
            {
                code = _codes[slot];
                continue;
            }

            Put(code, length);
            code = color;
            if (next == MaxCodes)
            {
                Put(clear, length);
                Array.Fill(_keys, -1);
                (next, length) = (end + 1, colorBits + 1);
                continue;
            }

            (_keys[slot], _codes[slot]) = (key, (ushort)next);
            // A reader defines each code one step later, so its codes also become longer one step later.
            if (next++ == 1 << length) length++;
        }

        Put(code, length);
        if (next == 1 << length && length < 12) length++;
        Put(end, length);
        Flush();
    }

    private int SlotOf(int key)
    {
        int slot = (int)((uint)key * 2654435769u >> 18);
        while (_keys[slot] != key && _keys[slot] >= 0) slot = (slot + 1) & (TableSize - 1);
        return slot;
    }

    private void Put(int code, int length)
    {
        _bits |= (uint)code << _bitCount;
        _bitCount += length;
        for (; _bitCount >= 8; _bitCount -= 8, _bits >>= 8) PutByte((byte)_bits);
    }

    private void PutByte(byte value)
    {
        _block[_blockLength++] = value;
        if (_blockLength == _block.Length) PutBlock();
    }

    private void PutBlock()
    {
        if (_blockLength == 0)
        {
            return;
        }

        file.WriteByte((byte)_blockLength);
        file.Write(_block, 0, _blockLength);
        _blockLength = 0;
    }

    private void Flush()
    {
        if (_bitCount > 0) PutByte((byte)_bits);
        PutBlock();
        file.WriteByte(0);
    }
}
