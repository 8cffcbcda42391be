using System.Text.Json;

namespace Atelier.Cli.Output;

/// <param name="Ids">The jobs, in order.</param>
/// <param name="Group">Their group; null for a single job.</param>
/// <param name="Queue">Where they wait.</param>
internal sealed record JobsAddDocument(IReadOnlyList<string> Ids, string? Group, string Queue) : Document(true);

internal sealed record JobsListDocument(IReadOnlyList<JobDetail> Jobs) : Document(true);

internal sealed record JobsShowDocument(
    JobDetail Job, IReadOnlyList<JobLogDetail> Log, JsonElement Recipe) : Document(true);

/// <param name="Progress">The finished part, 0–1.</param>
/// <param name="Activity">What is being done; null if nothing is known.</param>
/// <param name="Worker">The worker that runs it, or ran it last.</param>
/// <param name="Sha256">The SHA-256 of the result; null if there is none.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record JobDetail(
    string Id, string Kind, string Name, string Owner, string? Group, int Priority, string State, int Attempts,
    double Progress, string? Activity, string? Worker, DateTimeOffset Created, DateTimeOffset? Started,
    DateTimeOffset? Ended, string? Sha256, ErrorDetail? Failure);

internal sealed record JobLogDetail(DateTimeOffset At, string? Worker, string Text);
