using System.Globalization;
using System.Text.RegularExpressions;

namespace Atelier.Video.Ffmpeg;

/// <summary>Parses the output of ffmpeg's showinfo filter for each frame.</summary>
internal static partial class ShowInfo
{
    /// <summary>Whether a line describes a frame.</summary>
    public static bool IsFrame(string line) => Frame().IsMatch(line);

    /// <summary>Returns the timestamp of a frame in ticks; null if the line contains none.</summary>
    public static long? TimeOf(string line) => Frame().Match(line) is { Success: true } match
        && long.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out long time) ? time : null;

    /// <summary>Returns the length of a tick in seconds; null if the line contains none.</summary>
    public static Rational? TimeBaseOf(string line) => Config().Match(line) is { Success: true } match
        && Rational.TryParse(match.Groups[1].Value, out Rational value) ? value : null;

    [GeneratedRegex(@"showinfo.*\] n: *\d+ pts: *(-?\d+|NOPTS) ")]
    private static partial Regex Frame();

    [GeneratedRegex(@"showinfo.*\] config in time_base: (\d+/\d+)")]
    private static partial Regex Config();
}
