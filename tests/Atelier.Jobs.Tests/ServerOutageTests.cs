using System.Collections.Concurrent;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>A database server that fails for a while.</summary>
public sealed class ServerOutageTests
{
    [Fact]
    public async Task AServerKilledForHalfAMinute_LosesNoJob_AndReplacesNobodyForLong()
    {
        const int Pace = 100, Long = 350, Short = 150;
        using Postgres server = new();
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, server);
        byte[] expectedOfLong, expectedOfShort;
        await using (Worker fast = await queue.StartWorkerAsync())
        {
            expectedOfLong = await queue.ResultAsync(await queue.AddAsync(Long));
            expectedOfShort = await queue.ResultAsync(await queue.AddAsync(Short));
        }

        // The one ends while the server does not answer, the other later.
        using WorkerProcess first = WorkerProcess.Tireless(queue.Address, pace: Pace),
            second = WorkerProcess.Tireless(queue.Address, pace: Pace);
        Job longer = await queue.AddAsync(Long), shorter = await queue.AddAsync(Short);
        foreach (Job job in (Job[])[longer, shorter])
            await queue.WaitAsync(job, now => now.Progress > 0);

        NewJob stored = await queue.StoreAsync(2);
        ConcurrentBag<string> acknowledged = [];
        using CancellationTokenSource adds = new();
        async Task AddAsync()
        {
            while (!adds.IsCancellationRequested)
            {
                NewJob job = new(stored.Specification, stored.Owner, stored.Inputs);
                await queue.Queue.AddAsync([job], default);
                acknowledged.Add(job.Id);
                await Task.Delay(200);
            }
        }

        Task adding = Task.WhenAll(AddAsync(), AddAsync());
        await Task.Delay(500);
        await server.KillWhileWaitingAsync(queue.Address, "atelier_jobs", "insert into atelier_jobs");
        int before = acknowledged.Count;
        await Task.Delay(TimeSpan.FromSeconds(30));
        Assert.Equal(before, acknowledged.Count);
        server.Start();
        await Task.Delay(1000);
        await adds.CancelAsync();
        await adding;
        Assert.InRange(before, 1, acknowledged.Count - 2);

        Assert.Equal(expectedOfLong, await queue.ResultAsync(longer));
        Assert.Equal(expectedOfShort, await queue.ResultAsync(shorter));
        foreach (string id in (string[])[longer.Id, shorter.Id, .. acknowledged])
        {
            Job job = await queue.Queue.FindAsync(id, default);
            await queue.ResultAsync(job);
            Assert.Equal(1, await queue.CountAsync(job, "done"));

            // A worker may be replaced once by mistake, but not again and again.
            Assert.InRange((await queue.Queue.FindAsync(id, default)).Attempts, 1, 2);
        }

        // Both work again, and neither takes the other for lost.
        Job[] next = [await queue.AddAsync(30), await queue.AddAsync(30)];
        foreach (Job job in next)
            await queue.ResultAsync(job);
        next = await Task.WhenAll(next.Select(job => queue.Queue.FindAsync(job.Id, default)));
        Assert.Equal([1, 1], next.Select(job => job.Attempts));
        Assert.Equal(2, next.Select(job => job.Worker).Distinct().Count());
    }
}
