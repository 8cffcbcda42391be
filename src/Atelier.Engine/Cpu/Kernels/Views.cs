namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A feature map as a job sees it: addresses only, so that a job can be handed to other
/// threads as it is.</summary>
internal readonly unsafe struct MapView(float* origin, Shape shape, int pixelStride)
{
    private readonly float* _origin = origin;

    /// <exception cref="ArgumentException">Another engine made the map.</exception>
    internal MapView(FeatureMap map) : this(CpuFeatureMap.From(map)) { }

    internal MapView(CpuFeatureMap map) : this(map.Origin, map.Shape, map.PixelStride) { }

    internal int Height { get; } = shape.Height;

    internal int Width { get; } = shape.Width;

    internal int PixelStride { get; } = pixelStride;

    internal nint RowStride { get; } = (nint)(shape.Width + 2) * pixelStride;

    internal float* Row(int row) => _origin + (row * RowStride);

    /// <summary>Zeroes the border beside rows, and above the first and below the last row of the map.</summary>
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

    /// <summary>Lets the border beside a row, and above the first and below the last row of the map, show the pixels
    /// next to it.</summary>
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

    /// <summary>The channels of a pixel, which may be one of the border.</summary>
    internal Span<float> Pixel(int row, int column) => new(Row(row) + ((nint)column * PixelStride), PixelStride);

    internal Span<float> RowWithBorder(int row) => new(Row(row) - PixelStride, (int)RowStride);
}

/// <summary>A bit map as a job sees it; without one, every row is null.</summary>
internal readonly unsafe struct SignView(CpuBitMap? bits)
{
    private readonly ushort* _origin = bits is null ? null : bits.Row(0);
    private readonly nint _rowWords = bits?.RowWords ?? 0;

    /// <exception cref="ArgumentException">Another engine made the bits.</exception>
    internal SignView(FeatureBits? bits) : this(bits is null ? null : CpuBitMap.From(bits)) { }

    internal ushort* Row(int row) => _origin + (row * _rowWords);
}
