using System.Data.Common;
using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>The tables of a queue, beside those of the scheduler.</summary>
internal static class QueueSchema
{
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
        """;

    // Two processes that create the same table at once would collide.
    private const long CreationLock = 0x0A7E_11E5;

    /// <summary>Creates what is missing.</summary>
    /// <param name="database">Where.</param>
    /// <param name="createOthers">Creates the tables of the scheduler in PostgreSQL.</param>
    /// <exception cref="DbException">The role of the connection may not do that.</exception>
    internal static async Task CreateAsync(QueueDatabase database, Func<Task> createOthers, CancellationToken cancel)
    {
        if (!database.IsShared)
        {
            // Those who list jobs need not wait for those who change them. The file remembers it.
            await using DbConnection connection = await database.OpenAsync(cancel);
            await connection.ExecuteAsync("pragma journal_mode = wal");
        }

        if (!database.IsShared || !await ExistsAsync(database, cancel))
        {
            await CreateTablesAsync(database, createOthers, cancel);
        }
    }

    /// <summary>Whether everything exists, so that nothing need be created.</summary>
    private static Task<bool> ExistsAsync(QueueDatabase database, CancellationToken cancel) => database.RunAsync(
        (connection, transaction) => connection.QuerySingleAsync<bool>(
            "select to_regclass('atelier_upkeep') is not null and to_regclass('qrtz_locks') is not null",
            transaction: transaction), cancel);

    private static Task<int> CreateTablesAsync(
        QueueDatabase database, Func<Task> createOthers, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            if (database.IsShared)
            {
                await connection.ExecuteAsync(
                    "select pg_advisory_xact_lock(@CreationLock)", new { CreationLock }, transaction);
            }

            int created = await connection.ExecuteAsync(Tables.ForDialect(database), transaction: transaction);
            if (database.IsShared)
            {
                await createOthers();
            }

            return created;
        }, cancel);
}
