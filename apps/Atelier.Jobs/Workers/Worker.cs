using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Telemetry;
using Atelier.Workshop.Paintings;
using Quartz;

namespace Atelier.Jobs.Workers;

/// <summary>Runs the jobs of a queue. Quartz decides which worker runs which job, and lets another go on where one is
/// lost; the <see cref="ClaimTable"/> sees to it that only one of them stores a result.</summary>
public sealed class Worker : IAsyncDisposable
{
    private const string JobGroup = "jobs", LockName = "worker.lock";

    private static readonly TimeSpan BeatPause = TimeSpan.FromSeconds(1);

    // A scheduler that stops waits for its jobs, which store a checkpoint first.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8), GoodbyeTime = TimeSpan.FromSeconds(1);

    // How often a worker looks whether it is its turn to tidy up.
    private static readonly TimeSpan TidyPause = TimeSpan.FromMinutes(5);

    private readonly JobQueue _queue;
    private readonly WorkerOptions _options;
    private readonly FileStream? _lock;
    private readonly ScratchFolder _scratch;
    private readonly Retention _retention;
    private readonly FeedTable _feed;
    private readonly WorkerTable _workers;
    private readonly CancellationTokenSource _draining = new();
    private readonly NewsFollower _news;
    private IScheduler? _scheduler;
    private Task _feeding = Task.CompletedTask, _beating = Task.CompletedTask, _tidying = Task.CompletedTask;
    private TimeSpan _lastProcessorTime;
    private long _lastTidying, _lastBeat = Stopwatch.GetTimestamp();
    private int _running;
    private volatile bool _hasLeft;

    private Worker(JobQueue queue, WorkerOptions options, FileStream? held)
    {
        (_queue, _options, _lock) = (queue, options, held);
        (_feed, _workers) = (new FeedTable(queue.Database), new WorkerTable(queue.Database));
        (_scratch, _retention) = (new ScratchFolder(options.ScratchFolder), new Retention(queue, options.Retention));
        Memory = new MemoryBudget(options.Memory);
        Claims = new ClaimTable(queue.Database, queue.Table);

        // A busy worker leaves what is new to the others, and looks when one of its jobs ends.
        _news = queue.News.Follow(news => news.Kind == JobNewsKind.Queued && Running < options.Slots);
        Name = $"{Environment.MachineName}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-" +
            Guid.NewGuid().ToString("N")[..6];
    }

    /// <summary>Its name, which no other worker has.</summary>
    public string Name { get; }

    /// <summary>How many jobs it runs now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>How long ago its last sign of life was: more than a few seconds means that the database does not
    /// answer.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Volatile.Read(ref _lastBeat));

    internal ClaimTable Claims { get; }

    internal JobQueue Queue => _queue;

    internal WorkerOptions Options => _options;

    internal MemoryBudget Memory { get; }

    /// <summary>The folder for the files of its jobs.</summary>
    internal string Scratch => _scratch.Path;

    /// <summary>Ends the running jobs, which can go on from where they are.</summary>
    internal CancellationToken Draining => _draining.Token;

    /// <summary>Starts a worker.</summary>
    /// <param name="queue">The queue; the worker does not close it.</param>
    /// <param name="options">How it works.</param>
    /// <param name="cancel">Ends starting.</param>
    /// <exception cref="CodedException">The queue is a folder and has a worker already
    /// (<c>worker.second</c>).</exception>
    public static async Task<Worker> StartAsync(JobQueue queue, WorkerOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(options);
        Worker worker = new(queue, options, Hold(queue.Address));
        try
        {
            worker._scheduler = await QueueScheduler.CreateAsync(worker, cancel);
            await worker.BeatAsync(cancel);
            await worker._scheduler.Start(cancel);
            worker._beating = Task.Run(worker.KeepBeatingAsync, CancellationToken.None);
            worker._feeding = Task.Run(worker.FeedAsync, CancellationToken.None);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends: running jobs are stored as far as they are, and given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _draining.CancelAsync();
        _news.Dispose();
        await _feeding;
        await _beating;
        await _tidying;
        if (_scheduler is not null)
        {
            using CancellationTokenSource patience = new(DrainTime);
            try
            {
                await _scheduler.Shutdown(waitForJobsToComplete: true, patience.Token);
            }
            catch (OperationCanceledException)
            {
                // The process ends them.
            }

            if (Running > 0)
            {
                _options.Report("some jobs did not end in time; they go on from their last checkpoints.");
                _hasLeft = true;
            }

            using CancellationTokenSource goodbye = new(GoodbyeTime);
            await TryAsync(() => _workers.RemoveAsync(Name, goodbye.Token));
        }

        _scratch.Dispose();
        _lock?.Dispose();
        _draining.Dispose();
    }

    /// <summary>Runs a job that the scheduler has given to this worker.</summary>
    internal async Task RunAsync(string id)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await new JobRun(this, id).RunAsync();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _news.Wake();
        }
    }

    /// <summary>Tells what has become of a job.</summary>
    internal Task FollowAsync(string id, Action<Job> record) => TryAsync(async () =>
    {
        Job job = await _queue.FindAsync(id, CancellationToken.None);
        record(job);
        _options.Follow?.Invoke(job);
    });

    /// <summary>Tells of an error outside of jobs. When the worker has left, the queue is closed to jobs that still
    /// run.</summary>
    internal void Report(Exception error)
    {
        if (!_hasLeft)
        {
            _options.Report(error is OperationCanceledException
                ? $"the queue {_queue.Address} does not answer."
                : (QueueFault.Of(_queue.Address, error) ?? error).Message);
        }
    }

    private static FileStream? Hold(QueueAddress address)
    {
        if (address.Folder is not string folder)
        {
            return null;
        }

        string path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw CodedException.Failed("worker.second", $"the queue in '{folder}' has a worker already.",
                "add jobs to it, or use a queue in PostgreSQL, for which many may work");
        }
    }

    /// <summary>Hands jobs to the scheduler until the worker ends.</summary>
    private async Task FeedAsync()
    {
        while (!_draining.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                // One at least, so that the next job is at hand when one ends.
                int most = Math.Max(1, _options.Slots - Running);
                foreach (FedJob job in await _feed.TakeAsync(await SlotsAsync(), most, _draining.Token))
                    await ScheduleAsync(job);
            });
            await TryAsync(() => _news.WaitAsync(_options.LookInterval, _draining.Token));
        }
    }

    /// <summary>Gives signs of life, and tidies up, until the worker ends.</summary>
    private async Task KeepBeatingAsync()
    {
        while (!_draining.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                if (Silence >= _options.BeatInterval)
                {
                    long last = _lastBeat;
                    await BeatAsync(_draining.Token);
                    JobTelemetry.Lag(
                        Stopwatch.GetElapsedTime(last, _lastBeat) - _options.BeatInterval - BeatPause);
                    JobTelemetry.Open = JobTelemetry.IsLengthWatched
                        ? await _queue.Table.CountOpenAsync(_draining.Token) : [];
                }

                StartTidying();
            });
            await TryAsync(() => Task.Delay(BeatPause, _draining.Token));
        }
    }

    /// <summary>Tidies up beside the work, so that jobs need not wait for it.</summary>
    private void StartTidying()
    {
        if (_tidying.IsCompleted && Stopwatch.GetElapsedTime(_lastTidying) > TidyPause)
        {
            _lastTidying = Stopwatch.GetTimestamp();
            _tidying = TryAsync(() => _retention.RunIfDueAsync(_draining.Token));
        }
    }

    private async Task ScheduleAsync(FedJob job)
    {
        // A job that was handed over before, and not begun, has the same key.
        JobKey key = new($"{job.Id}.{job.Fence.ToString(CultureInfo.InvariantCulture)}", JobGroup);
        IJobDetail detail = JobBuilder.Create<ScheduledJob>().WithIdentity(key).RequestRecovery()
            .UsingJobData(ScheduledJob.IdKey, job.Id).Build();
        ITrigger trigger = TriggerBuilder.Create().WithIdentity(key.Name, JobGroup).ForJob(key)
            .WithPriority(job.Priority).StartNow().Build();
        try
        {
            await _scheduler!.ScheduleJob(detail, trigger, cancellationToken: _draining.Token);
        }
        catch (ObjectAlreadyExistsException)
        {
            // The scheduler has it, and may have given it up after faults of the database.
            await _scheduler!.ResetTriggerFromErrorState(trigger.Key, _draining.Token);
        }
    }

    private async Task<int> SlotsAsync()
        => !_queue.Address.IsShared ? _options.Slots : (await _workers.ListAsync(_draining.Token))
            .Where(worker => worker.IsAlive).Sum(worker => worker.Slots);

    private async Task BeatAsync(CancellationToken cancel)
    {
        TimeSpan processorTime = Environment.CpuUsage.TotalTime;
        double use = (processorTime - _lastProcessorTime) / Silence / Environment.ProcessorCount;
        await _workers.BeatAsync(
            Name, Environment.MachineName, _options.Slots, Running, Math.Clamp(use, 0, 1), Environment.WorkingSet,
                cancel);
        _lastProcessorTime = processorTime;
        Volatile.Write(ref _lastBeat, Stopwatch.GetTimestamp());
    }

    /// <summary>Does what may fail while the database cannot be reached; it is done again a moment later.</summary>
    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
        catch (Exception error) when (error is DbException or SchedulerException or TimeoutException or IOException)
        {
            Report(error);
        }
    }
}
