
namespace Atelier.Jobs.Tests;

/// <summary>Databases and networks that fail for a while.</summary>
public sealed class OutageTests(Postgres postgres)
{
    [Fact]
    public async Task AKilledServer_LosesNoJob()
    {
        using Postgres server = new();
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, server);
        using WorkerProcess first = new(queue.Address), second = new(queue.Address);
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(300));
        Job[] running = [await queue.AddAsync(300), await queue.AddAsync(300)];
        foreach (Job job in running)
            await queue.WaitAsync(job, now => now.Progress > 0.1);

        List<Job> acknowledged = [];
        using CancellationTokenSource adds = new();
        Task adding = Task.Run(async () =>
        {
            while (!adds.IsCancellationRequested)
            {
                acknowledged.Add(await queue.AddAsync(2));
                await Task.Delay(500);
            }
        });
        await Task.Delay(1000);
        server.Kill();
        await Task.Delay(10_000);
        server.Start();
        await Task.Delay(1000);
        await adds.CancelAsync();
        await adding;

        foreach (Job job in running)
        {
            Assert.Equal(expected, await queue.ResultAsync(job));

            // A worker may be replaced once by mistake, but not again and again.
            Assert.InRange((await queue.Queue.FindAsync(job.Id, default)).Attempts, 1, 2);
        }

        Assert.True(acknowledged.Count >= 2);
        foreach (Job job in acknowledged)
        {
            await queue.ResultAsync(job);
            Assert.Equal(1, await queue.CountAsync(job, "done"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWorkerCutOff_IsReplaced_AndTakesPartAgain(bool isStalled)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using TcpProxy network = new(postgres.Port);
        string throughNetwork = queue.Address.Replace(
            $"Port={postgres.Port}", $"Port={network.Port}", StringComparison.Ordinal);
        using WorkerProcess far = new(throughNetwork);
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(250));
        Job job = await queue.AddAsync(250);
        Job begun = await queue.WaitAsync(job, now => now.Progress > 0.1);
        if (isStalled)
        {
            network.Stall();
        }
        else
        {
            network.Cut();
        }

        using (WorkerProcess near = new(queue.Address))
        {
            Assert.Equal(expected, await queue.ResultAsync(job));
            Assert.NotEqual(begun.Worker, (await queue.Queue.FindAsync(job.Id, default)).Worker);
        }

        network.Mend();
        Job next = await queue.AddAsync(2);
        await queue.ResultAsync(next);
        Assert.Equal(1, await queue.CountAsync(job, "done"));
    }
}
