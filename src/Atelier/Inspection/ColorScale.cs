using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>Which color a number has, by its square root: a few entries of a Gram matrix are so large that nothing else
/// would be seen beside them. Negative numbers have the root of their size, with their sign.</summary>
internal sealed class ColorScale
{
    private const int BarWidth = 16, Ticks = 4;
    private readonly ColorMap _map;
    private readonly double _lowest;
    private readonly double _highest;

    private ColorScale(ColorMap map, double lowest, double highest)
        => (_map, _lowest, _highest) = (map, lowest, highest);

    /// <summary>From 0 to the largest number.</summary>
    internal static ColorScale Rising(double largest) => new(ColorMap.Rising, 0, Root(largest));

    /// <summary>As far below 0, which is white, as above.</summary>
    internal static ColorScale Around0(double largest) => new(ColorMap.Diverging, -Root(largest), Root(largest));

    internal Ink At(double value)
        => _map.At(_highest > _lowest ? (Root(value) - _lowest) / (_highest - _lowest) : 0.5);

    /// <summary>Draws the scale as a column with numbers to its right.</summary>
    internal void DrawBar(Canvas canvas, int left, int top, int height)
    {
        for (int y = 0; y < height; y++)
            canvas.Fill(left, top + y, BarWidth, 1, _map.At(1 - (y / (height - 1.0))));
        for (int tick = 0; tick <= Ticks; tick++)
        {
            double root = _lowest + ((_highest - _lowest) * tick / Ticks);
            int y = top + height - 1 - ((height - 1) * tick / Ticks);
            canvas.Fill(left + BarWidth, y, 5, 1, Figure.Print);
            canvas.DrawText(
                (Math.Sign(root) * root * root).ToString("G2", CultureInfo.InvariantCulture),
                left + BarWidth + 9, y - 6, Figure.Print);
        }
    }

    private static double Root(double value) => Math.Sign(value) * Math.Sqrt(Math.Abs(value));
}
