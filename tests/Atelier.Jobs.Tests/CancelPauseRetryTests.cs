using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>What people do to jobs while others run them.</summary>
public sealed class CancelPauseRetryTests(Postgres postgres)
{
    private const int Long = 100_000;

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task ACanceledJob_IsNotRun_OrStopsWhereverItRuns_AndCanBeRunAgain(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        Job queued = await queue.AddAsync(4), running = await queue.AddAsync(Long, priority: 1);
        Assert.True(await queue.Queue.CancelAsync(queued, default));
        using WorkerProcess worker = new(queue.Address);
        await queue.WaitAsync(running, now => now.Progress > 0);
        Assert.True(await queue.Queue.CancelAsync(running, default));
        Assert.False(await queue.Queue.CancelAsync(running, default));
        await queue.WaitForIdleAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await queue.Queue.FindAsync(queued.Id, default)).Attempts);
        Assert.Equal(JobState.Canceled, (await queue.Queue.FindAsync(running.Id, default)).State);
        Assert.True(await queue.Queue.RetryAsync(queued, default));
        Assert.NotEmpty(await queue.ResultAsync(queued));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task Cancel_AndComplete_ExcludeEachOther(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        for (int i = 0; i < 10; i++)
        {
            Job job = await queue.AddAsync();
            Claim claim = (await claims.BeginAsync(job.Id, "w", 5, default))!;
            bool[] won = await Task.WhenAll(
                queue.Queue.CancelAsync(job, default),
                    claims.CompleteAsync(claim, new("ann", new string('a', 64)), default));
            Job now = await queue.Queue.FindAsync(job.Id, default);
            Assert.Equal((won[0], won[1]), (now.State == JobState.Canceled, now.State == JobState.Done));
            Assert.NotEqual(won[0], won[1]);
        }
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task APausedJob_WaitsUntilItIsResumed_AndTheResultIsTheSame(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        await using Worker worker = await queue.StartWorkerAsync(options => TestQueue.Slow(options, pace: 20));
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(150));
        Job job = await queue.AddAsync(150);
        Job other = await queue.AddAsync(4, priority: -1);
        await queue.WaitAsync(job, now => now.Progress > 0.1);
        Assert.True(await queue.Queue.PauseAsync(job, default));
        Job paused = await queue.WaitAsync(job, now => now.State == JobState.Paused);
        Assert.InRange(paused.Progress, 0.1, 0.99);
        await queue.ResultAsync(other);
        Assert.Equal(JobState.Paused, (await queue.Queue.FindAsync(job.Id, default)).State);
        Assert.True(await queue.Queue.ResumeAsync(job, default));
        Assert.Equal(expected, await queue.ResultAsync(job));
        Assert.Equal(1, await queue.CountAsync(job, "begun, from its last checkpoint"));
        Assert.Equal(1, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AWishToPause_OutlivesTheWorker_AndCanBeTakenBack(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Job job = await queue.AddAsync();
        Assert.NotNull(await claims.BeginAsync(job.Id, "killed", 5, default));
        Assert.True(await queue.Queue.PauseAsync(job, default));
        Claim second = (await claims.BeginAsync(job.Id, "next", 5, default))!;
        Assert.True((await claims.BeatAsync(second, 0, null, default)).Pauses);
        Assert.True(await queue.Queue.ResumeAsync(job, default));
        Assert.True(await claims.ReleaseAsync(second, isAttempt: false, default));
        Assert.Equal(JobState.Queued, (await queue.Queue.FindAsync(job.Id, default)).State);
    }
}
