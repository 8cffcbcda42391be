namespace Atelier.Engine.Cpu;

/// <summary>One or two bits per value of a map, in CPU memory. A 16-bit word holds one bit each of sixteen neighboring
/// channels; if there are two bits, a second word follows.</summary>
internal sealed unsafe class CpuBitMap : FeatureBits
{
    private readonly MemoryBlock _memory;

    internal CpuBitMap(Shape shape, int bitsPerValue) : base(shape, bitsPerValue)
        => _memory = new MemoryBlock(BytesFor(shape, bitsPerValue));

    /// <summary>Words from one row to the next.</summary>
    internal int RowWords => WordsOfRow(Shape, BitsPerValue);

    internal static long BytesFor(Shape shape, int bitsPerValue)
        => shape.Height * (long)WordsOfRow(shape, bitsPerValue) * sizeof(ushort);

    internal ushort* Row(int row) => (ushort*)_memory.Address + row * (nint)RowWords;

    /// <summary>Casts bits to those of the CPU engine.</summary>
    /// <exception cref="ArgumentException">Another engine created them.</exception>
    internal static CpuBitMap From(FeatureBits bits) => bits as CpuBitMap ?? throw ForeignHandle.Error(bits);

    public override void Dispose() => _memory.Dispose();

    private static int WordsOfRow(Shape shape, int bitsPerValue)
        => shape.Width * (CpuFeatureMap.Padded(shape.Channels) / 16) * bitsPerValue;
}
