using System.Globalization;
using Atelier.Studio.Texts;

namespace Atelier.Studio.Components;

/// <summary>Times as texts of pages, as exact as they are worth.</summary>
internal static class TimeText
{
    private const int Minute = 60, Hour = 3600;

    /// <summary>A moment, in minutes, seconds and hundredths.</summary>
    public static string Clock(double seconds)
        => string.Create(CultureInfo.CurrentCulture, $"{(int)(seconds / Minute)}:{seconds % Minute:00.00}");

    /// <summary>A time that is left: "12 s left", "3:05 min left", "2 h 10 min left".</summary>
    public static string Left(double seconds)
    {
        int whole = (int)Math.Ceiling(seconds);
        return whole < Minute ? Words.Format(Words.SecondsLeft, whole)
            : whole < Hour ? Words.Format(Words.MinutesLeft, whole / Minute, whole % Minute)
            : Words.Format(Words.HoursLeft, whole / Hour, whole % Hour / Minute);
    }

    /// <summary>A predicted time: "80 s", "12 min", "2 h 10 min".</summary>
    public static string About(double seconds) => seconds < 1.5 * Minute
        ? Words.Format(Words.PlanSeconds, (int)Math.Ceiling(seconds))
        : seconds < 1.5 * Hour ? Words.Format(Words.PlanMinutes, (int)Math.Ceiling(seconds / Minute))
        : Words.Format(Words.PlanHours, (int)(seconds / Hour), (int)(seconds % Hour / Minute));
}
