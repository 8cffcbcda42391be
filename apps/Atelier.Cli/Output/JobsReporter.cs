using System.Globalization;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Output;

/// <summary>Reports the progress of many paintings on standard error: a line for each that ended, and on a terminal a
/// single updating line for the others. Dispose it before writing anything else.</summary>
internal sealed class JobsReporter(Host host) : IProgress<JobsProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly long _start = host.Clock.GetTimestamp();
    private readonly LiveLine _line = new(host);
    private TimeSpan _shown = -Interval;

    public void Report(JobsProgress value)
    {
        TimeSpan elapsed = host.Clock.GetElapsedTime(_start);
        if (value.Ended is JobOutcome ended)
        {
            _line.Dispose();
            host.Error.WriteLine($"{value.Finished}/{value.Count}  {value.Label}  {Ending(ended)}");
        }
        else if (host.IsLive && elapsed - _shown >= Interval)
        {
            _shown = elapsed;
            string left = value.Fraction is > 0 and < 1
                ? $", {LiveLine.Clock(elapsed * ((1 - value.Fraction) / value.Fraction))} left"
                : "";
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{value.Finished + 1}/{value.Count}  {value.Fraction:P0}  {LiveLine.Clock(elapsed)}{left}");
            _line.Show($"{line}  {value.Label}");
        }
    }

    public void Dispose() => _line.Dispose();

    private static string Ending(JobOutcome outcome) => outcome.State switch
    {
        JobState.Existing => "already exists",
        JobState.Failed => "failed",
        JobState.Interrupted => "interrupted",
        _ => FormattableString.Invariant($"{outcome.Seconds:F1} s"),
    };
}
