namespace Atelier.Studio.Painting;

/// <summary>Relates the position of a fader, −1 to 1, to a positive value on a logarithmic scale.</summary>
/// <param name="Center">The value in the middle.</param>
/// <param name="Factor">How many times larger it is at the right end; below 1 if it falls toward the right.</param>
public sealed record FaderScale(double Center, double Factor)
{
    // Values of faders are rounded to this many digits, so that they can be read.
    private const int Digits = 3;

    /// <summary>Creates a scale around the value of a preset.</summary>
    /// <param name="value">The value of the preset.</param>
    /// <param name="otherwise">The middle if that is zero.</param>
    /// <param name="factor">How many times larger the value is at the right end.</param>
    public static FaderScale Around(double value, double otherwise, double factor)
        => new(value > 0 ? value : otherwise, factor);

    /// <summary>Returns the value at a position.</summary>
    public double ValueAt(double position)
        => Significant.Round(Center * Math.Pow(Factor, position), Digits);

    /// <summary>Returns the position of a value; beyond the ends, and for zero, that of the nearest end.</summary>
    public double PositionOf(double value)
        => value <= 0
            ? (Factor > 1 ? -1 : 1)
            : Math.Clamp(Math.Log(value / Center) / Math.Log(Factor), -1, 1);
}
