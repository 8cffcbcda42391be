using Atelier.Jobs.Blobs;

namespace Atelier.Jobs;

/// <summary>Something that has just happened to a job. It is a hint to look: what is true is in the queue, and news may
/// be late, doubled or lost.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Job">The identifier of the job.</param>
public sealed record JobNews(JobNewsKind Kind, string Job)
{
    /// <summary>The new preview of <see cref="JobNewsKind.Previewed"/>.</summary>
    public BlobKey? Preview { get; init; }

    /// <summary>What a state of a job means to those who follow it.</summary>
    internal static JobNews Of(string job, string state)
        => new(state == nameof(JobState.Queued) ? JobNewsKind.Queued : JobNewsKind.Changed, job);

    /// <summary>Writes it as PostgreSQL carries it, such as <c>Previewed 3k9x0w2m1p job.3k9x0w2m1p/5e88…</c>.</summary>
    internal string ToPayload() => Preview is null ? $"{Kind} {Job}" : $"{Kind} {Job} {Preview}";

    /// <summary>Reads what <see cref="ToPayload"/> has written; null if it is something else, which anybody may
    /// send.</summary>
    internal static JobNews? TryParse(string payload)
        => payload.Split(' ') is [string name, { Length: > 0 } job, .. string[] rest]
            && Enum.TryParse(name, out JobNewsKind kind) && Enum.IsDefined(kind) && rest.Length <= 1
            ? new JobNews(kind, job) { Preview = BlobKey.TryParse(rest.FirstOrDefault()) }
            : null;
}

/// <summary>What <see cref="JobNews"/> tell.</summary>
public enum JobNewsKind
{
    /// <summary>It waits for a worker: it has been added, or is to go on.</summary>
    Queued,

    /// <summary>It is in another state.</summary>
    Changed,

    /// <summary>It is painted, and may be farther than before.</summary>
    Progressed,

    /// <summary>It has a new preview.</summary>
    Previewed,
}
