namespace Atelier.Engine.Cpu;

/// <summary>Bits about a map in the processor's memory. One 16-bit word holds a bit of sixteen neighboring channels; a
/// second word follows where there are two.</summary>
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

    /// <summary>The processor's form of bits.</summary>
    /// <exception cref="ArgumentException">Another engine made them.</exception>
    internal static CpuBitMap From(FeatureBits bits) => bits as CpuBitMap ?? throw ForeignHandle.Error(bits);

    public override void Dispose() => _memory.Dispose();

    private static int WordsOfRow(Shape shape, int bitsPerValue)
        => shape.Width * (CpuFeatureMap.Padded(shape.Channels) / 16) * bitsPerValue;
}
