using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atelier.Jobs.Telemetry;

/// <summary>What a queue tells of itself through the standard abstractions of .NET: it costs next to nothing until
/// something listens, such as OpenTelemetry.</summary>
public static class JobTelemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Atelier.Jobs";

    private const string Kind = "atelier.job.kind", State = "atelier.job.state";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "atelier.job.wait", "s", "Time from adding a job to beginning it");

    private static readonly Histogram<double> Runs = Meter.CreateHistogram<double>(
        "atelier.job.run", "s", "Time of an attempt, from beginning a job to its end");

    private static readonly Histogram<double> Paints = Meter.CreateHistogram<double>(
        "atelier.job.paint", "s/Mpx", "Time to paint a megapixel of a result");

    private static readonly Histogram<int> Attempts = Meter.CreateHistogram<int>(
        "atelier.job.attempts", "{attempt}", "Number of the attempt with which a job ended");

    private static readonly Histogram<double> Lags = Meter.CreateHistogram<double>(
        "atelier.worker.lag", "s", "How much later than planned a worker gave a sign of life");

    /// <summary>The traces: one for each attempt at a job.</summary>
    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>Watches a queue: its length by state is read whenever somebody collects the metrics.</summary>
    /// <param name="counts">Returns the number of open jobs by state.</param>
    internal static ObservableGauge<long> WatchLength(Func<IEnumerable<(JobState State, long Count)>> counts)
        => Meter.CreateObservableGauge("atelier.queue.length", () => counts().Select(
            each => new Measurement<long>(each.Count, Tag(State, each.State.ToString()))),
            "{job}", "Number of open jobs");

    /// <summary>Records that a job was begun.</summary>
    internal static void Begin(JobKind kind, TimeSpan wait) => Waits.Record(wait.TotalSeconds, Tag(Kind, kind.ToString()));

    /// <summary>Records that an attempt ended.</summary>
    /// <param name="kind">What the job makes.</param>
    /// <param name="state">What has become of it.</param>
    /// <param name="attempt">The number of the attempt.</param>
    /// <param name="time">How long it took.</param>
    internal static void End(JobKind kind, JobState state, int attempt, TimeSpan time)
    {
        Runs.Record(time.TotalSeconds, Tag(Kind, kind.ToString()), Tag(State, state.ToString()));
        if (state is JobState.Done or JobState.Failed)
        {
            Attempts.Record(attempt, Tag(Kind, kind.ToString()));
        }
    }

    /// <summary>Records how long a picture took to paint, from its beginning to its end in one attempt.</summary>
    internal static void Paint(TimeSpan time, double megapixels) => Paints.Record(time.TotalSeconds / megapixels);

    /// <summary>Records how late a sign of life was.</summary>
    internal static void Lag(TimeSpan late) => Lags.Record(Math.Max(0, late.TotalSeconds));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
