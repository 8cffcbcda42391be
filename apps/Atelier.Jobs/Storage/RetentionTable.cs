using Atelier.Jobs.Blobs;
using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>What of a queue is old enough to be removed.</summary>
internal sealed class RetentionTable(QueueDatabase database)
{
    // What is deleted in one transaction, so that others need not wait for long.
    private const int Portion = 500, PortionOfJobs = 100;

    /// <summary>The query of the jobs that <see cref="DeleteJobsAsync"/> deletes.</summary>
    internal const string OldJobsSql =
        $$"""
        select id from atelier_jobs where ended < {now} - @age and not ({{JobTable.IsOpen}})
        order by ended limit @PortionOfJobs
        """;

    /// <summary>The parameters of <see cref="OldJobsSql"/>.</summary>
    internal static object OldJobsParameters(TimeSpan age) => new { age = (long)age.TotalMilliseconds, PortionOfJobs };

    /// <summary>How long after it was stored a blob is left alone: whoever stored it may just be adding its
    /// job.</summary>
    internal static TimeSpan Grace { get; } = TimeSpan.FromHours(1);

    /// <summary>Whether it is time to tidy up, and no other worker does it.</summary>
    internal Task<bool> TakeTurnAsync(TimeSpan pause, CancellationToken cancel) => database.RunLightlyAsync(
        async (connection, transaction) => await connection.ExecuteAsync(
            """
            insert into atelier_upkeep (task, at) values ('retention', {now})
            on conflict (task) do update set at = {now} where atelier_upkeep.at <= {now} - @pause
            """.ForDialect(database), new { pause = (long)pause.TotalMilliseconds }, transaction) == 1, cancel);

    /// <summary>Deletes some of the jobs that were over long ago, with their logs. Returns how many.</summary>
    internal Task<int> DeleteJobsAsync(TimeSpan age, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            string[] ids = [.. await connection.QueryAsync<string>(
                $"delete from atelier_jobs where id in ({OldJobsSql}) returning id".ForDialect(database),
                OldJobsParameters(age), transaction)];
            foreach (string table in (string[])["atelier_job_log", "atelier_job_blobs"])
                await connection.ExecuteAsync(
                    $"delete from {table} where job {{in}} @Ids".ForDialect(database), new { Ids = ids }, transaction);
            return ids.Length;
        }, cancel);

    /// <summary>Whether a blob is needed: a job holds it, or it is the checkpoint or preview of one that is
    /// open.</summary>
    internal Task<bool> IsHeldAsync(BlobKey key, CancellationToken cancel) => database.ReadAsync(
        (connection, transaction) => connection.QuerySingleAsync<bool>(
            $"select {Held("@Owner", "@Sha256")}", new { key.Owner, key.Sha256 }, transaction), cancel);

    /// <summary>Looks at some of the blobs of the database, and deletes those that no job needs. However many are kept,
    /// it takes a moment only.</summary>
    /// <param name="after">The last one that was looked at before; empty texts for none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The last one that was looked at; null if there were no more.</returns>
    internal Task<(string Owner, string Sha256)?> DeleteBlobsAsync(
        (string Owner, string Sha256) after, CancellationToken cancel) => database.RunAsync(
        async (connection, transaction) =>
        {
            (string Owner, string Sha256)[] page = [.. await connection.QueryAsync<(string, string)>(
                """
                select owner, sha256 from atelier_blobs where (owner, sha256) > (@Owner, @Sha256)
                order by owner, sha256 limit @Portion
                """, new { after.Owner, after.Sha256, Portion }, transaction)];
            if (page.Length == 0)
            {
                return ((string, string)?)null;
            }

            (string lastOwner, string lastSha256) = page[^1];
            string[] chunks = [.. await connection.QueryAsync<string>(
                $$"""
                delete from atelier_blobs as stored
                where (owner, sha256) > (@Owner, @Sha256) and (owner, sha256) <= (@lastOwner, @lastSha256)
                  and stored.stored < {now} - @grace and not {{Held("stored.owner", "stored.sha256")}}
                returning chunks
                """.ForDialect(database),
                new
                {
                    after.Owner,
                    after.Sha256,
                    lastOwner,
                    lastSha256,
                    grace = (long)Grace.TotalMilliseconds,
                }, transaction)];
            await connection.ExecuteAsync(
                "delete from atelier_chunks where chunks {in} @Ids".ForDialect(database), new { Ids = chunks },
                transaction);
            return page[^1];
        }, cancel);

    /// <summary>Deletes the chunks of those that were killed while they stored something.</summary>
    internal Task<int> DeleteChunksAsync(CancellationToken cancel) => database.RunAsync(
        (connection, transaction) => connection.ExecuteAsync(
            """
            delete from atelier_chunks where stored < {now} - @grace
              and not exists (select 1 from atelier_blobs where atelier_blobs.chunks = atelier_chunks.chunks)
              and not exists (select 1 from atelier_chunks as newer
                where newer.chunks = atelier_chunks.chunks and newer.stored >= {now} - @grace)
            """.ForDialect(database), new { grace = (long)Grace.TotalMilliseconds }, transaction), cancel);

    /// <summary>Forgets workers that were lost long ago.</summary>
    internal Task<int> DeleteWorkersAsync(CancellationToken cancel) => database.RunAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "delete from atelier_workers where seen < {now} - 86400000".ForDialect(database), transaction: transaction),
        cancel);

    private static string Held(string owner, string sha256) =>
        $"""
        (exists (select 1 from atelier_job_blobs where owner = {owner} and sha256 = {sha256})
          or exists (select 1 from atelier_jobs where state in ('Queued', 'Running', 'Paused')
            and id = substr({owner}, 5) and 'job.' || id = {owner}))
        """;
}
