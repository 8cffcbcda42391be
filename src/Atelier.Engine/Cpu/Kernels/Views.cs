namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A feature map as used by jobs: only addresses, so that a job can be passed to other threads by
/// value.</summary>
internal readonly unsafe struct MapView(float* origin, Shape shape, int pixelStride)
{
    private readonly float* _origin = origin;

    /// <exception cref="ArgumentException">Another engine created the map.</exception>
    internal MapView(FeatureMap map) : this(CpuFeatureMap.From(map)) { }

    internal MapView(CpuFeatureMap map) : this(map.Origin, map.Shape, map.PixelStride) { }

    internal int Height { get; } = shape.Height;

    internal int Width { get; } = shape.Width;

    internal int PixelStride { get; } = pixelStride;

    internal nint RowStride { get; } = (nint)(shape.Width + 2) * pixelStride;

    internal float* Row(int row) => _origin + (row * RowStride);

    /// <summary>Sets to zero the border at both ends of rows, and above the first and below the last row of the
    /// map.</summary>
    internal void ClearBorder(Rows rows)
    {
        for (int row = rows.First; row < rows.End; row++)
        {
            Pixel(row, -1).Clear();
            Pixel(row, Width).Clear();
        }

        if (rows.First == 0)
        {
            RowWithBorder(-1).Clear();
        }

        if (rows.End == Height)
        {
            RowWithBorder(Height).Clear();
        }
    }

    /// <summary>Fills the border at both ends of a row, and above the first and below the last row of the map, with
    /// copies of the adjacent pixels.</summary>
    internal void ReplicateBorder(int row)
    {
        Pixel(row, 0).CopyTo(Pixel(row, -1));
        Pixel(row, Width - 1).CopyTo(Pixel(row, Width));
        if (row == 0)
        {
            RowWithBorder(0).CopyTo(RowWithBorder(-1));
        }

        if (row == Height - 1)
        {
            RowWithBorder(row).CopyTo(RowWithBorder(Height));
        }
    }

    /// <summary>Returns the channels of a pixel, which may be part of the border.</summary>
    internal Span<float> Pixel(int row, int column) => new(Row(row) + ((nint)column * PixelStride), PixelStride);

    internal Span<float> RowWithBorder(int row) => new(Row(row) - PixelStride, (int)RowStride);
}

/// <summary>A bit map as used by jobs; if there is none, every row is null.</summary>
internal readonly unsafe struct SignView(CpuBitMap? bits)
{
    private readonly ushort* _origin = bits is null ? null : bits.Row(0);
    private readonly nint _rowWords = bits?.RowWords ?? 0;

    /// <exception cref="ArgumentException">Another engine created the bits.</exception>
    internal SignView(FeatureBits? bits) : this(bits is null ? null : CpuBitMap.From(bits)) { }

    internal ushort* Row(int row) => _origin + (row * _rowWords);
}
