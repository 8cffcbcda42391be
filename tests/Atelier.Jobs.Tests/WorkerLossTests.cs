using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>Workers that are killed in the middle of a job.</summary>
public sealed class WorkerLossTests(Postgres postgres)
{
    private const int Iterations = 100, Pace = 40;

    [Fact]
    public async Task AKilledWorkerOfAFolder_IsReplacedByTheNext_AndTheResultIsTheSame()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Job expected = await queue.AddAsync(Iterations);
        using WorkerProcess first = WorkerProcess.Tireless(queue.Address, pace: Pace);
        byte[] bytes = await queue.ResultAsync(expected);
        Job job = await queue.AddAsync(Iterations);
        await queue.WaitForCheckpointAsync(job);
        first.Kill();
        using WorkerProcess second = WorkerProcess.Tireless(queue.Address, pace: Pace);
        Assert.Equal(bytes, await queue.ResultAsync(job));
        Assert.Equal(2, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
        Assert.Equal(1, await queue.CountAsync(job, "begun, from its last checkpoint"));
    }

    [Theory]
    [InlineData(QueueKind.Folder, nameof(JobStep.Stored), 2)]
    [InlineData(QueueKind.Postgres, nameof(JobStep.Stored), 2)]
    [InlineData(QueueKind.Folder, nameof(JobStep.Completed), 1)]
    [InlineData(QueueKind.Postgres, nameof(JobStep.Completed), 1)]
    public async Task AWorkerKilledWhileItCompletes_LeavesOneResult(QueueKind kind, string stepName, int attempts)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        JobStep step = Enum.Parse<JobStep>(stepName);
        Job job = await queue.AddAsync(20);
        using (WorkerProcess dying = WorkerProcess.Tireless(queue.Address, step))
        {
            Assert.True(dying.WaitForExit(TimeSpan.FromSeconds(180)));
        }

        Assert.Equal(step == JobStep.Completed ? JobState.Done : JobState.Running,
            (await queue.Queue.FindAsync(job.Id, default)).State);
        await using Worker next = await queue.StartWorkerAsync();
        byte[] result = await queue.ResultAsync(job);

        // Another job runs after whatever the scheduler still had.
        Job last = await queue.AddAsync(20, priority: -1);
        Assert.Equal(result, await queue.ResultAsync(last));
        Assert.Equal((attempts, 1),
            ((await queue.Queue.FindAsync(job.Id, default)).Attempts, await queue.CountAsync(job, "done")));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AJobThatKillsItsWorkers_FailsByName_AndOthersGoOn(QueueKind kind)
    {
        const int Attempts = 2;
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Job deadly = await queue.AddAsync(20, name: "deadly.png"), other = await queue.AddAsync(20);
        for (int i = 0; i < Attempts; i++)
            Assert.NotNull(await claims.BeginAsync(deadly.Id, "lost", Attempts, default));
        await using Worker worker = await queue.StartWorkerAsync(options => options with { MaxAttempts = Attempts });
        await worker.RunAsync(deadly.Id);
        Job failed = await queue.Queue.FindAsync(deadly.Id, default);
        Assert.Equal((JobState.Failed, "job.attempts"), (failed.State, failed.Failure!.Code));
        Assert.Contains("'deadly.png'", failed.Failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await queue.ResultAsync(other));
        Assert.True(await queue.Queue.RetryAsync(deadly, default));
        Assert.NotEmpty(await queue.ResultAsync(deadly));
    }
}
