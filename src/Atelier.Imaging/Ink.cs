namespace Atelier.Imaging;

/// <summary>A color to draw with.</summary>
/// <param name="Red">Encoded (sRGB) red in [0, 1].</param>
/// <param name="Green">Green in [0, 1].</param>
/// <param name="Blue">Blue in [0, 1].</param>
public readonly record struct Ink(float Red, float Green, float Blue)
{
    /// <summary>Black.</summary>
    public static Ink Black => new(0, 0, 0);

    /// <summary>White.</summary>
    public static Ink White => new(1, 1, 1);

    /// <summary>A gray.</summary>
    /// <param name="level">The level in [0, 1], 0 for black.</param>
    public static Ink Gray(float level) => new(level, level, level);

    /// <summary>Mixes two colors.</summary>
    /// <param name="from">The color at share 0.</param>
    /// <param name="to">The color at share 1.</param>
    /// <param name="share">Fraction of the second color, in [0, 1].</param>
    public static Ink Mix(Ink from, Ink to, float share) => new(
        from.Red + (share * (to.Red - from.Red)),
        from.Green + (share * (to.Green - from.Green)),
        from.Blue + (share * (to.Blue - from.Blue)));
}
