using System.Data.Common;
using System.Text.Json;
using Atelier.Jobs.Blobs;
using Atelier.Workshop;
using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>The table of jobs, for those who add, list and change them.</summary>
internal sealed class JobTable(QueueDatabase database)
{
    /// <summary>Adds jobs, all or none.</summary>
    internal Task<int> AddAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            int added = 0;
            foreach ((int place, NewJob job) in jobs.Index())
            {
                // After a lost connection it is not known whether the jobs were added.
                added += await connection.ExecuteAsync(
                    """
                    insert into atelier_jobs (id, kind, name, owner, batch, priority, specification, state, created)
                    values (@Id, @kind, @Name, @Owner, @Group, @Priority, @specification, 'Queued', {now} + @place)
                    on conflict (id) do nothing
                    """.ForDialect(database),
                    new
                    {
                        job.Id,
                        kind = job.Specification.Kind.ToString(),
                        job.Specification.Name,
                        job.Owner,
                        job.Group,
                        job.Priority,
                        specification = job.Specification.ToJson(),

                        // They begin in the order in which they were added.
                        place,
                    }, transaction);
                foreach (BlobKey key in job.Inputs.Distinct())
                    await HoldAsync(connection, transaction, job.Id, key);
            }

            await NotifyAsync(connection, transaction);
            return added;
        }, cancel);

    /// <summary>Returns a job by its identifier, or by the beginning of it if there is only one; null if there is
    /// none.</summary>
    internal Task<Job?> FindAsync(string id, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            JobRow[] found = [.. await connection.QueryAsync<JobRow>(
                $"select {JobRow.Columns} from atelier_jobs where id >= @id and id < @end order by id limit 2",
                new { id, end = id + "~" }, transaction)];
            return (found.FirstOrDefault(row => row.Id == id) ?? (found.Length == 1 ? found[0] : null))?.ToJob();
        }, cancel);

    /// <summary>Lists jobs, newest first.</summary>
    internal Task<IReadOnlyList<Job>> ListAsync(JobFilter filter, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            string[] conditions =
            [
                .. new (string? Condition, bool IsUsed)[]
                {
                    ("owner = @Owner", filter.Owner is not null),
                    ("batch = @Group", filter.Group is not null),
                    ("state = @state", filter.State is not null),
                    ("(created, id) < (@created, @id)", filter.Before is not null),
                }.Where(each => each.IsUsed).Select(each => each.Condition!),
            ];
            string where = conditions.Length == 0 ? "" : $"where {string.Join(" and ", conditions)}";
            string order = filter.IsInTurn ? "priority desc, created, id" : "created desc, id desc";
            IEnumerable<JobRow> rows = await connection.QueryAsync<JobRow>(
                $"select {JobRow.Columns} from atelier_jobs {where} order by {order} limit @Count",
                new
                {
                    filter.Owner,
                    filter.Group,
                    state = filter.State?.ToString(),
                    created = filter.Before?.Created.ToUnixTimeMilliseconds(),
                    id = filter.Before?.Id,
                    filter.Count,
                }, transaction);
            return (IReadOnlyList<Job>)[.. rows.Select(row => row.ToJob())];
        }, cancel);

    /// <summary>Lists jobs that are done and whose results nobody keeps yet.</summary>
    internal Task<IReadOnlyList<Job>> UnkeptAsync(CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            IEnumerable<JobRow> rows = await connection.QueryAsync<JobRow>(
                $"""
                select {JobRow.Columns} from atelier_jobs where state = 'Done' and kept is null
                order by created limit 100
                """, transaction: transaction);
            return (IReadOnlyList<Job>)[.. rows.Select(row => row.ToJob())];
        }, cancel);

    /// <summary>Remembers where the result of a job is kept.</summary>
    internal Task<bool> KeepAsync(string id, string name, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) => await connection.ExecuteAsync(
            "update atelier_jobs set kept = @name where id = @id and state = 'Done'", new { id, name }, transaction) == 1,
        cancel);

    /// <summary>Ends a job that is not over. Its worker notices at its next sign of life, and can store nothing any
    /// more. Returns whether the job was open.</summary>
    internal Task<bool> CancelAsync(string id, CancellationToken cancel) => ChangeAsync(
        "state = 'Canceled', fence = fence + 1, ended = {now}, activity = null, wish = null",
        "state in ('Queued', 'Running', 'Paused')", id, cancel);

    /// <summary>Makes a job wait: one that runs stops after its next checkpoint. Returns whether it was open.</summary>
    internal Task<bool> PauseAsync(string id, CancellationToken cancel) => ChangeAsync(
        """
        state = case when state = 'Queued' then 'Paused' else state end,
        wish = case when state = 'Running' then 'pause' else null end
        """,
        "state in ('Queued', 'Running', 'Paused')", id, cancel);

    /// <summary>Lets a paused job go on. Returns whether it was paused.</summary>
    internal Task<bool> ResumeAsync(string id, CancellationToken cancel) => ChangeAsync(
        "state = case when state = 'Paused' then 'Queued' else state end, wish = null, fed = null",
        "state = 'Paused' or wish = 'pause'", id, cancel);

    /// <summary>Queues a job again that failed or was canceled. Returns whether it was.</summary>
    internal Task<bool> RetryAsync(string id, CancellationToken cancel) => ChangeAsync(
        """
        state = 'Queued', fence = fence + 1, attempts = 0, fed = null, ended = null, failure = null, progress = 0,
        activity = null, wish = null
        """,
        "state in ('Failed', 'Canceled')", id, cancel);

    /// <summary>Asks for a preview of a job within the next seconds.</summary>
    internal Task<bool> WatchAsync(string id, CancellationToken cancel)
        => ChangeAsync("watched = {now}", "state = 'Running'", id, cancel);

    /// <summary>Returns the log of a job, oldest first.</summary>
    internal Task<IReadOnlyList<LogLine>> LogAsync(string id, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            IEnumerable<(long At, string? Worker, string Line)> rows =
                await connection.QueryAsync<(long, string?, string)>(
                    "select at, worker, line from atelier_job_log where job = @id order by at", new { id }, transaction);
            return (IReadOnlyList<LogLine>)[.. rows.Select(
                row => new LogLine(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Worker, row.Line))];
        }, cancel);

    /// <summary>Keeps a blob for as long as the job exists.</summary>
    internal static Task<int> HoldAsync(DbConnection connection, DbTransaction transaction, string job, BlobKey key)
        => connection.ExecuteAsync(
            """
            insert into atelier_job_blobs (job, owner, sha256) values (@job, @Owner, @Sha256)
            on conflict (job, owner, sha256) do nothing
            """, new { job, key.Owner, key.Sha256 }, transaction);

    /// <summary>Tells those who listen that jobs have changed.</summary>
    internal async Task NotifyAsync(DbConnection connection, DbTransaction transaction)
    {
        if (database.IsShared)
        {
            await connection.ExecuteAsync($"notify {JobChanges.Channel}", transaction: transaction);
        }
    }

    private Task<bool> ChangeAsync(string changes, string condition, string id, CancellationToken cancel)
        => database.RunAsync(async (connection, transaction) =>
        {
            int changed = await connection.ExecuteAsync(
                $"update atelier_jobs set {changes} where id = @id and ({condition})".ForDialect(database), new { id },
                transaction);
            await NotifyAsync(connection, transaction);
            return changed == 1;
        }, cancel);
}
