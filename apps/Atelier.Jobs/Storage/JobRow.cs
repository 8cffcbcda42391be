using System.Text.Json;
using Atelier.Jobs.Blobs;
using Atelier.Workshop;

namespace Atelier.Jobs.Storage;

/// <summary>A row of the jobs, as the database holds it.</summary>
internal sealed class JobRow
{
    /// <summary>The columns of <see cref="Job"/>, without the specification, which is long.</summary>
    internal const string Columns =
        $"id, kind, name, owner, batch, priority, state, attempts, {Progressed}, activity, worker, created, started, " +
        "ended, preview, output, failure, kept";

    // While a job waits for its parts, it is as far as they are.
    private const string Progressed =
        """
        coalesce(case when state in ('Queued', 'Paused') then
          (select avg(part.progress) from atelier_jobs as part where part.part_of = atelier_jobs.id) end, progress)
          as progress
        """;

    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Owner { get; init; } = "";

    public string? Batch { get; init; }

    public int Priority { get; init; }

    public string State { get; init; } = "";

    public int Attempts { get; init; }

    public double Progress { get; init; }

    public string? Activity { get; init; }

    public string? Worker { get; init; }

    public long Created { get; init; }

    public long? Started { get; init; }

    public long? Ended { get; init; }

    public string? Preview { get; init; }

    public string? Output { get; init; }

    public string? Failure { get; init; }

    public string? Kept { get; init; }

    internal Job ToJob() => new()
    {
        Id = Id,
        Kind = Enum.TryParse(Kind, out JobKind kind) && Enum.IsDefined(kind) ? kind : JobKind.Unknown,
        Name = Name,
        Owner = Owner,
        Group = Batch,
        Priority = Priority,
        State = Enum.Parse<JobState>(State),
        Attempts = Attempts,
        Progress = Progress,
        Activity = Activity,
        Worker = Worker,
        Created = DateTimeOffset.FromUnixTimeMilliseconds(Created),
        Started = TimeOf(Started),
        Ended = TimeOf(Ended),
        Preview = BlobKey.TryParse(Preview),
        Output = BlobKey.TryParse(Output),
        Failure = ReadFailure(),
        KeptAs = string.IsNullOrEmpty(Kept) ? null : Kept,
    };

    private Failure? ReadFailure()
    {
        try
        {
            return Failure is null ? null : JsonSerializer.Deserialize<Failure>(Failure);
        }
        catch (JsonException)
        {
            return new Failure(ErrorKind.Failed, "failed", "its failure cannot be read.");
        }
    }

    private static DateTimeOffset? TimeOf(long? milliseconds)
        => milliseconds is long time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
