using System.Globalization;

namespace Atelier.Options;

/// <summary>Parses and formats the numbers of options, independently of the machine's language settings.</summary>
public static class OptionText
{
    private static readonly (string Unit, double Factor)[] Units =
        [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("", 1)];

    /// <summary>Parses a whole number.</summary>
    /// <exception cref="FormatException">The text is not a whole number, or the number is too large.</exception>
    public static int ParseWhole(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"'{text}' is not a whole number in range; write one like 512.");

    /// <summary>Parses a finite number.</summary>
    /// <exception cref="FormatException">The text is not a finite number.</exception>
    public static double ParseNumber(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is not a number; write one like 0.5.");

    /// <summary>Parses a number of bytes, such as <c>4GB</c>, <c>1.5GB</c> or <c>700MB</c>.</summary>
    /// <exception cref="FormatException">The text is not a number of bytes.</exception>
    public static long ParseBytes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            return bytes;
        }

        (string unit, double factor) =
            Units.First(each => text.EndsWith(each.Unit, StringComparison.OrdinalIgnoreCase));
        return double.TryParse(
            text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * factor < long.MaxValue
            ? (long)(number * factor)
            : throw new FormatException($"'{text}' is not an amount of memory; write one like 4GB or 700MB.");
    }

    /// <summary>Formats a number so that it parses back to the same value.</summary>
    internal static string Of<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
