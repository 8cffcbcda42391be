using Atelier.Jobs.Storage;
using Atelier.Testing;
using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>Queues that another version of the program has made.</summary>
public sealed class SchemaTests(Postgres postgres)
{
    [Theory]
    [InlineData(QueueKind.Folder, 1, "a newer")]
    [InlineData(QueueKind.Folder, -1, "an older")]
    [InlineData(QueueKind.Postgres, 1, "a newer")]
    [InlineData(QueueKind.Postgres, -1, "an older")]
    public async Task AQueueOfAnotherVersion_IsRefused_AndSaysWhich(QueueKind kind, int step, string which)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        await queue.AddAsync();
        await SetVersionAsync(queue, QueueSchema.Version + step);
        CodedException error = await RefuseAsync(queue);
        Assert.Contains($"from {which} program", error.Message, StringComparison.Ordinal);
        Assert.Contains($"have version {QueueSchema.Version + step}, ", error.Message, StringComparison.Ordinal);

        await SetVersionAsync(queue, QueueSchema.Version);
        await using TestQueue again = await TestQueue.OpenAsync(queue.Address);
        Assert.Single(await again.Queue.ListAsync(new JobFilter(), default));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AQueueWithoutAVersion_IsOlder(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        await ExecuteAsync(queue, "drop table atelier_schema");
        Assert.Contains("from an older program", (await RefuseAsync(queue)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task ManyWhoOpenAQueueAtOnce_CreateItOnce(QueueKind kind)
    {
        using TemporaryFolder folder = new();
        string address = kind == QueueKind.Folder ? folder.PathOf("queue") : await postgres.CreateDatabaseAsync();
        TestQueue[] opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestQueue.OpenAsync(address)));
        foreach (TestQueue each in opened)
            await each.DisposeAsync();
    }

    private static Task<int> SetVersionAsync(TestQueue queue, int version)
        => ExecuteAsync(queue, $"update atelier_schema set version = {version}");

    private static Task<int> ExecuteAsync(TestQueue queue, string sql) => queue.Queue.Database.RunAsync(
        (connection, transaction) => connection.ExecuteAsync(sql, transaction: transaction), default);

    private static async Task<CodedException> RefuseAsync(TestQueue queue)
    {
        CodedException error = await Assert.ThrowsAsync<CodedException>(() => TestQueue.OpenAsync(queue.Address));
        Assert.Equal("queue.version", error.Code);
        return error;
    }
}
