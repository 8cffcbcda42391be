namespace Atelier.Tensors;

/// <summary>A feature map in the memory of the engine that made it: float32, channels innermost (NHWC), channels padded
/// to a multiple of sixteen (a picture's three to four), with a border of one zero pixel on each side, so that a 3×3
/// convolution needs no special case at the edges.</summary>
/// <remarks>Padding channels and the border are zero always: whatever writes a map writes its border too.
/// Whoever asked the engine for it disposes it.</remarks>
public sealed unsafe class FeatureMap : IDisposable
{
    private readonly MemoryBlock _memory;
    private readonly bool _ownsMemory;

    internal FeatureMap(Shape shape, int pixelStride)
        : this(shape, pixelStride, new MemoryBlock(BytesFor(shape, pixelStride)))
        => _ownsMemory = true;

    /// <summary>A map in memory that somebody else owns and may use for other maps in turn.</summary>
    internal FeatureMap(Shape shape, int pixelStride, MemoryBlock memory)
    {
        if (memory.Bytes < BytesFor(shape, pixelStride))
        {
            throw new ArgumentException($"A map of {shape} does not fit {memory.Bytes} bytes.", nameof(memory));
        }

        (Shape, PixelStride, _memory) = (shape, pixelStride, memory);
    }

    /// <summary>Rows, columns and channels.</summary>
    public Shape Shape { get; }

    /// <summary>Floats from one pixel to the next: the padded channels.</summary>
    internal int PixelStride { get; }

    /// <summary>Floats from one row to the next.</summary>
    internal nint RowStride => (nint)(Shape.Width + 2) * PixelStride;

    /// <summary>The pixel at row 0, column 0, inside the border.</summary>
    internal float* Origin => (float*)_memory.Address + RowStride + PixelStride;

    /// <summary>Storage of a channel count: the next multiple of sixteen.</summary>
    internal static int Padded(int channels) => (channels + 15) / 16 * 16;

    internal static long BytesFor(Shape shape, int pixelStride)
        => (shape.Height + 2L) * (shape.Width + 2L) * pixelStride * sizeof(float);

    /// <summary>Frees the memory, if it is the map's own.</summary>
    public void Dispose()
    {
        if (_ownsMemory)
        {
            _memory.Dispose();
        }
    }
}
