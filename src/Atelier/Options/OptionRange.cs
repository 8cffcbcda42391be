using System.Globalization;

namespace Atelier.Options;

/// <summary>The range of an option's numbers.</summary>
/// <param name="Min">The lower bound.</param>
/// <param name="Max">The upper bound; infinity means no bound. Infinity itself is never in the range.</param>
/// <param name="Unit">The unit of the numbers, such as <c>pixels</c>; empty for none.</param>
public sealed record OptionRange(double Min, double Max, string Unit = "")
{
    private const double Large = 1e9;

    /// <summary>Whether <see cref="Min"/> itself is excluded.</summary>
    public bool ExcludesMin { get; init; }

    /// <summary>Whether <see cref="Max"/> itself is excluded.</summary>
    public bool ExcludesMax { get; init; }

    /// <summary>Whether a number is in the range.</summary>
    public bool Contains(double value)
        => double.IsFinite(value)
            && (ExcludesMin ? value > Min : value >= Min)
            && (ExcludesMax ? value < Max : value <= Max);

    /// <summary>Returns the range in words: <c>16 to 65535 pixels</c>, <c>a number above 0, up to 1</c>.</summary>
    public override string ToString()
    {
        string words = (ExcludesMin, ExcludesMax, HasMax: double.IsFinite(Max)) switch
        {
            (false, false, true) => $"{Text(Min)} to {Text(Max)}",
            (false, true, true) => $"{Text(Min)} or more, below {Text(Max)}",
            (false, _, false) => $"at least {Text(Min)}",
            (true, false, true) => $"a number above {Text(Min)}, up to {Text(Max)}",
            (true, true, true) => $"a number above {Text(Min)}, below {Text(Max)}",
            (true, _, false) => $"a number above {Text(Min)}",
        };
        return Unit.Length == 0 ? words : $"{words} {Unit}";
    }

    private static string Text(double value)
        => value.ToString(Math.Abs(value) > Large ? "0e+0" : "R", CultureInfo.InvariantCulture);
}
