namespace Atelier.Engine.Cpu;

/// <summary>A feature map in CPU memory: float32, channels innermost (NHWC), with the channels padded to a multiple of
/// sixteen (a picture's three to four) and a border of one pixel on each side, so that a 3×3 convolution needs no
/// special cases at the edges.</summary>
/// <remarks>Padding channels and the border are always zero: every operation that writes rows of a map also writes
/// their border. Only a picture and its gradient may have a nonzero border, the padding of the first convolution. A map
/// may have memory for only a window of its rows, which moves down as the picture is processed.</remarks>
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

    /// <summary>The address at which the pixel at row 0, column 0, inside the border, is or would be.</summary>
    internal float* Origin
        => (float*)((byte*)_memory.Address + _offset) + ((1 - WindowStart) * RowStride) + PixelStride;

    /// <summary>Returns the padded number of channels: the next multiple of sixteen.</summary>
    internal static int Padded(int channels) => (channels + 15) / 16 * 16;

    internal static long BytesFor(Shape shape, int pixelStride, int windowRows)
        => (windowRows + 2L) * (shape.Width + 2L) * pixelStride * sizeof(float);

    /// <summary>Casts a map to that of the CPU engine.</summary>
    /// <exception cref="ArgumentException">Another engine created it.</exception>
    internal static CpuFeatureMap From(FeatureMap map) => map as CpuFeatureMap ?? throw ForeignHandle.Error(map);

    /// <summary>Moves the window; the rows that are kept are moved with it.</summary>
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
