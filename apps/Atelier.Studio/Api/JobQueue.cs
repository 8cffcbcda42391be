using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Api;

/// <summary>The jobs, which are painted one after another, whenever the painting room is free. They are in memory: a
/// studio that ends forgets them, but not their results.</summary>
/// <param name="room">Where they are painted.</param>
internal sealed class JobQueue(PaintingRoom room) : IDisposable
{
    // Jobs that are over are remembered until there are too many.
    private const int MaxOver = 1000;

    private static readonly RequestLimit Limit = new(100, "jobs", "job.queue");

    // The room may be in use by a page, which does not know of jobs.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _added = new(0);
    private readonly List<Job> _jobs = [];
    private Task? _painter;

    /// <summary>All jobs, oldest first.</summary>
    internal IReadOnlyList<Job> Jobs
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs];
            }
        }
    }

    /// <summary>Returns a job.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    internal Job Find(string id) => Jobs.FirstOrDefault(job => job.Id == id)
        ?? throw ApiProblem.NotFound("There is no such job.", "list the jobs, or post another");

    /// <summary>Adds a job.</summary>
    /// <exception cref="ApiException">Too many jobs wait.</exception>
    internal Job Add(PaintingChoice choice)
    {
        Job job = new(choice);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            RequirePlace();
            _jobs.Add(job);
            if (_jobs.Count(each => each.IsOver) > MaxOver)
            {
                _jobs.Remove(_jobs.First(each => each.IsOver));
            }

            _painter ??= Task.Run(Paint);
        }

        _added.Release();
        return job;
    }

    /// <summary>Checks that another job may wait.</summary>
    /// <exception cref="ApiException">Too many jobs wait.</exception>
    internal void RequirePlace() => Limit.Require(Jobs.Count(each => each.State == JobState.Waiting));

    /// <summary>Finds a file under its new name from now on.</summary>
    internal void Rename(StoredPicture before, StoredPicture after)
    {
        foreach (Job job in Jobs.Where(job => !job.IsOver))
            job.Rename(before, after);
    }

    /// <summary>Ends all jobs.</summary>
    public void Dispose()
    {
        _end.Cancel();
        foreach (Job job in Jobs)
            job.Cancel();
    }

    private async Task Paint()
    {
        while (!_end.IsCancellationRequested)
        {
            if (Jobs.FirstOrDefault(job => job.State == JobState.Waiting) is not Job next)
            {
                await Wait(Timeout.InfiniteTimeSpan);
            }
            else if (next.TryBegin(room) is LivePainting painting)
            {
                await next.Follow(painting);
            }
            else
            {
                await Wait(Pace);
            }
        }
    }

    /// <summary>Waits for a job, a while at most.</summary>
    private async Task Wait(TimeSpan time)
    {
        try
        {
            await _added.WaitAsync(time, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // The studio ends.
        }
    }
}
