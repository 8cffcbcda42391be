namespace Atelier.Jobs.Tests;

/// <summary>Networks that fail for a while.</summary>
public sealed class NetworkOutageTests(Postgres postgres)
{
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
