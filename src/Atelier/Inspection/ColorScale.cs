using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>Maps numbers to colors by their square roots, because a few entries of a Gram matrix are so large that they
/// would hide all others. Negative numbers use the signed square root of their magnitude.</summary>
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

    /// <summary>Symmetric around 0, which is white.</summary>
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
