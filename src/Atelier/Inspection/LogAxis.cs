using System.Collections.Immutable;
using System.Globalization;

namespace Atelier.Inspection;

/// <summary>A logarithmic axis with ticks at round numbers.</summary>
internal sealed class LogAxis
{
    // A term close to zero would compress all others.
    private const double MaxDecades = 6;

    private readonly double _lowest;
    private readonly double _highest;

    private LogAxis(double lowest, double highest) => (_lowest, _highest) = (lowest, highest);

    /// <summary>Powers of ten, plus 2 and 5 times these if there are few.</summary>
    internal ImmutableArray<double> Ticks
    {
        get
        {
            double[] steps = _highest - _lowest > 3.5 ? [1] : [1, 2, 5];
            return [.. from decade in Enumerable.Range((int)Math.Floor(_lowest), (int)(_highest - _lowest) + 2)
                       from step in steps
                       let tick = step * Math.Pow(10, decade)
                       where PlaceOf(tick) is >= 0 and <= 1
                       select tick];
        }
    }

    /// <summary>Creates an axis that covers positive numbers, with a small margin.</summary>
    internal static LogAxis Around(double least, double most)
    {
        double highest = Math.Log10(most), lowest = Math.Max(Math.Log10(least), highest - MaxDecades);
        double room = Math.Max(0.1, 0.04 * (highest - lowest));
        return new LogAxis(lowest - room, highest + room);
    }

    /// <summary>Returns the position of a number, from 0 to 1; negative for numbers below the axis.</summary>
    internal double PlaceOf(double value) => (Math.Log10(value) - _lowest) / (_highest - _lowest);

    internal static string Label(double value)
        => value.ToString(value is >= 0.001 and < 100_000 ? "0.####" : "0E+0", CultureInfo.InvariantCulture);

    /// <summary>Returns the next larger round number (1, 2 or 5 times a power of ten); at least 1.</summary>
    internal static int RoundUnit(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, least))));
        return (int)(((double[])[1, 2, 5, 10]).First(factor => factor * power >= least) * power);
    }
}
