using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Testing;
using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>What is removed, and what stays.</summary>
public sealed class RetentionTests(Postgres postgres)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task OldJobs_GoWithTheirLogsAndBlobs(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Job old = await queue.AddAsync(seed: 1), young = await queue.AddAsync(seed: 2),
            open = await queue.AddAsync(seed: 3);
        BlobKey[] outputs = [await queue.PutAsync("ann", "old"), await queue.PutAsync("ann", "young")];
        foreach ((Job job, BlobKey output) in new[] { old, young }.Zip(outputs))
            Assert.True(
                await claims.CompleteAsync((await claims.BeginAsync(job.Id, "w", 5, default))!, output, default));
        BlobKey checkpoint = await queue.PutAsync(BlobKey.OwnerOf(open.Id), "checkpoint"),
            left = await queue.PutAsync(BlobKey.OwnerOf(young.Id), "left behind"),
            arriving = await queue.PutAsync("ann", "its job is about to be added"),
                orphan = await queue.PutAsync("ann", "nobody's");
        IReadOnlyList<BlobKey> inputs = (await queue.StoreAsync(4)).Inputs;
        await queue.MakeBlobsOldAsync();
        await queue.PutAsync("ann", "its job is about to be added");
        await queue.Queue.Database.RunAsync((connection, transaction) => connection.ExecuteAsync(
            "update atelier_jobs set ended = ended - @month where id = @Id",
            new { old.Id, month = (long)TimeSpan.FromDays(31).TotalMilliseconds }, transaction), default);

        await new Retention(queue.Queue, Age).RunAsync(default);
        Assert.Equal([open.Id, young.Id],
            (await queue.Queue.ListAsync(new JobFilter(), default)).Select(job => job.Id));
        Assert.Empty(await queue.Queue.LogAsync(old, default));
        Assert.NotEmpty(await queue.Queue.LogAsync(young, default));
        foreach (BlobKey gone in (BlobKey[])[outputs[0], left, orphan])
            await Assert.ThrowsAsync<FileNotFoundException>(() => queue.BytesAsync(gone));
        foreach (BlobKey kept in (BlobKey[])[outputs[1], checkpoint, arriving, .. inputs])
            Assert.NotEmpty(await queue.BytesAsync(kept));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task OneWorker_TidiesUpInAnHour(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        RetentionTable table = new(queue.Queue.Database);
        bool[] turns = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => table.TakeTurnAsync(Age, default)));
        Assert.Single(turns, turn => turn);
        Assert.False(await table.TakeTurnAsync(Age, default));
        Assert.True(await table.TakeTurnAsync(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task ChunksOfAKilledWriter_AreRemoved_ThoseOfAnotherStay()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        BlobKey kept = await queue.PutAsync("ann", "kept");
        await queue.Queue.Database.RunAsync((connection, transaction) => connection.ExecuteAsync(
            """
            update atelier_chunks set stored = 0;
            update atelier_blobs set stored = extract(epoch from now()) * 1000;
            insert into atelier_chunks (chunks, number, bytes, stored) values ('killed', 0, '', 0), ('slow', 0, '', 0),
              ('slow', 1, '', extract(epoch from now()) * 1000);
            """, transaction: transaction), default);
        await new Retention(queue.Queue, Age).RunAsync(default);
        Assert.Equal(["slow", "slow"], await queue.Queue.Database.RunAsync((connection, transaction) =>
            connection.QueryAsync<string>(
                "select chunks from atelier_chunks where length(chunks) < 10", transaction: transaction), default));
        Assert.NotEmpty(await queue.BytesAsync(kept));
    }

    [Fact]
    public async Task ABlobOfNobody_IsRemoved_HoweverManyAreKept()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        await queue.Queue.Database.RunAsync((connection, transaction) => connection.ExecuteAsync(
            """
            insert into atelier_blobs (owner, sha256, chunks, stored)
              select 'ann', n, n, 0 from generate_series(1001, 2700) as n;
            insert into atelier_job_blobs (job, owner, sha256)
              select 'job', owner, sha256 from atelier_blobs where sha256 not in ('1001', '1999', '2700')
            """, transaction: transaction), default);
        await new Retention(queue.Queue, Age).RunAsync(default);
        Assert.Equal((1697, 0), await queue.Queue.Database.RunAsync((connection, transaction) =>
            connection.QuerySingleAsync<(int, int)>(
                """
                select count(*), count(*) filter (where sha256 in ('1001', '1999', '2700')) from atelier_blobs
                """, transaction: transaction), default));
    }

    [Fact]
    public void ScratchOfAKilledWorker_IsRemoved_ThatOfALivingOneStays()
    {
        using TemporaryFolder parent = new();
        string killed = parent.PathOf("atelier-worker-killed");
        Directory.CreateDirectory(Path.Combine(killed, "job"));
        File.WriteAllText(killed + ".lock", "");
        using ScratchFolder living = new(parent.Path);
        using ScratchFolder next = new(parent.Path);
        Assert.False(Directory.Exists(killed) || File.Exists(killed + ".lock"));
        Assert.True(Directory.Exists(living.Path) && Directory.Exists(next.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    File.GetUnixFileMode(next.Path));
        }

        living.Dispose();
        Assert.False(Directory.Exists(living.Path));
    }
}
