using System.Globalization;
using System.Numerics;

namespace Atelier.Video;

/// <summary>An exact fraction, such as 30000/1001 frames per second.</summary>
/// <param name="Numerator">0 or more.</param>
/// <param name="Denominator">1 or more.</param>
public readonly record struct Rational(long Numerator, long Denominator)
{
    // Common decimal notations of NTSC frame rates, and their exact values.
    private static readonly Dictionary<string, Rational> Television = new()
    {
        ["23.976"] = new(24000, 1001),
        ["23.98"] = new(24000, 1001),
        ["29.97"] = new(30000, 1001),
        ["59.94"] = new(60000, 1001),
        ["119.88"] = new(120000, 1001),
    };

    /// <summary>The nearest floating-point number.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>The reciprocal of the fraction.</summary>
    /// <exception cref="DivideByZeroException">The fraction is 0.</exception>
    public Rational Inverse => Numerator == 0 ? throw new DivideByZeroException() : new(Denominator, Numerator);

    /// <summary>Parses <c>25</c>, <c>30000/1001</c> or <c>12.5</c>. Decimal approximations of NTSC rates, such as
    /// <c>29.97</c>, are parsed as the exact rates.</summary>
    /// <param name="text">A positive number.</param>
    /// <param name="value">The fraction in lowest terms.</param>
    /// <returns>Whether the text could be parsed.</returns>
    public static bool TryParse(string text, out Rational value)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Television.TryGetValue(text, out value))
        {
            return true;
        }

        string[] parts = text.Split('/');
        if (parts.Length > 2 || !TryDecimal(parts[0], out value))
        {
            return false;
        }

        if (parts.Length == 1)
        {
            return true;
        }

        bool isFraction = TryDecimal(parts[1], out Rational divisor);
        value = isFraction
            ? Lowest(value.Numerator * divisor.Denominator, value.Denominator * divisor.Numerator)
            : default;
        return isFraction;
    }

    /// <summary>Formats the fraction, as in <c>30000/1001</c>.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";

    /// <summary>Returns the fraction in lowest terms.</summary>
    /// <param name="numerator">0 or more.</param>
    /// <param name="denominator">1 or more.</param>
    internal static Rational Lowest(Int128 numerator, Int128 denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new Rational((long)(numerator / (Int128)divisor), (long)(denominator / (Int128)divisor));
    }

    private static bool TryDecimal(string text, out Rational value)
    {
        // With at most nine digits before the decimal point and six after it, products fit in 64 bits.
        const long Millionth = 1_000_000;
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out decimal number) && number is > 0.0000005m and < 1e9m;
        value = isNumber ? Lowest((long)decimal.Round(number * Millionth), Millionth) : default;
        return isNumber;
    }
}
