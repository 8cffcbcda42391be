using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A feature map in a device's memory: channels innermost, with a border of one pixel on each side. It may
/// have memory for only a window of its rows.</summary>
/// <param name="shape">Shape of the whole map.</param>
/// <param name="windowRows">Rows in memory, without the border.</param>
/// <param name="memory">The memory, which begins with the map.</param>
/// <param name="ownsMemory">Whether the map frees it.</param>
internal sealed class OpenClFeatureMap(Shape shape, int windowRows, DeviceBuffer memory, bool ownsMemory)
    : FeatureMap(shape)
{
    internal DeviceBuffer Memory => memory;

    /// <summary>The first row in memory.</summary>
    internal int WindowStart { get; private set; }

    /// <summary>The map as kernels describe it.</summary>
    internal Int4 Geometry => new(Shape.Height, Shape.Width, Shape.Channels, WindowStart);

    /// <summary>Bytes from one row to the next.</summary>
    internal long RowBytes => (Shape.Width + 2L) * Shape.Channels * sizeof(float);

    internal static long BytesFor(Shape shape, int windowRows)
        => (windowRows + 2L) * (shape.Width + 2L) * shape.Channels * sizeof(float);

    /// <summary>The byte at which a row begins, with its border.</summary>
    internal long OffsetOf(int row) => (row + 1L - WindowStart) * RowBytes;

    /// <summary>Some rows, with the border above the first and below the last of the map.</summary>
    internal Rows WithBorder(Rows rows)
        => new(rows.First == 0 ? -1 : rows.First, rows.End == Shape.Height ? rows.End + 1 : rows.End);

    /// <summary>Moves the window; the rows that are kept are moved with it.</summary>
    internal void Slide(Rows kept, DeviceQueue queue)
    {
        if (windowRows == Shape.Height || kept.First == WindowStart)
        {
            return;
        }

        long from = OffsetOf(kept.First), bytes = kept.Count * RowBytes;
        WindowStart = kept.First;
        if (bytes > 0)
        {
            // A copy must not overlap itself.
            DeviceBuffer rows = queue.Scratch("slide", bytes);
            queue.Copy(memory, from, rows, 0, bytes);
            queue.Copy(rows, 0, memory, OffsetOf(kept.First), bytes);
        }
    }

    public override void Dispose()
    {
        if (ownsMemory)
        {
            memory.Dispose();
        }
    }
}
