using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Workshop;

namespace Atelier.Jobs.Tests;

/// <summary>Only the worker that began a job last can write to it.</summary>
public sealed class FenceTests(Postgres postgres)
{
    private static readonly BlobKey Key = new("ann", new string('a', 64));

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task LateWrites_AreRefused_ByTheFenceAlone(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Job job = await queue.AddAsync();
        Claim late = (await claims.BeginAsync(job.Id, "late", 5, default))!;
        Claim present = (await claims.BeginAsync(job.Id, "present", 5, default))!;

        Assert.False((await claims.BeatAsync(late, 0.9, "late", default)).IsMine);
        Assert.False(await claims.SaveCheckpointAsync(late, Key, default));
        Assert.False(await claims.SavePreviewAsync(late, Key, default));
        Assert.False(await claims.ReleaseAsync(late, isAttempt: false, default));
        Assert.False(await claims.FailAsync(late, new Failure(ErrorKind.Failed, "late", "late."), default));
        Assert.False(await claims.CompleteAsync(late, Key, default));
        Job now = await queue.Queue.FindAsync(job.Id, default);
        Assert.Equal((JobState.Running, "present", 0.0, null), (now.State, now.Worker, now.Progress, now.Preview));

        // Nothing else would have refused it.
        Assert.True(await claims.CompleteAsync(late with { Fence = present.Fence }, Key, default));
    }

    [Fact]
    public async Task AWorkerThatWasStopped_EndsItsJobWhenItGoesOn_AndTheOthersResultStays()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using WorkerProcess first = new(queue.Address);
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(250));
        Job job = await queue.AddAsync(250);
        await queue.WaitAsync(job, now => now.Progress > 0.2);
        first.Signal("STOP");
        string stopped = (await queue.Queue.FindAsync(job.Id, default)).Worker!;
        using WorkerProcess second = new(queue.Address);
        await queue.WaitAsync(job, now => now.Worker != stopped);
        first.Signal("CONT");
        await queue.WaitForIdleAsync(TimeSpan.FromSeconds(5), stopped);
        Assert.Equal(expected, await queue.ResultAsync(job));
        Job done = await queue.Queue.FindAsync(job.Id, default);
        Assert.Equal((2, false), (done.Attempts, done.Worker == stopped));
        Assert.Equal(1, await queue.CountAsync(job, "done"));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AJobThatIsDeliveredTwice_IsCompletedOnce_WithTheSameBytes(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        await using Worker worker = await queue.StartWorkerAsync(options => options with { Slots = 2 });
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(60));
        Job job = await queue.AddAsync(60);
        await Task.WhenAll(worker.RunAsync(job.Id), worker.RunAsync(job.Id));
        Assert.Equal(expected, await queue.ResultAsync(job));
        Assert.Equal(1, await queue.CountAsync(job, "done"));
        Assert.InRange((await queue.Queue.FindAsync(job.Id, default)).Attempts, 2, 3);
    }
}
