using Atelier.Jobs;

namespace Atelier.Studio.Queue;

/// <summary>What a page shows of a queue.</summary>
/// <param name="Open">Jobs that run, that are paused, and that wait, each in the order in which they begin; the first
/// of each.</param>
/// <param name="Over">Jobs that are over, newest first: one page of them.</param>
/// <param name="Workers">The workers.</param>
public sealed record QueueView(IReadOnlyList<Job> Open, IReadOnlyList<Job> Over, IReadOnlyList<WorkerInfo> Workers)
{
    /// <summary>The number of jobs of a page, of those that are over.</summary>
    public const int PageSize = 25;

    private static readonly JobState[] OpenStates = [JobState.Running, JobState.Paused, JobState.Queued],
        OverStates = [JobState.Done, JobState.Failed, JobState.Canceled];

    /// <summary>Whether there is another page of jobs that are over.</summary>
    public bool HasMore { get; private init; }

    /// <summary>Reads a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="before">The last job of the page before; null for the first page of those that are over.</param>
    /// <param name="cancel">Ends reading.</param>
    public static async Task<QueueView> ReadAsync(JobQueue queue, Job? before, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queue);
        List<Job> open = [], over = [];
        foreach (JobState state in OpenStates)
        {
            open.AddRange(await queue.ListAsync(
                new JobFilter { State = state, IsInTurn = true, Count = JobFilter.MaxCount }, cancel));
        }

        foreach (JobState state in OverStates)
        {
            over.AddRange(await queue.ListAsync(
                new JobFilter { State = state, Before = before, Count = PageSize + 1 }, cancel));
        }

        Job[] newest =
        [
            .. over.OrderByDescending(job => job.Created).ThenByDescending(job => job.Id, StringComparer.Ordinal),
        ];
        return new QueueView(open, [.. newest.Take(PageSize)], await queue.WorkersAsync(cancel))
        {
            HasMore = newest.Length > PageSize,
        };
    }

    /// <summary>The number of open jobs in a state.</summary>
    public int CountOf(JobState state) => Open.Count(job => job.State == state);
}
