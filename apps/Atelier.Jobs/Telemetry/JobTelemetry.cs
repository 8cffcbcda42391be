using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Atelier.Jobs.Telemetry;

/// <summary>What a queue tells of itself through the standard abstractions of .NET: it costs next to nothing until
/// something listens, such as OpenTelemetry.</summary>
public static class JobTelemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Atelier.Jobs";

    private const string Id = "atelier.job.id", Kind = "atelier.job.kind", State = "atelier.job.state",
        Worker = "atelier.worker";

    private static readonly Meter Meter = new(Name);

    // The usual boundaries are for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000],
    };

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "atelier.job.wait", "s", "Time from adding a job to beginning it first", tags: null, Seconds);

    private static readonly Histogram<double> Runs = Meter.CreateHistogram<double>(
        "atelier.job.run", "s", "Time of an attempt, from beginning a job to its end", tags: null, Seconds);

    private static readonly Histogram<double> Paints = Meter.CreateHistogram<double>(
        "atelier.job.paint", "s/Mpx", "Time to paint a megapixel of a result", tags: null, Seconds);

    private static readonly Histogram<int> Attempts = Meter.CreateHistogram<int>(
        "atelier.job.attempts", "{attempt}", "Number of the attempt with which a job ended", tags: null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 3, 4, 5] });

    private static readonly Histogram<double> Lags = Meter.CreateHistogram<double>(
        "atelier.worker.lag", "s", "How much later than planned a worker gave a sign of life", tags: null, Seconds);

    private static readonly ObservableGauge<long> Length = Meter.CreateObservableGauge(
        "atelier.queue.length", MeasureLength, "{job}", "Number of open jobs");

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The number of open jobs by state, when a worker last counted them.</summary>
    internal static IReadOnlyList<(JobState State, long Count)> Open { get; set; } = [];

    /// <summary>Whether somebody wants to know <see cref="Open"/>.</summary>
    internal static bool IsLengthWatched => Length.Enabled;

    /// <summary>Begins the trace of an attempt at a job; null if nobody listens.</summary>
    internal static Activity? Trace(string id, string worker)
        => Source.StartActivity("job")?.SetTag(Id, id).SetTag(Worker, worker);

    /// <summary>Records that an attempt at a job began.</summary>
    /// <param name="job">The job.</param>
    /// <param name="trace">The trace of the attempt; null if nobody listens.</param>
    /// <param name="isFirst">Whether none had begun before: what follows has not waited since the job was
    /// added.</param>
    internal static void Begin(Job job, Activity? trace, bool isFirst)
    {
        trace?.SetTag(Kind, job.Kind.ToString());
        if (isFirst && job.Started is DateTimeOffset begun)
        {
            Waits.Record((begun - job.Created).TotalSeconds, KindOf(job));
        }
    }

    /// <summary>Records what has become of a job by an attempt at it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="trace">The trace of the attempt; null if nobody listens.</param>
    /// <param name="worker">Whose attempt it was: if another has the job now, nothing has become of it.</param>
    internal static void End(Job job, Activity? trace, string worker)
    {
        if (job.Worker != worker)
        {
            return;
        }

        trace?.SetTag(State, job.State.ToString());
        if (job is { Started: DateTimeOffset started, Ended: DateTimeOffset ended })
        {
            Runs.Record((ended - started).TotalSeconds, KindOf(job), Tag(State, job.State.ToString()));
            Attempts.Record(job.Attempts, KindOf(job));
        }
    }

    /// <summary>Records how long a picture took to paint, from its beginning to its end in one attempt.</summary>
    internal static void Paint(TimeSpan time, double megapixels) => Paints.Record(time.TotalSeconds / megapixels);

    /// <summary>Records how late a sign of life was.</summary>
    internal static void Lag(TimeSpan late) => Lags.Record(Math.Max(0, late.TotalSeconds));

    private static IEnumerable<Measurement<long>> MeasureLength()
        => Open.Select(each => new Measurement<long>(each.Count, Tag(State, each.State.ToString())));

    private static KeyValuePair<string, object?> KindOf(Job job) => Tag(Kind, job.Kind.ToString());

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
