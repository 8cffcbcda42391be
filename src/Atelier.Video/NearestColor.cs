namespace Atelier.Video;

/// <summary>Finds the perceptually nearest color in a palette. Colors that agree in their upper six bits share one
/// cached answer.</summary>
internal sealed class NearestColor
{
    private const int Side = 64;

    /// <summary>The center of every cell in Oklab.</summary>
    private static readonly Lazy<Swatch[]> Cells = new(() =>
    [
        .. Swatch.InOklab([.. Enumerable.Range(0, Side * Side * Side).Select(cell =>
            (float[])[Middle(cell / (Side * Side)), Middle(cell / Side % Side), Middle(cell % Side)])]),
    ]);

    private readonly float[][] _places;
    private readonly short[] _found = new short[Side * Side * Side];

    /// <summary>Creates an empty cache for a palette.</summary>
    /// <param name="colors">Red, green and blue of each color.</param>
    internal NearestColor(byte[] colors)
    {
        Swatch[] palette = [.. Swatch.InOklab([.. colors.Select(level => (float)level).Chunk(3)])];
        _places = [.. Enumerable.Range(0, 3).Select(axis => palette.Select(color => color.Lab[axis]).ToArray())];
        Array.Fill(_found, (short)-1);
    }

    /// <summary>Returns the index of the nearest color.</summary>
    internal byte IndexOf(byte red, byte green, byte blue)
    {
        int cell = (red >> 2 << 12) | (green >> 2 << 6) | (blue >> 2);
        if (_found[cell] < 0)
        {
            _found[cell] = (short)Find(_places, Cells.Value[cell].Lab).Index;
        }

        return (byte)_found[cell];
    }

    /// <summary>Returns the index of the nearest of several points, and its squared distance.</summary>
    /// <param name="places">The three coordinates of all points, axis by axis.</param>
    /// <param name="point">The three coordinates of the point to compare with.</param>
    internal static (int Index, float Distance) Find(float[][] places, float[] point)
    {
        ReadOnlySpan<float> a = places[0], b = places[1].AsSpan(0, a.Length), c = places[2].AsSpan(0, a.Length);
        (float l, float u, float v) = (point[0], point[1], point[2]);
        int index = 0;
        float least = float.PositiveInfinity;
        for (int i = 0; i < a.Length; i++)
        {
            (float x, float y, float z) = (a[i] - l, b[i] - u, c[i] - v);
            float distance = (x * x) + (y * y) + (z * z);
            if (distance < least) (index, least) = (i, distance);
        }

        return (index, least);
    }

    private static float Middle(int step) => (step * 4) + 1.5f;
}
