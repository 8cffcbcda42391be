using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Atelier.Jobs.Telemetry;
using Atelier.Jobs.Workers;
using Microsoft.Data.Sqlite;

namespace Atelier.Jobs.Tests;

/// <summary>What a worker tells of its jobs. The instruments are those of the whole process, so no other test runs
/// meanwhile.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests : IDisposable
{
    private readonly Postgres _postgres;
    private readonly ConcurrentQueue<Measured> _measured = [];
    private readonly ConcurrentQueue<Activity> _traces = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = source => source.Name == JobTelemetry.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public TelemetryTests(Postgres postgres)
    {
        _postgres = postgres;
        _activities.ActivityStopped = _traces.Enqueue;
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
    }

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task AJobThatIsDone_IsMeasuredAndTraced()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, _postgres);
        Job job = await queue.AddAsync();
        await using (Worker worker = await queue.StartWorkerAsync())
        {
            await queue.ResultAsync(job);
        }

        job = await queue.Queue.FindAsync(job.Id, default);
        double run = (job.Ended!.Value - job.Started!.Value).TotalSeconds;
        Measured paint = Single("atelier.job.paint"), ran = Single("atelier.job.run");
        Assert.Equal((job.Started.Value - job.Created).TotalSeconds, Single("atelier.job.wait").Value);
        Assert.Equal((run, "Picture", "Done"), (ran.Value, ran.Kind, ran.State));
        Assert.Equal((1, "Picture"), (Single("atelier.job.attempts").Value, Single("atelier.job.attempts").Kind));
        // The picture has 90 × 60 pixels; the clock of the database counts whole milliseconds.
        Assert.InRange(paint.Value * 90 * 60 / 1e6, 0.001, run + 0.01);
        Activity trace = Assert.Single(_traces);
        Assert.Equal(("job", ActivityStatusCode.Unset), (trace.OperationName, trace.Status));
        Assert.Equal(
            [job.Id, "Picture", "Done", job.Worker],
            ((string[])["atelier.job.id", "atelier.job.kind", "atelier.job.state", "atelier.worker"])
                .Select(tag => trace.GetTagItem(tag)));
    }

    [Fact]
    public async Task AJobThatFails_IsATraceThatSaysWhy()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, _postgres);
        NewJob stored = await queue.StoreAsync(4);
        NewJob bad = stored with
        {
            Specification = stored.Specification with { RecipeText = """{"options":{"network":"/etc/passwd"}}""" },
        };
        await queue.Queue.AddAsync([bad], default);
        await using (Worker worker = await queue.StartWorkerAsync())
        {
            await queue.WaitForAllAsync(1);
        }

        Activity trace = Assert.Single(_traces);
        Job failed = await queue.Queue.FindAsync(bad.Id, default);
        Assert.Equal((ActivityStatusCode.Error, failed.Failure!.Message), (trace.Status, trace.StatusDescription));
        Assert.Equal("Failed", trace.GetTagItem("atelier.job.state"));
        Assert.Equal("Failed", Single("atelier.job.run").State);
        Assert.DoesNotContain(_measured, each => each.Name == "atelier.job.paint");
    }

    [Fact]
    public async Task AJobThatIsTakenOver_IsItsSecondAttempt_AndHasWaitedBefore()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, _postgres);
        Job job = await queue.AddAsync(400);
        using (WorkerProcess first = new(queue.Address))
        {
            await queue.WaitForCheckpointAsync(job);
            first.Kill();
        }

        await using (Worker second = await queue.StartWorkerAsync())
        {
            await queue.ResultAsync(job);
        }

        Assert.Equal(2, Single("atelier.job.attempts").Value);
        Assert.DoesNotContain(_measured, each => each.Name is "atelier.job.wait" or "atelier.job.paint");
    }

    [Fact]
    public async Task Length_CountsWhatIsOpen_ByState()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, _postgres);
        Job running = await queue.AddAsync(100_000, priority: 1);
        await queue.AddAsync();
        Job paused = await queue.AddAsync();
        await queue.AddAsync();
        Assert.True(await queue.Queue.PauseAsync(paused, default));
        await using Worker worker = await queue.StartWorkerAsync();

        await UntilAsync([("Paused", 1), ("Queued", 2), ("Running", 1)]);
        Assert.True(await queue.Queue.CancelAsync(running, default));
        await UntilAsync([("Paused", 1), ("Queued", 0), ("Running", 0)]);
    }

    [Fact]
    public async Task Lag_IsTheTimeThatTheDatabaseKeptAWorkerWaiting()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, _postgres);
        await using Worker worker = await queue.StartWorkerAsync();
        while (_measured.Count(each => each.Name == "atelier.worker.lag") < 2)
            await Task.Delay(50);
        double usual = _measured.Where(each => each.Name == "atelier.worker.lag").Max(each => each.Value);
        string file = Path.Combine(queue.Queue.Address.Folder!, QueueAddress.FileName);
        await using (SqliteConnection other = new($"Data Source={file};Pooling=False"))
        {
            await other.OpenAsync();
            await using SqliteTransaction held = other.BeginTransaction(deferred: false);
            await Task.Delay(TimeSpan.FromSeconds(4));
        }

        // A beat is due after one second, and begun within another.
        while (!_measured.Any(each => each.Name == "atelier.worker.lag" && each.Value > usual + 1.5))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.All(_measured.Where(each => each.Name == "atelier.worker.lag"),
            each => Assert.InRange(each.Value, 0, 60));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        => _measured.Enqueue(new Measured(instrument.Name, value, Find(tags, "kind"), Find(tags, "state")));

    private static string? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == $"atelier.job.{name}")
            {
                return (string?)tag.Value;
            }
        }

        return null;
    }

    private Measured Single(string name) => Assert.Single(_measured, each => each.Name == name);

    /// <summary>Waits until the length of the queue is measured as expected.</summary>
    private async Task UntilAsync((string? State, double Count)[] expected)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            _measured.Clear();
            _meters.RecordObservableInstruments();
            (string? State, double Value)[] now = [.. _measured.Where(each => each.Name == "atelier.queue.length")
                .Select(each => (each.State, each.Value)).Order()];
            if (now.SequenceEqual(expected))
            {
                return;
            }

            Assert.False(patience.IsCancellationRequested, string.Join(", ", now));
            await Task.Delay(100);
        }
    }

    /// <summary>A value that an instrument recorded.</summary>
    private sealed record Measured(string Name, double Value, string? Kind, string? State);
}
