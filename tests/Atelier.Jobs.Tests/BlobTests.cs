using Atelier.Jobs.Blobs;

namespace Atelier.Jobs.Tests;

/// <summary>Blobs of any size, and what others do not get.</summary>
public sealed class BlobTests(Postgres postgres)
{
    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AHundredMegabytes_PassThroughLessMemory(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        using WorkerProcess carrier = WorkerProcess.Carrier(queue.Address, megabytes: 100, memoryMegabytes: 64);
        Assert.True(carrier.WaitForExit(TimeSpan.FromSeconds(180)));
        Assert.True(carrier.ExitCode == 0, string.Join('\n', carrier.Errors));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task ABlob_IsItsOwnersOnly_AndCanBeStoredTwiceAtOnce(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        BlobKey[] keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => queue.PutAsync("ann", "secret")));
        Assert.Single(keys.Distinct());
        Assert.NotEmpty(await queue.BytesAsync(keys[0]));
        await Assert.ThrowsAsync<FileNotFoundException>(() => queue.BytesAsync(keys[0] with { Owner = "bob" }));
        await Assert.ThrowsAnyAsync<Exception>(() => queue.BytesAsync(keys[0] with { Owner = "bob/../ann" }));
    }
}
