using System.Data.Common;
using Atelier.Jobs.Blobs;
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
                added += await InsertAsync(connection, transaction, job, partOf: null, place);
            return added;
        }, cancel);

    /// <summary>Adds a job, unless that has been done.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="partOf">The job that waits for it, and whose group and priority it has; null for none.</param>
    /// <param name="place">Its place among those that are added together, which begin in this order.</param>
    internal async Task<int> InsertAsync(
        DbConnection connection, DbTransaction transaction, NewJob job, string? partOf, int place)
    {
        // After a lost connection it is not known whether the job was added.
        int added = await connection.ExecuteAsync(
            """
            insert into atelier_jobs
              (id, kind, name, owner, batch, part_of, priority, specification, state, created)
            values (@Id, @kind, @Name, @Owner,
              coalesce(@Group, (select batch from atelier_jobs where id = @partOf)), @partOf,
              coalesce((select priority from atelier_jobs where id = @partOf), @Priority),
              @specification, 'Queued', {now} + @place)
            on conflict (id) do nothing
            """.ForDialect(database),
            new
            {
                job.Id,
                kind = job.Specification.Kind.ToString(),
                job.Specification.Name,
                job.Owner,
                job.Group,
                partOf,
                place,
                job.Priority,
                specification = job.Specification.ToJson(),
            }, transaction);
        foreach (BlobKey key in job.Inputs.Distinct())
            await HoldAsync(connection, transaction, job.Id, key);
        database.Tell(transaction, new JobNews(JobNewsKind.Queued, job.Id));
        return added;
    }

    /// <summary>Returns the job of an identifier, or else the first of those whose identifiers begin so.</summary>
    internal Task<IReadOnlyList<Job>> FindAsync(string id, int count, CancellationToken cancel) => database.ReadAsync(
        async (connection, transaction) =>
        {
            // In the order of some languages, punctuation comes before letters.
            string end = id + new string('z', NewJob.Length);
            JobRow[] found = [.. (await connection.QueryAsync<JobRow>(
                $"select {JobRow.Columns} from atelier_jobs where id >= @id and id <= @end order by id limit @count",
                new { id, end, count }, transaction)).Where(row => row.Id.StartsWith(id, StringComparison.Ordinal))];
            return (IReadOnlyList<Job>)[.. (found.FirstOrDefault(row => row.Id == id) is JobRow exact ? [exact] : found)
                .Select(row => row.ToJob())];
        }, cancel);

    /// <summary>Returns what a job makes, as JSON; null if it has been removed.</summary>
    internal Task<string?> SpecificationAsync(string id, CancellationToken cancel) => database.ReadAsync(
        (connection, transaction) => connection.QuerySingleOrDefaultAsync<string?>(
            "select specification from atelier_jobs where id = @id", new { id }, transaction), cancel);

    /// <summary>Lists jobs, newest first.</summary>
    internal Task<IReadOnlyList<Job>> ListAsync(JobFilter filter, CancellationToken cancel) => database.ReadAsync(
        async (connection, transaction) =>
        {
            IEnumerable<JobRow> rows = await connection.QueryAsync<JobRow>(
                ListSql(filter).ForDialect(database), Parameters(filter), transaction);
            return (IReadOnlyList<Job>)[.. rows.Select(row => row.ToJob())];
        }, cancel);

    /// <summary>Counts the jobs that are not over, by state.</summary>
    internal Task<IReadOnlyList<(JobState State, long Count)>> CountOpenAsync(CancellationToken cancel)
        => database.ReadAsync(async (connection, transaction) =>
        {
            IEnumerable<(string State, long Count)> rows = await connection.QueryAsync<(string, long)>(
                $"select state, count(*) from atelier_jobs where {IsOpen} group by state", transaction: transaction);
            Dictionary<string, long> counts = rows.ToDictionary(row => row.State, row => row.Count);

            // A state without jobs is told too: what is not told any more looks as if it stayed.
            return (IReadOnlyList<(JobState, long)>)[.. new[] { JobState.Queued, JobState.Running, JobState.Paused }
                .Select(state => (state, counts.GetValueOrDefault(state.ToString())))];
        }, cancel);

    /// <summary>The query of <see cref="ListAsync"/>.</summary>
    internal static string ListSql(JobFilter filter)
    {
        // SQLite might read all jobs of an owner or a state rather than those of a group, which are few. No index helps
        // to find the value of an expression.
        string nothing = filter.Group is null ? "" : " || ''";
        string[] conditions =
        [
            .. new (string? Condition, bool IsUsed)[]
            {
                ($"owner{nothing} = @Owner", filter.Owner is not null),
                ("batch = @Group", filter.Group is not null),
                ($"state{nothing} = @state", filter.State is not null),
                ("id {in} @Ids", filter.Ids is not null),
                (IsOpen, filter.IsInTurn),
                ("(created, id) < (@created, @id)", filter.Before is not null),
            }.Where(each => each.IsUsed).Select(each => each.Condition!),
        ];
        string where = conditions.Length == 0 ? "" : $"where {string.Join(" and ", conditions)}";
        string order = filter.IsInTurn ? "priority desc, created, id" : "created desc, id desc";
        return $"select {JobRow.Columns} from atelier_jobs {where} order by {order} limit @Count";
    }

    /// <summary>The parameters of <see cref="ListSql"/>.</summary>
    internal static object Parameters(JobFilter filter) => new
    {
        filter.Owner,
        filter.Group,
        state = filter.State?.ToString(),
        Ids = filter.Ids?.ToArray(),
        created = filter.Before?.Created.ToUnixTimeMilliseconds(),
        id = filter.Before?.Id,
        filter.Count,
    };

    /// <summary>Lists jobs that are done and whose results nobody keeps yet.</summary>
    internal Task<IReadOnlyList<Job>> UnkeptAsync(CancellationToken cancel) => database.ReadAsync(
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
        async (connection, transaction) =>
        {
            int kept = await connection.ExecuteAsync(
                "update atelier_jobs set kept = @name where id = @id and state = 'Done'", new { id, name },
                transaction);
            database.Tell(transaction, new JobNews(JobNewsKind.Changed, id));
            return kept == 1;
        }, cancel);

    /// <summary>Ends a job that is not over. Its worker notices at its next sign of life, and can store nothing any
    /// more. Returns whether the job was open.</summary>
    /// <remarks>A job cannot do without its parts, so that canceling one of them cancels it.</remarks>
    internal Task<bool> CancelAsync(string id, CancellationToken cancel) => ChangeAsync(
        $"{Canceling}, fence = fence + 1", IsOpen, id, cancel,
        "(select coalesce(part_of, id) from atelier_jobs where id = @id)");

    /// <summary>What canceling changes, besides the fence.</summary>
    internal const string Canceling =
        "state = 'Canceled', ended = {now}, activity = null, wish = null, checkpoint = null, preview = null";

    /// <summary>The condition that a job is not over.</summary>
    internal const string IsOpen = "state in ('Queued', 'Running', 'Paused')";

    /// <summary>The condition that a job, named <c>waiting</c>, has no parts that are still to be done.</summary>
    internal const string HasItsParts =
        "not exists (select 1 from atelier_jobs as part where part.part_of = waiting.id and part.state <> 'Done')";

    /// <summary>Makes a job wait: one that runs stops after its next checkpoint. Returns whether it was open.</summary>
    internal Task<bool> PauseAsync(string id, CancellationToken cancel) => ChangeAsync(
        """
        state = case when state = 'Queued' then 'Paused' else state end,
        wish = case when state = 'Running' then 'pause' else null end
        """,
        IsOpen, id, cancel);

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
    internal Task<bool> WatchAsync(string id, CancellationToken cancel) => database.RunLightlyAsync(
        async (connection, transaction) => await connection.ExecuteAsync(
            "update atelier_jobs set watched = {now} where (id = @id or part_of = @id) and state = 'Running'"
                .ForDialect(database), new { id }, transaction) > 0,
        cancel);

    /// <summary>Returns the log of a job, oldest first.</summary>
    internal Task<IReadOnlyList<LogLine>> LogAsync(string id, CancellationToken cancel) => database.ReadAsync(
        async (connection, transaction) =>
        {
            IEnumerable<(long At, string? Worker, string Line)> rows =
                await connection.QueryAsync<(long, string?, string)>(
                    "select at, worker, line from atelier_job_log where job = @id order by at", new { id },
                        transaction);
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

    /// <summary>Changes a job and its parts.</summary>
    private Task<bool> ChangeAsync(
        string changes, string condition, string id, CancellationToken cancel, string target = "@id")
        => database.RunAsync(async (connection, transaction) =>
        {
            (string Id, string State)[] changed = [.. await connection.QueryAsync<(string, string)>(
                $"""
                update atelier_jobs set {changes} where (id = {target} or part_of = {target}) and ({condition})
                returning id, state
                """.ForDialect(database), new { id }, transaction)];
            foreach ((string each, string state) in changed)
                database.Tell(transaction, JobNews.Of(each, state));
            return changed.Length > 0;
        }, cancel);
}
