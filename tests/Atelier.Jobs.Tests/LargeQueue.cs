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
            {(queue.Queue.Address.IsShared ? "analyze" : "")}
            """, transaction: transaction), default);

    /// <summary>Fails if the database would read the whole table of jobs for a query, or SQLite, which knows nothing
    /// of how often a value occurs, would choose an index that leaves too many.</summary>
    internal static async Task RequireIndexAsync(this TestQueue queue, string sql, object parameters, string use = "")
    {
        bool isShared = queue.Queue.Address.IsShared;
        IEnumerable<dynamic> rows = await queue.Queue.Database.RunAsync(
            (connection, transaction) => connection.QueryAsync(
                $"{(isShared ? "explain" : "explain query plan")} {sql.ForDialect(queue.Queue.Database)}",
                parameters, transaction), default);
        string[] plan = [.. rows.Select(row => string.Join(" ", ((IDictionary<string, object>)row).Values))];
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on atelier_jobs", StringComparison.Ordinal)
            || line.Contains("SCAN ", StringComparison.Ordinal) && !line.Contains("INDEX", StringComparison.Ordinal)
                && (line.Contains("atelier_jobs", StringComparison.Ordinal)
                    || line.Contains("waiting", StringComparison.Ordinal)));
        Assert.True(isShared || plan.Any(line => line.Contains(use, StringComparison.Ordinal)),
            $"{use} is not used: {string.Join("; ", plan)}");
    }
}
