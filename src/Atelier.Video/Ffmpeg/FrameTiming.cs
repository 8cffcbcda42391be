using System.Globalization;

namespace Atelier.Video.Ffmpeg;

/// <summary>The timing of a video's frames: on the grid of a constant rate, if all timestamps lie on one within the
/// rounding of the container's ticks (Matroska only has milliseconds), otherwise at the container's own timestamps.
/// </summary>
/// <param name="Ticks">Length of a tick of the container in seconds.</param>
/// <param name="Grid">The rate of the grid; null for the container's own timestamps.</param>
/// <param name="FrameRate">Frames per second; the mean if it varies.</param>
/// <param name="IsVariable">Whether the frame rate varies.</param>
/// <param name="FrameCount">Number of frames in the selected part.</param>
/// <param name="Length">Time from the first frame to the end of the last, in ticks of <see cref="TimeBase"/>.</param>
/// <param name="LastDuration">Duration of the last frame, in the same ticks.</param>
internal sealed record FrameTiming(
    Rational Ticks, Rational? Grid, Rational FrameRate, bool IsVariable, int FrameCount, long Length,
    long LastDuration)
{
    private static readonly Rational[] UsualRates =
    [
        new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(50, 1), new(60000, 1001),
        new(60, 1), new(15, 1), new(12, 1), new(10, 1), new(100, 1), new(120000, 1001), new(120, 1),
    ];

    /// <summary>When each frame of the selected part begins, in seconds from the start of the file.</summary>
    public IReadOnlyList<double> Starts { get; init; } = [];

    /// <summary>Length of a tick of the frames' timestamps, in seconds.</summary>
    public Rational TimeBase => Grid?.Inverse ?? Ticks;

    /// <summary>Returns arguments that make ffprobe list the timestamps of the packets without decoding them.</summary>
    public static string[] Arguments(string path, int stream) =>
    [
        "-v", "level+error", "-select_streams", $"{stream}", "-show_entries", "packet=pts,dts,duration,flags",
        "-of", "compact=p=0", .. InputArguments.For(path),
    ];

    /// <summary>Determines the timing from ffprobe's output.</summary>
    /// <param name="probe">The video.</param>
    /// <param name="packets">One line per packet, such as <c>pts=512|dts=0|duration=512|flags=K_</c>.</param>
    /// <param name="start">Start of the selected part, in seconds from the start of the file.</param>
    /// <param name="end">End of the selected part, in seconds.</param>
    public static FrameTiming Create(VideoProbe probe, string packets, double start, double end)
    {
        List<Packet> all = [.. packets.Split('\n').Select(Packet.Parse).OfType<Packet>()];
        Rational stated = probe.FrameRates.Count > 0 ? probe.FrameRates[0] : new Rational(25, 1);
        double tick = probe.TimeBase.Value, half = tick / 2;
        if (all.Any(packet => packet.Time is null))
        {
            double rate = stated.Value;
            double last = Math.Min(all.Count / rate, end);
            int count = (int)Math.Max(0, Math.Ceiling((last - start) * rate - 1e-6));
            // Old containers only number their packets.
            return new FrameTiming(probe.TimeBase, stated, stated, false, count, count, 1)
            {
                Starts = [.. Enumerable.Range(0, count).Select(i => start + (i / rate))],
            };
        }

        Packet[] part =
        [
            .. all.Where(packet => (packet.Time!.Value * tick) - probe.FileStart is double time
                && time >= start - half && time < end - half).OrderBy(packet => packet.Time),
        ];
        long[] times = [.. part.Select(packet => packet.Time!.Value)];
        double[] starts = [.. times.Select(time => (time * tick) - probe.FileStart)];
        foreach (Rational rate in (IEnumerable<Rational>)[.. probe.FrameRates.Take(1), .. UsualRates])
        {
            if (OnGrid(times, probe.TimeBase, rate) is FrameTiming steady)
            {
                return steady with { Starts = starts };
            }
        }

        long span = times.Length < 2 ? 0 : times[^1] - times[0];
        Rational mean = span <= 0 ? stated
            : Rational.TryParse(((times.Length - 1) / (span * tick)).ToString("0.######", CultureInfo.InvariantCulture),
                out Rational found) ? found : stated;
        long lastDuration = part.Length > 0 && part[^1].Duration > 0 ? part[^1].Duration
            : Math.Max(1, times.Length < 2 ? (long)(1 / (stated.Value * tick)) : times[^1] - times[^2]);
        return new FrameTiming(probe.TimeBase, null, mean, true, times.Length, span + lastDuration, lastDuration)
        {
            Starts = starts,
        };
    }

    /// <summary>Returns the timestamp of a frame, in ticks of <see cref="TimeBase"/>.</summary>
    /// <param name="sinceFirst">Ticks of the container since the first frame.</param>
    public long TimeOf(long sinceFirst) => Grid is Rational rate ? Nearest(sinceFirst, Ticks, rate) : sinceFirst;

    private static FrameTiming? OnGrid(long[] times, Rational ticks, Rational rate)
    {
        long step = 0;
        long[] places = [.. times.Select(time => Nearest(time - times[0], ticks, rate))];
        for (int i = 1; i < times.Length; i++)
        {
            double error = (times[i] - times[0]) - (places[i] / (rate.Value * ticks.Value));
            if (Math.Abs(error) > 1.001 || places[i] <= places[i - 1])
            {
                return null;
            }

            step = Gcd(step, places[i] - places[i - 1]);
        }

        step = Math.Max(step, 1);
        Rational grid = Rational.TryParse($"{rate.Numerator}/{rate.Denominator * step}", out Rational lowest)
            ? lowest : rate;
        long span = times.Length < 2 ? 0 : places[^1] / step;
        bool isVariable = span != Math.Max(0, times.Length - 1);
        Rational mean = !isVariable ? grid
            : new Rational(grid.Numerator * (times.Length - 1), grid.Denominator * span);
        return new FrameTiming(ticks, grid, mean, isVariable, times.Length, span + 1, 1);
    }

    private static long Nearest(long time, Rational ticks, Rational rate)
        => (long)Int128.Max(0, ((2 * (Int128)time * ticks.Numerator * rate.Numerator)
            + ((Int128)ticks.Denominator * rate.Denominator))
            / (2 * (Int128)ticks.Denominator * rate.Denominator));

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    private sealed record Packet(long? Time, long Duration)
    {
        public static Packet? Parse(string line)
        {
            Dictionary<string, string> fields = line.Trim().Split('|').Select(field => field.Split('=', 2))
                .Where(pair => pair.Length == 2).DistinctBy(pair => pair[0])
                .ToDictionary(pair => pair[0], pair => pair[1]);
            if (!fields.TryGetValue("flags", out string? flags) || flags.Contains('D'))
            {
                // Decoded for later frames, but not shown.
                return null;
            }

            long? Field(string name) => fields.TryGetValue(name, out string? text)
                && long.TryParse(text, CultureInfo.InvariantCulture, out long value) ? value : null;
            return new Packet(Field("pts"), Field("duration") ?? 0);
        }
    }
}
