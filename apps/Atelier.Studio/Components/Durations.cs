using Atelier.Studio.Texts;

namespace Atelier.Studio.Components;

/// <summary>Durations as texts: as exact as they are worth.</summary>
internal static class Durations
{
    private const int Minute = 60, Hour = 3600;

    /// <summary>A time that is left: "12 s left", "3:05 min left", "2 h 10 min left".</summary>
    public static string Left(double seconds)
    {
        int whole = (int)Math.Ceiling(seconds);
        return whole < Minute ? Words.Format(Words.SecondsLeft, whole)
            : whole < Hour ? Words.Format(Words.MinutesLeft, whole / Minute, whole % Minute)
            : Words.Format(Words.HoursLeft, whole / Hour, whole % Hour / Minute);
    }

    /// <summary>A predicted time.</summary>
    public static string About(double seconds) => seconds < 1.5 * Minute
        ? Words.Format(Words.PlanSeconds, (int)Math.Ceiling(seconds))
        : seconds < 1.5 * Hour ? Words.Format(Words.PlanMinutes, (int)Math.Ceiling(seconds / Minute))
        : Words.Format(Words.PlanHours, (int)(seconds / Hour), (int)(seconds % Hour / Minute));
}
