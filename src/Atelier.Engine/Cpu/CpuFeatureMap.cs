namespace Atelier.Engine.Cpu;

/// <summary>A feature map in the processor's memory: float32, channels innermost (NHWC), channels padded to a multiple
/// of sixteen (a picture's three to four), with a border of one pixel on each side, so that a 3×3 convolution needs no
/// special case at the edges.</summary>
/// <remarks>Padding channels and the border are zero always: whatever writes rows of a map writes their border too.
/// Only a picture and its gradient may have a border that shows what the first convolution sees there. A map may have
/// memory for a window of its rows only, which moves down as a picture is worked through.</remarks>
internal sealed unsafe class CpuFeatureMap : FeatureMap
{
    private readonly MemoryBlock _memory;
    private readonly bool _ownsMemory;
    private readonly long _offset;

    internal CpuFeatureMap(Shape shape, int pixelStride)
        : this(shape, pixelStride, shape.Height, new MemoryBlock(BytesFor(shape, pixelStride, shape.Height)), 0)
        => _ownsMemory = true;

    /// <summary>Creates a map in part of a memory block that another object owns and may reuse for other
    /// maps.</summary>
    internal CpuFeatureMap(Shape shape, int pixelStride, int windowRows, MemoryBlock memory, long offset)
        : base(shape)
    {
        if (memory.Bytes < offset + BytesFor(shape, pixelStride, windowRows))
        {
            throw new ArgumentException($"A map of {shape} does not fit into {memory.Bytes} bytes.", nameof(memory));
        }

        (PixelStride, WindowRows, _memory, _offset) = (pixelStride, windowRows, memory, offset);
    }

    /// <summary>Floats from one pixel to the next: the padded channels.</summary>
    internal int PixelStride { get; }

    /// <summary>Number of rows in memory, not counting the border.</summary>
    internal int WindowRows { get; }

    /// <summary>The first row in memory.</summary>
    internal int WindowStart { get; private set; }

    /// <summary>Floats from one row to the next.</summary>
    internal nint RowStride => (nint)(Shape.Width + 2) * PixelStride;

    /// <summary>Where the pixel at row 0, column 0, inside the border, is or would be.</summary>
    internal float* Origin
        => (float*)((byte*)_memory.Address + _offset) + ((1 - WindowStart) * RowStride) + PixelStride;

    /// <summary>Storage of a channel count: the next multiple of sixteen.</summary>
    internal static int Padded(int channels) => (channels + 15) / 16 * 16;

    internal static long BytesFor(Shape shape, int pixelStride, int windowRows)
        => (windowRows + 2L) * (shape.Width + 2L) * pixelStride * sizeof(float);

    /// <summary>The processor's form of a map.</summary>
    /// <exception cref="ArgumentException">Another engine made it.</exception>
    internal static CpuFeatureMap From(FeatureMap map) => map as CpuFeatureMap ?? throw ForeignHandle.Error(map);

    /// <summary>Moves the window; the rows that are kept go along.</summary>
    internal void Slide(Rows kept)
    {
        long bytes = kept.Count * RowStride * sizeof(float);
        float* source = Origin + (kept.First * RowStride) - PixelStride;
        WindowStart = kept.First;
        Buffer.MemoryCopy(source, Origin + (kept.First * RowStride) - PixelStride, bytes, bytes);
    }

    public override void Dispose()
    {
        if (_ownsMemory)
        {
            _memory.Dispose();
        }
    }
}
