using Atelier.Jobs.Storage;
using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>A queue of many jobs, and how its database reads it.</summary>
internal static class LargeQueue
{
    /// <summary>Adds many jobs that are over, of a hundred owners.</summary>
    internal static Task<int> FillAsync(this TestQueue queue, int count) => queue.Queue.Database.RunAsync(
        (connection, transaction) => connection.ExecuteAsync(
            $"""
            with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {count})
            insert into atelier_jobs (id, kind, name, owner, priority, specification, state, created, ended)
            select 'old' || n, 'Picture', 'a.png', 'owner' || n % 100, 0, '', 'Done', n, n from numbers;
            analyze;
            """, transaction: transaction), default);

    /// <summary>Fails if the database would read the whole table of jobs for a query.</summary>
    internal static async Task RequireIndexAsync(this TestQueue queue, string sql, object parameters)
    {
        Assert.DoesNotContain(await queue.PlanAsync(sql, parameters), line
            => line.Contains("Seq Scan on atelier_jobs", StringComparison.Ordinal)
            || line.Contains("SCAN ", StringComparison.Ordinal) && !line.Contains("INDEX", StringComparison.Ordinal)
                && (line.Contains("atelier_jobs", StringComparison.Ordinal)
                    || line.Contains("waiting", StringComparison.Ordinal)));
    }

    /// <summary>Returns how the database would run a query.</summary>
    internal static async Task<string[]> PlanAsync(this TestQueue queue, string sql, object parameters)
    {
        string explain = queue.Queue.Address.IsShared ? "explain" : "explain query plan";
        IEnumerable<dynamic> rows = await queue.Queue.Database.RunAsync(
            (connection, transaction) => connection.QueryAsync(
                $"{explain} {sql.ForDialect(queue.Queue.Database)}", parameters, transaction), default);
        return [.. rows.Select(row => string.Join(" ", ((IDictionary<string, object>)row).Values))];
    }
}
