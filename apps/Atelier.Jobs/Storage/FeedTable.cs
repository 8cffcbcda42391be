using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>Which queued jobs are handed to the scheduler next. It is given only as many as the workers can begin, so
/// that an owner with few jobs need not wait for one with many.</summary>
internal sealed class FeedTable(QueueDatabase database)
{
    internal const string TakeSql =
        $$"""
        update atelier_jobs set fed = {now} where state = 'Queued' and id in (
          select id from (
            select id, priority, created, coalesce(served, 0) as served,
              coalesce(active, 0) + row_number() over (partition by waiting.owner order by priority desc, created, id)
                as turn
            from atelier_jobs as waiting
            left join (
              select owner, sum(case when state = 'Running' or fed > {now} - @patience then 1 else 0 end) as active,
                (select max(started) from atelier_jobs as past
                  where past.owner = present.owner and past.started is not null) as served
              from atelier_jobs as present where state in ('Queued', 'Running') group by owner
            ) as busy on busy.owner = waiting.owner
            where state = 'Queued' and (fed is null or fed <= {now} - @patience) and {{JobTable.HasItsParts}}
          ) as candidates
          order by priority desc, turn, served, created, id
          limit (select case when @slots <= count(*) then 0 when @slots - count(*) < @most then @slots - count(*)
            else @most end from atelier_jobs where state = 'Queued' and fed > {now} - @patience)
        )
        returning id, fence, attempts, priority
        """;

    // Handed over, but not begun within this time: whoever did that may have been killed before the scheduler had it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Chooses jobs and marks them as handed over.</summary>
    /// <param name="slots">How many jobs the workers run at once, all together.</param>
    /// <param name="most">How many to take at most.</param>
    internal Task<IReadOnlyList<FedJob>> TakeAsync(int slots, int most, CancellationToken cancel)
        => database.RunLightlyAsync(async (connection, transaction) =>
        {
            if (database.IsShared)
            {
                // Two workers that choose at once would hand over the same jobs.
                await connection.ExecuteAsync(
                    "select pg_advisory_xact_lock(@FeedLock)", new { FeedLock }, transaction);
            }

            IEnumerable<FedJob> chosen = await connection.QueryAsync<FedJob>(
                TakeSql.ForDialect(database), new { slots, most, patience = (long)Patience.TotalMilliseconds },
                transaction);
            return (IReadOnlyList<FedJob>)[.. chosen];
        }, cancel);

    private const long FeedLock = 0x0A7E_11E6;
}

/// <summary>A job to hand to the scheduler.</summary>
internal sealed class FedJob
{
    public string Id { get; init; } = "";

    public long Fence { get; init; }

    public int Attempts { get; init; }

    public int Priority { get; init; }
}
