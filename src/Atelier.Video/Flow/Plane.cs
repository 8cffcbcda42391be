using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Atelier.Video.Flow;

/// <summary>Rows of numbers with padding on both sides, so that whole vectors can be read and written up to
/// <see cref="Margin"/> columns before and after each row. Above the first row and below the last, these rows are
/// repeated.</summary>
internal sealed class Plane(int height, int width)
{
    /// <summary>Number of columns on each side of a row: two of the widest vectors.</summary>
    internal const int Margin = 32;

    internal int Height => height;

    internal int Width => width;

    /// <summary>Numbers from one row to the next.</summary>
    internal int Stride => width + (2 * Margin);

    internal float[] Values { get; } = new float[height * (width + (2 * Margin))];

    /// <summary>From the first number of the first row on.</summary>
    internal ReadOnlySpan<float> FromFirst => Values.AsSpan(Margin);

    /// <summary>Returns the first number of a row, or of the nearest row that exists.</summary>
    internal ref float Row(int y) => ref Values[(Math.Clamp(y, 0, height - 1) * Stride) + Margin];

    /// <summary>Returns a row without its padding.</summary>
    internal Span<float> Inside(int y) => MemoryMarshal.CreateSpan(ref Row(y), width);

    /// <summary>Fills the padding of a row with its first and last number.</summary>
    internal void ExtendRow(int y)
    {
        Span<float> inside = Inside(y), row = Values.AsSpan(y * Stride, Stride);
        row[..Margin].Fill(inside[0]);
        row[^Margin..].Fill(inside[^1]);
    }

    /// <summary>Loads numbers in row-major order.</summary>
    internal void Read(ReadOnlySpan<float> values)
    {
        for (int y = 0; y < height; y++)
        {
            values.Slice(y * width, width).CopyTo(Inside(y));
            ExtendRow(y);
        }
    }

    /// <summary>Returns the numbers in row-major order.</summary>
    internal float[] ToArray()
    {
        float[] values = new float[height * width];
        for (int y = 0; y < height; y++)
            Inside(y).CopyTo(values.AsSpan(y * width));
        return values;
    }

    /// <summary>The numbers from a column on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<float> Load(ref float row, int x) => Vector.LoadUnsafe(ref row, (nuint)x);
}
