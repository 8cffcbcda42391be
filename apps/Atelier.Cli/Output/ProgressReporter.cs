using System.Globalization;

namespace Atelier.Cli.Output;

/// <summary>Reports the progress of a run on standard error: a single updating line on a terminal, otherwise one line
/// per scale. Dispose it before writing anything else.</summary>
internal sealed class ProgressReporter(Host host) : IProgress<StylizeProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly long _start = host.Clock.GetTimestamp();
    private readonly LiveLine _line = new(host);
    private (double Fraction, TimeSpan Elapsed)? _begin;
    private TimeSpan _shown = -Interval;

    public void Report(StylizeProgress value)
    {
        host.WouldSave = true;
        TimeSpan elapsed = host.Clock.GetElapsedTime(_start);
        bool scaleEnds = value.Iteration == value.IterationCount;

        // Work done before a run was resumed does not count toward the elapsed time.
        _begin ??= value.RunIteration == 1 ? (0, TimeSpan.Zero) : (value.Fraction, elapsed);
        if (scaleEnds || (host.IsLive && elapsed - _shown >= Interval))
        {
            _shown = elapsed;
            _line.Show(Line(value, elapsed));
        }
    }

    public void Dispose() => _line.Dispose();

    private string Line(StylizeProgress value, TimeSpan elapsed)
    {
        (double begin, TimeSpan beginTime) = _begin!.Value;
        string left = value.Fraction > begin && value.Fraction < 1
            ? $", {LiveLine.Clock((elapsed - beginTime) * ((1 - value.Fraction) / (value.Fraction - begin)))} left"
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"scale {value.Scale}/{value.ScaleCount}  {value.Width} x {value.Height}  " +
            $"iteration {value.Iteration}/{value.IterationCount}  loss {value.Loss:G5}  " +
            $"{LiveLine.Clock(elapsed)}{left}");
    }
}
