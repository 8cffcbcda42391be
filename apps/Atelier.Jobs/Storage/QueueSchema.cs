using System.Data.Common;
using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>The tables of a queue, beside those of the scheduler.</summary>
internal static class QueueSchema
{
    /// <summary>Rises with each change of these tables or of the scheduler's, so that no program works with tables that
    /// it does not know. Queues without a version, 0, are from before the first release.</summary>
    internal const int Version = 1;

    private const string Tables =
        """
        create table if not exists atelier_jobs (
          id text {binary} primary key,
          kind text not null,
          name text not null,
          owner text not null,
          batch text,
          part_of text,
          priority integer not null,
          specification text not null,
          state text not null,
          fence bigint not null default 0,
          attempts integer not null default 0,
          progress double precision not null default 0,
          activity text,
          worker text,
          wish text,
          watched bigint not null default 0,
          fed bigint,
          created bigint not null,
          started bigint,
          ended bigint,
          checkpoint text,
          preview text,
          output text,
          failure text,
          kept text
        );
        create index if not exists atelier_jobs_open on atelier_jobs (state, priority, created)
          where state in ('Queued', 'Running', 'Paused');
        create index if not exists atelier_jobs_newest on atelier_jobs (created, id);
        create index if not exists atelier_jobs_owner on atelier_jobs (owner, created);
        create index if not exists atelier_jobs_owner_state on atelier_jobs (owner, state, created);
        create index if not exists atelier_jobs_served on atelier_jobs (owner, started) where started is not null;
        create index if not exists atelier_jobs_state on atelier_jobs (state, created);
        create index if not exists atelier_jobs_ended on atelier_jobs (ended) where ended is not null;
        create index if not exists atelier_jobs_batch on atelier_jobs (batch, created) where batch is not null;
        create index if not exists atelier_jobs_parts on atelier_jobs (part_of) where part_of is not null;
        create index if not exists atelier_jobs_unkept on atelier_jobs (created) where state = 'Done' and kept is null;
        create table if not exists atelier_job_log (
          job text not null, at bigint not null, worker text, line text not null
        );
        create index if not exists atelier_job_log_job on atelier_job_log (job, at);
        create table if not exists atelier_job_blobs (
          job text not null, owner text not null, sha256 text not null, primary key (job, owner, sha256)
        );
        create index if not exists atelier_job_blobs_blob on atelier_job_blobs (owner, sha256);
        create table if not exists atelier_workers (
          id text primary key, machine text not null, started bigint not null, seen bigint not null,
          slots integer not null, running integer not null, processor double precision not null, memory bigint not null
        );
        create table if not exists atelier_blobs (
          owner text not null, sha256 text not null, chunks text not null, stored bigint not null,
          primary key (owner, sha256)
        );
        create table if not exists atelier_chunks (
          chunks text not null, number integer not null, bytes {bytes} not null, stored bigint not null,
          primary key (chunks, number)
        );
        create index if not exists atelier_blobs_stored on atelier_blobs (stored);
        create index if not exists atelier_blobs_chunks on atelier_blobs (chunks);
        create index if not exists atelier_chunks_stored on atelier_chunks (stored);
        create table if not exists atelier_upkeep (task text primary key, at bigint not null);
        create table if not exists atelier_schema (version integer primary key);
        """;

    // Two processes that create the same table at once would collide.
    private const long CreationLock = 0x0A7E_11E5;

    /// <summary>Creates the tables, unless they exist.</summary>
    /// <param name="database">Where.</param>
    /// <param name="createOthers">Creates the tables of the scheduler in PostgreSQL.</param>
    /// <exception cref="DbException">The role of the connection may not do that.</exception>
    /// <exception cref="CodedException">The tables are those of another version.</exception>
    internal static async Task CreateAsync(QueueDatabase database, Func<Task> createOthers, CancellationToken cancel)
    {
        if (!database.IsShared)
        {
            // Those who list jobs need not wait for those who change them. The file remembers it.
            await using DbConnection connection = await database.OpenAsync(cancel);
            await connection.ExecuteAsync("pragma journal_mode = wal");
        }

        int? found = await database.ReadAsync(
            (connection, transaction) => VersionAsync(database, connection, transaction), cancel);
        if (found is int version)
        {
            RequireKnown(database.Address, version);
        }
        else
        {
            await CreateTablesAsync(database, createOthers, cancel);
        }
    }

    /// <summary>Gives the roles of workers and clients their rights in PostgreSQL.</summary>
    internal static async Task GrantAsync(QueueDatabase database, CancellationToken cancel)
    {
        using Stream stream = typeof(QueueSchema).Assembly.GetManifestResourceStream("roles.sql")!;
        using StreamReader reader = new(stream);
        string sql = await reader.ReadToEndAsync(cancel);
        await database.RunAsync(
            (connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), cancel);
    }

    private static Task<int> CreateTablesAsync(
        QueueDatabase database, Func<Task> createOthers, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            if (database.IsShared)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_xact_lock(@CreationLock)", new { CreationLock }, transaction);
            }

            if (await VersionAsync(database, connection, transaction) is int version)
            {
                // Another process was faster.
                RequireKnown(database.Address, version);
                return 0;
            }

            await connection.ExecuteAsync(Tables.ForDialect(database), transaction: transaction);
            if (database.IsShared)
            {
                await createOthers();
            }

            return await connection.ExecuteAsync(
                "insert into atelier_schema (version) values (@Version)", new { Version }, transaction);
        }, cancel);

    /// <summary>Returns the version of the tables; null if there are none.</summary>
    private static async Task<int?> VersionAsync(
        QueueDatabase database, DbConnection connection, DbTransaction transaction)
    {
        Task<bool> ExistsAsync(string table) => connection.QuerySingleAsync<bool>(
            database.IsShared
                ? "select to_regclass(@table) is not null"
                : "select count(*) from sqlite_master where name = @table",
            new { table }, transaction);

        return await ExistsAsync("atelier_schema")
            ? await connection.QuerySingleAsync<int>("select version from atelier_schema", transaction: transaction)
            : await ExistsAsync("atelier_jobs") ? 0 : null;
    }

    private static void RequireKnown(QueueAddress address, int version)
    {
        if (version > Version)
        {
            throw CodedException.Failed("queue.version",
                $"the queue {address} is from a newer program: its tables have version {version}, and this program " +
                $"knows version {Version}.",
                "install a newer version of this program");
        }

        if (version < Version)
        {
            throw CodedException.Failed("queue.version",
                $"the queue {address} is from an older program: its tables have version {version}, and this program " +
                $"needs version {Version}.",
                "finish its jobs and fetch their results with the program that made it, then use " +
                (address.IsShared ? "another database" : $"another folder, or move '{QueueAddress.FileName}' away"));
        }
    }
}
