using Atelier.Testing;

namespace Atelier.Jobs.Tests;

/// <summary>Workers that are killed in the middle of a job.</summary>
public sealed class WorkerLossTests(Postgres postgres) : IClassFixture<Postgres>
{
    private const int Iterations = 900;

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AKilledWorker_IsReplaced_AndTheResultIsTheSame(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        Job expected = await queue.AddAsync(Iterations);
        using WorkerProcess first = new(queue.Address);
        byte[] bytes = await queue.ResultAsync(expected);
        Job job = await queue.AddAsync(Iterations);
        await queue.WaitAsync(job, now => now.Progress > 0.3);
        first.Kill();
        using WorkerProcess second = new(queue.Address);
        Assert.Equal(bytes, await queue.ResultAsync(job));
        Assert.Equal(2, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
        Assert.Contains(await queue.Queue.LogAsync(job, default), line => line.Text.Contains("checkpoint", StringComparison.Ordinal));
    }
}
