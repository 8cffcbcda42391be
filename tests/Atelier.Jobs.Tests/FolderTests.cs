using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>What a queue in a folder waits for.</summary>
public sealed class FolderTests(Postgres postgres)
{
    // As SQLite numbers them: 2 waits for the disk at each commit.
    private const long Full = 2, Normal = 1;

    [Fact]
    public async Task OnlyWhatSomebodyIsTold_WaitsForTheDisk()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        const string Sql = "pragma synchronous";

        // The connections are the same ones in turn.
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(Full, await queue.Queue.Database.RunAsync((connection, transaction)
                => connection.QuerySingleAsync<long>(Sql, transaction: transaction), default));
            Assert.Equal(Normal, await queue.Queue.Database.RunLightlyAsync((connection, transaction)
                => connection.QuerySingleAsync<long>(Sql, transaction: transaction), default));
        }
    }

    [Fact]
    public async Task WhoReads_DoesNotWaitForWhoWrites()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Job job = await queue.AddAsync();

        string state = await queue.Queue.Database.RunAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("update atelier_jobs set state = 'Paused'", transaction: transaction);
            return (await queue.Queue.FindAsync(job.Id, default)).State.ToString();
        }, default);

        Assert.Equal("Queued", state);
        Assert.Equal(JobState.Paused, (await queue.Queue.FindAsync(job.Id, default)).State);
    }
}
