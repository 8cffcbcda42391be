using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>Clocks that differ, and processors that are busy: nobody is taken for lost by mistake.</summary>
public sealed class ClockTests(Postgres postgres)
{
    [Fact]
    public async Task ClocksWithinTheThreshold_ReplaceNobody()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        await using Worker late = await queue.StartWorkerAsync(options => Skewed(options, -1)),
            early = await queue.StartWorkerAsync(options => Skewed(options, 1));
        Job[] jobs = [await queue.AddAsync(100), await queue.AddAsync(100)];
        foreach (Job job in jobs)
        {
            await queue.ResultAsync(job);
            Assert.Equal(1, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
        }
    }

    [Fact]
    public async Task AStarvedWorker_IsNotReplaced()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using WorkerProcess starved = new(queue.Address, "--check-in", "3");
        Job job = await queue.AddAsync(300);
        await queue.WaitAsync(job, now => now.Progress > 0.05);
        using WorkerProcess other = new(queue.Address, "--check-in", "3");
        while ((await queue.Queue.WorkersAsync(default)).Count < 2)
            await Task.Delay(50);
        for (int i = 0; i < 4; i++)
        {
            starved.Signal("STOP");
            await Task.Delay(2000);
            starved.Signal("CONT");
            await Task.Delay(500);
        }

        await queue.ResultAsync(job);
        Assert.Equal(1, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
    }

    private static WorkerOptions Skewed(WorkerOptions options, int sign) => TestQueue.Slow(options, pace: 100) with
    {
        CheckInInterval = TimeSpan.FromSeconds(3),
        Clock = new SkewedClock(sign * TimeSpan.FromSeconds(2)),
    };

    private sealed class SkewedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
