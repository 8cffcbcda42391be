using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A feature map as a job sees it: addresses only, so that a job can be handed to other
/// threads as it is.</summary>
internal readonly unsafe struct MapView(float* origin, Shape shape, int pixelStride)
{
    private readonly float* _origin = origin;

    internal MapView(FeatureMap map) : this(map.Origin, map.Shape, map.PixelStride) { }

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
            new Span<float>(Row(row) - PixelStride, PixelStride).Clear();
            new Span<float>(Row(row) + ((nint)Width * PixelStride), PixelStride).Clear();
        }

        if (rows.First == 0)
        {
            new Span<float>(Row(-1) - PixelStride, (int)RowStride).Clear();
        }

        if (rows.End == Height)
        {
            new Span<float>(Row(Height) - PixelStride, (int)RowStride).Clear();
        }
    }
}

/// <summary>A bit map as a job sees it; without one, every row is null.</summary>
internal readonly unsafe struct SignView(BitMap? bits)
{
    private readonly ushort* _origin = bits is null ? null : bits.Row(0);
    private readonly nint _rowWords = bits?.RowWords ?? 0;

    internal ushort* Row(int row) => _origin + (row * _rowWords);
}
