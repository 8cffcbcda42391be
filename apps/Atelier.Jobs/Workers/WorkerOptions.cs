using Atelier.Engine;
using Atelier.Workshop;

namespace Atelier.Jobs.Workers;

/// <summary>How a worker works.</summary>
public sealed record WorkerOptions
{
    private const double ShareOfMemory = 0.8;

    // A worker that was replaced stops within five seconds.
    private static readonly TimeSpan LongestBeat = TimeSpan.FromSeconds(2);

    /// <summary>The default options.</summary>
    public static WorkerOptions Default { get; } = new();

    /// <summary>How many jobs it runs at once; they share the threads. At least 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>How often a job may be begun until it counts as the reason for lost workers.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Where the folder for the files of running jobs is created.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    /// <summary>How long jobs that are over are kept, with their results.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The engine of each painting.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The memory that the jobs share, in bytes: one that needs more than is free waits.</summary>
    public long Memory { get; init; } = (long)(ShareOfMemory * Workshop.Machine.AvailableMemory);

    /// <summary>Called between iterations, by the thread that paints; returns when the job may go on, or is
    /// canceled.</summary>
    public Action<CancellationToken> WaitForTurn { get; init; } = _ => { };

    /// <summary>The services of the program that runs it.</summary>
    public WorkshopContext Context { get; init; } = new();

    /// <summary>How often a worker tells the others that it works. Running jobs save a checkpoint about as
    /// often.</summary>
    public TimeSpan CheckInInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How often it looks for jobs without news of any.</summary>
    internal TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a running job learns whether it is still wanted.</summary>
    internal TimeSpan BeatInterval => TimeSpan.FromTicks(Math.Min(LongestBeat.Ticks, CheckInInterval.Ticks));

    /// <summary>How much later than expected a worker may do so until the others take its jobs over. The clocks of the
    /// machines may differ by as much.</summary>
    internal TimeSpan CheckInThreshold => 2 * CheckInInterval;

    /// <summary>Receives each job when the worker has begun it, and again when it has left it; also several at a
    /// time.</summary>
    public Action<Job>? Follow { get; init; }

    /// <summary>Receives what goes wrong outside of jobs, such as a database that does not answer.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>Called at the steps of each job, so that tests can end the process there.</summary>
    internal Func<JobStep, Task> Passing { get; init; } = _ => Task.CompletedTask;
}

/// <summary>Steps between which a worker may be killed.</summary>
internal enum JobStep
{
    /// <summary>The result is in the blob store.</summary>
    Stored,

    /// <summary>The job is done, but the scheduler does not know it yet.</summary>
    Completed,
}
