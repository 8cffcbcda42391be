namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>A component to be written: the quantized coefficients of all its blocks.</summary>
/// <param name="id">Identifier in the file.</param>
/// <param name="factor">Sampling factor in both directions.</param>
/// <param name="tables">Index of its quantization and Huffman tables.</param>
/// <param name="quantization">64 quantization steps in natural order.</param>
/// <param name="mcuColumns">Number of MCUs in a row.</param>
/// <param name="mcuRows">Number of rows of MCUs.</param>
internal sealed class QuantizedComponent(
    byte id, int factor, int tables, byte[] quantization, int mcuColumns, int mcuRows)
{
    private readonly float[] _steps = [.. quantization.Select(step => (float)step)];

    private readonly short[] _coefficients =
        new short[checked(mcuColumns * factor * mcuRows * factor * Block.Area)];

    internal byte Id => id;

    internal int Factor => factor;

    internal int Tables => tables;

    private int Columns => mcuColumns * factor;

    /// <summary>The 64 coefficients of a block, in zigzag order.</summary>
    internal Span<short> BlockAt(int row, int column)
        => _coefficients.AsSpan(((row * Columns) + column) * Block.Area, Block.Area);

    /// <summary>Transforms the blocks of a row of MCUs.</summary>
    /// <param name="mcuRow">Index of the row.</param>
    /// <param name="samples">Its samples, centered on 0, in rows of whole MCUs.</param>
    internal void Transform(int mcuRow, ReadOnlySpan<float> samples)
    {
        int stride = Columns * Block.Size;
        for (int i = 0; i < factor * Columns; i++)
        {
            (int row, int column) = Math.DivRem(i, Columns);
            ForwardDct.Transform(
                samples[(((row * stride) + column) * Block.Size)..], stride, _steps,
                BlockAt((mcuRow * factor) + row, column));
        }
    }
}
