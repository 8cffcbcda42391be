namespace Atelier.Video;

/// <summary>A fraction that stays exact, as 30000/1001 frames in a second.</summary>
/// <param name="Numerator">0 or more.</param>
/// <param name="Denominator">1 or more.</param>
public readonly record struct Rational(long Numerator, long Denominator)
{
    /// <summary>The nearest floating-point number.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>The fraction, as <c>30000/1001</c>.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
