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

    private static readonly ObservableGauge<long> Length = Meter.CreateObservableGauge(
        "atelier.queue.length", MeasureLength, "{job}", "Number of open jobs");

    /// <summary>The traces: one for each attempt at a job.</summary>
    internal static ActivitySource Source { get; } = new(Name);

    /// <summary>The number of open jobs by state, when a worker last counted them.</summary>
    internal static IReadOnlyList<(JobState State, long Count)> Open { get; set; } = [];

    /// <summary>Whether somebody wants to know <see cref="Open"/>.</summary>
    internal static bool IsLengthWatched => Length.Enabled;

    /// <summary>Records that an attempt at a job began, or what has become of it.</summary>
    internal static void Follow(Job job)
    {
        KeyValuePair<string, object?> kind = Tag(Kind, job.Kind.ToString());
        if (job is { State: JobState.Running, Started: DateTimeOffset begun })
        {
            Waits.Record((begun - job.Created).TotalSeconds, kind);
        }
        else if (job is { Started: DateTimeOffset started, Ended: DateTimeOffset ended })
        {
            Runs.Record((ended - started).TotalSeconds, kind, Tag(State, job.State.ToString()));
            Attempts.Record(job.Attempts, kind);
        }
    }

    /// <summary>Records how long a picture took to paint, from its beginning to its end in one attempt.</summary>
    internal static void Paint(TimeSpan time, double megapixels) => Paints.Record(time.TotalSeconds / megapixels);

    /// <summary>Records how late a sign of life was.</summary>
    internal static void Lag(TimeSpan late) => Lags.Record(Math.Max(0, late.TotalSeconds));

    private static IEnumerable<Measurement<long>> MeasureLength()
        => Open.Select(each => new Measurement<long>(each.Count, Tag(State, each.State.ToString())));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
