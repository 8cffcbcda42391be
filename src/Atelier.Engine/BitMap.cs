namespace Atelier.Engine;

/// <summary>What the backward pass remembers of a map: one or two bits for each value (the sign at a ReLU, the place of
/// the maximum at a pool). One 16-bit word holds a bit of sixteen neighboring channels; a second word follows where
/// there are two.</summary>
public sealed unsafe class BitMap : IDisposable
{
    private readonly MemoryBlock _memory;

    internal BitMap(Shape shape, int bitsPerValue)
    {
        (Shape, BitsPerValue) = (shape, bitsPerValue);
        _memory = new MemoryBlock(BytesFor(shape, bitsPerValue));
    }

    /// <summary>Rows, columns and channels of the map that the bits are about.</summary>
    public Shape Shape { get; }

    /// <summary>One or two.</summary>
    public int BitsPerValue { get; }

    /// <summary>Words from one row to the next.</summary>
    internal int RowWords => WordsOfRow(Shape, BitsPerValue);

    internal static long BytesFor(Shape shape, int bitsPerValue)
        => shape.Height * (long)WordsOfRow(shape, bitsPerValue) * sizeof(ushort);

    internal ushort* Row(int row) => (ushort*)_memory.Address + row * (nint)RowWords;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();

    private static int WordsOfRow(Shape shape, int bitsPerValue)
        => shape.Width * (FeatureMap.Padded(shape.Channels) / 16) * bitsPerValue;
}
