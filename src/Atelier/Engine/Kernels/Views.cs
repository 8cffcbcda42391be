using Atelier.Tensors;

namespace Atelier.Engine.Kernels;

/// <summary>A feature map as a job sees it: addresses only, so that a job can be handed to other
/// threads as it is.</summary>
internal readonly unsafe struct MapView(FeatureMap map)
{
    private readonly float* _origin = map.Origin;

    internal int Height { get; } = map.Shape.Height;

    internal int Width { get; } = map.Shape.Width;

    internal int PixelStride { get; } = map.PixelStride;

    internal nint RowStride { get; } = map.RowStride;

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
