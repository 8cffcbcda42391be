using System.Data.Common;
using System.Text.Json;
using Atelier.Jobs.Blobs;
using Atelier.Workshop;
using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>The table of jobs, for the worker that runs one. Whoever claims a job last has its fence; whatever others
/// still write is refused.</summary>
internal sealed class ClaimTable(QueueDatabase database, JobTable jobs)
{
    private const string IsMine = "id = @Id and fence = @Fence and state = 'Running'";

    /// <summary>Begins a job, also one whose worker was lost. Returns null if it is not to be run.</summary>
    /// <param name="id">The job.</param>
    /// <param name="worker">Who begins it.</param>
    /// <param name="maxAttempts">How often a job may be begun until it counts as the reason for lost workers.</param>
    internal Task<Claim?> BeginAsync(string id, string worker, int maxAttempts, CancellationToken cancel)
        => database.RunLightlyAsync(async (connection, transaction) =>
        {
            ClaimRow? row = await connection.QuerySingleOrDefaultAsync<ClaimRow>(
                $$"""
                update atelier_jobs as waiting
                set state = 'Running', fence = fence + 1, attempts = attempts + 1, worker = @worker, started = {now}
                where id = @id and state in ('Queued', 'Running') and {{JobTable.HasItsParts}}
                returning id, owner, name, fence, attempts, specification, checkpoint
                """.ForDialect(database), new { id, worker }, transaction);
            if (row is null)
            {
                return null;
            }

            Claim claim = new(row.Id, row.Owner, row.Fence, row.Specification)
            {
                Checkpoint = BlobKey.TryParse(row.Checkpoint) is BlobKey key && key.Owner == BlobKey.OwnerOf(row.Id)
                    ? key : null,
                Parts = await PartsAsync(connection, transaction, id),
            };
            if (row.Attempts > maxAttempts)
            {
                Failure failure = new(ErrorKind.Failed, "job.attempts",
                    $"'{row.Name}' was begun {maxAttempts} times, and each time its worker was lost.",
                    "look at the log of the workers, or try a smaller size, then retry the job");
                await EndAsync(connection, transaction, claim, JobState.Failed, failure, null);
                return null;
            }

            database.Tell(transaction, new JobNews(JobNewsKind.Changed, id));
            await LogAsync(connection, transaction, id, worker,
                claim.Checkpoint is null ? "begun" : "begun, from its last checkpoint");
            return claim;
        }, cancel);

    /// <summary>Gives a sign of life. Returns what the worker is to do.</summary>
    internal Task<Beat> BeatAsync(Claim claim, double progress, string? activity, CancellationToken cancel)
        => database.RunLightlyAsync(async (connection, transaction) =>
        {
            BeatRow? row = await connection.QuerySingleOrDefaultAsync<BeatRow>(
                $$"""
                update atelier_jobs set progress = @progress, activity = @activity
                where {{IsMine}} returning wish, {now} - watched as unwatched
                """.ForDialect(database), new { claim.Id, claim.Fence, progress, activity }, transaction);
            if (row is null)
            {
                return new Beat(IsMine: false, Pauses: false, IsWatched: false);
            }

            database.Tell(transaction, new JobNews(JobNewsKind.Progressed, claim.Id));
            return new Beat(IsMine: true, row.Wish == "pause", row.Unwatched < Beat.WatchTime.TotalMilliseconds);
        }, cancel);

    /// <summary>Remembers from where a job can go on. Returns whether the job is still the claim's.</summary>
    internal Task<bool> SaveCheckpointAsync(Claim claim, BlobKey key, CancellationToken cancel)
        => NoteAsync("checkpoint", claim, key, null, cancel);

    /// <summary>Remembers a preview. Returns whether the job is still the claim's.</summary>
    internal Task<bool> SavePreviewAsync(Claim claim, BlobKey key, CancellationToken cancel)
        => NoteAsync("preview", claim, key, new(JobNewsKind.Previewed, claim.Id) { Preview = key }, cancel);

    /// <summary>Completes a job. Returns whether it was still the claim's; if not, the result does not count.</summary>
    internal Task<bool> CompleteAsync(Claim claim, BlobKey output, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
            await EndAsync(connection, transaction, claim, JobState.Done, null, output)
                || await IsDoneAsync(connection, transaction, claim, output), cancel);

    /// <summary>Divides a job into parts, after which it is run again. Returns whether it was still the claim's; if
    /// not, there are no parts of it.</summary>
    internal Task<bool> DivideAsync(Claim claim, IReadOnlyList<NewJob> parts, CancellationToken cancel)
        => database.RunAsync(async (connection, transaction) =>
        {
            string? state = await connection.QuerySingleOrDefaultAsync<string?>(
                $"""
                update atelier_jobs
                set state = case when wish = 'pause' then 'Paused' else 'Queued' end, attempts = 0, fed = null,
                  wish = null, activity = @activity
                where {IsMine} returning state
                """,
                new { claim.Id, claim.Fence, activity = $"waits for its scenes ({parts.Count})" }, transaction);
            if (state is not null)
            {
                database.Tell(transaction, JobNews.Of(claim.Id, state));
                foreach ((int place, NewJob part) in parts.Index())
                    await jobs.InsertAsync(connection, transaction, part, claim.Id, place);
                await LogAsync(connection, transaction, claim.Id, null, $"divided into scenes ({parts.Count})");
            }

            return state is not null;
        }, cancel);

    /// <summary>Ends a job without a result. Returns whether it was still the claim's.</summary>
    internal Task<bool> FailAsync(Claim claim, Failure failure, CancellationToken cancel) => database.RunAsync(
        (connection, transaction) => EndAsync(connection, transaction, claim, JobState.Failed, failure, null), cancel);

    /// <summary>Gives a job back, to be run again from its checkpoint, at once or when a paused job goes on.</summary>
    /// <param name="claim">The job.</param>
    /// <param name="isAttempt">Whether this counts as an attempt, because something went wrong.</param>
    internal Task<bool> ReleaseAsync(Claim claim, bool isAttempt, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            string? state = await connection.QuerySingleOrDefaultAsync<string?>(
                $"""
                update atelier_jobs
                set state = case when wish = 'pause' then 'Paused' else 'Queued' end, attempts = attempts - @returned,
                  fed = null, wish = null, activity = null
                where {IsMine} returning state
                """, new { claim.Id, claim.Fence, returned = isAttempt ? 0 : 1 }, transaction);
            if (state is not null)
            {
                database.Tell(transaction, JobNews.Of(claim.Id, state));
                await LogAsync(connection, transaction, claim.Id, null, state == "Paused" ? "paused" : "given back");
            }

            return state is not null;
        }, cancel);

    private Task<bool> NoteAsync(
        string column, Claim claim, BlobKey key, JobNews? news, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            int changed = await connection.ExecuteAsync(
                $"update atelier_jobs set {column} = @key where {IsMine}",
                new { claim.Id, claim.Fence, key = key.ToString() }, transaction);
            if (changed == 1 && news is not null)
            {
                database.Tell(transaction, news);
            }

            return changed == 1;
        }, cancel);

    private async Task<bool> EndAsync(
        DbConnection connection, DbTransaction transaction, Claim claim, JobState state, Failure? failure,
            BlobKey? output)
    {
        EndedRow? ended = await connection.QuerySingleOrDefaultAsync<EndedRow>(
            $$"""
            update atelier_jobs
            set state = @state, ended = {now}, failure = @failure, output = @output, activity = null, wish = null,
              checkpoint = null, preview = null, progress = case when @state = 'Done' then 1 else progress end
            where {{IsMine}} returning name, part_of as whole
            """.ForDialect(database),
            new
            {
                claim.Id,
                claim.Fence,
                state = state.ToString(),
                failure = failure is null ? null : JsonSerializer.Serialize(failure),
                output = output?.ToString(),
            }, transaction);
        if (ended is null)
        {
            return false;
        }

        database.Tell(transaction, new JobNews(JobNewsKind.Changed, claim.Id));
        await LogAsync(connection, transaction, claim.Id, null,
            failure is null ? "done" : $"failed: {failure.Message}");
        if (output is not null)
        {
            await JobTable.HoldAsync(connection, transaction, claim.Id, output);
            await ReleasePartsAsync(connection, transaction, claim);
        }

        if (ended.Whole is string whole)
        {
            if (failure is not null)
            {
                await FailWholeAsync(connection, transaction, whole,
                    failure with { Message = $"'{ended.Name}': {failure.Message}" });
            }
            else
            {
                // It may have waited for this part only.
                database.Tell(transaction, new JobNews(JobNewsKind.Queued, whole));
            }
        }

        return true;
    }

    /// <summary>Whether the claim has completed the job before, and only the answer was lost.</summary>
    private static async Task<bool> IsDoneAsync(
        DbConnection connection, DbTransaction transaction, Claim claim, BlobKey output)
        => await connection.QuerySingleAsync<long>(
            """
            select count(*) from atelier_jobs
            where id = @Id and fence = @Fence and state = 'Done' and output = @output
            """,
            new { claim.Id, claim.Fence, output = output.ToString() }, transaction) == 1;

    /// <summary>Returns the parts of a job, which are done.</summary>
    private static async Task<IReadOnlyList<ClaimedPart>> PartsAsync(
        DbConnection connection, DbTransaction transaction, string id)
    {
        IEnumerable<(string Specification, string Output)> rows = await connection.QueryAsync<(string, string)>(
            "select specification, output from atelier_jobs where part_of = @id order by name", new { id },
                transaction);
        return [.. rows.Select(row => new ClaimedPart(row.Specification, BlobKey.Parse(row.Output)))];
    }

    /// <summary>The results of parts are of no use any more.</summary>
    private static async Task ReleasePartsAsync(DbConnection connection, DbTransaction transaction, Claim claim)
    {
        if (claim.Parts.Count > 0)
        {
            await connection.ExecuteAsync(
                "delete from atelier_job_blobs where job in (select id from atelier_jobs where part_of = @Id)",
                new { claim.Id }, transaction);
            await connection.ExecuteAsync(
                "update atelier_jobs set output = null where part_of = @Id", new { claim.Id }, transaction);
        }
    }

    /// <summary>Ends a job that has lost a part, and cancels its other parts.</summary>
    private async Task FailWholeAsync(
        DbConnection connection, DbTransaction transaction, string whole, Failure failure)
    {
        await connection.ExecuteAsync(
            $$"""
            update atelier_jobs set state = 'Failed', ended = {now}, fence = fence + 1, activity = null, wish = null,
              failure = @failure
            where id = @whole and {{JobTable.IsOpen}}
            """.ForDialect(database), new { whole, failure = JsonSerializer.Serialize(failure) }, transaction);
        string[] canceled = [.. await connection.QueryAsync<string>(
            $$"""
            update atelier_jobs set {{JobTable.Canceling}}, fence = fence + 1
            where part_of = @whole and {{JobTable.IsOpen}} returning id
            """.ForDialect(database), new { whole }, transaction)];
        foreach (string id in (string[])[whole, .. canceled])
            database.Tell(transaction, new JobNews(JobNewsKind.Changed, id));
        await LogAsync(connection, transaction, whole, null, $"failed: {failure.Message}");
    }

    private Task<int> LogAsync(
        DbConnection connection, DbTransaction transaction, string job, string? worker, string line)
        => connection.ExecuteAsync(
            "insert into atelier_job_log (job, at, worker, line) values (@job, {now}, @worker, @line)"
                .ForDialect(database), new { job, worker, line }, transaction);

    private sealed class ClaimRow
    {
        public string Id { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Name { get; init; } = "";

        public long Fence { get; init; }

        public int Attempts { get; init; }

        public string Specification { get; init; } = "";

        public string? Checkpoint { get; init; }
    }

    private sealed class EndedRow
    {
        public string Name { get; init; } = "";

        public string? Whole { get; init; }
    }

    private sealed class BeatRow
    {
        public string? Wish { get; init; }

        public long Unwatched { get; init; }
    }
}
