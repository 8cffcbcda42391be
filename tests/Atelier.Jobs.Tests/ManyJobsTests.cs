using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>Many jobs, workers and owners.</summary>
public sealed class ManyJobsTests(Postgres postgres)
{
    [Fact]
    public async Task TwoHundredJobs_RunOnceEach_OnThreeWorkers()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        NewJob stored = await queue.StoreAsync(1);
        NewJob[] jobs =
            [.. Enumerable.Range(0, 200).Select(_ => new NewJob(stored.Specification, "ann", stored.Inputs))];
        await queue.Queue.AddAsync(jobs, default);
        await using Worker first = await queue.StartWorkerAsync(Fast), second = await queue.StartWorkerAsync(Fast),
            third = await queue.StartWorkerAsync(Fast);
        Job[] done = await queue.WaitForAllAsync(jobs.Length);
        Assert.All(done, job => Assert.Equal((JobState.Done, 1), (job.State, job.Attempts)));
        Assert.Equal(3, done.Select(job => job.Worker).Distinct().Count());
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task Owners_TakeTurns(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        NewJob stored = await queue.StoreAsync(1), other = await queue.StoreAsync(1, "bob");
        await queue.Queue.AddAsync(
            [.. Enumerable.Range(0, 12).Select(_ => new NewJob(stored.Specification, "ann", stored.Inputs))], default);
        await queue.Queue.AddAsync(
            [.. Enumerable.Range(0, 3).Select(_ => new NewJob(other.Specification, "bob", other.Inputs))], default);
        await using Worker worker = await queue.StartWorkerAsync(Fast);
        Job[] done = await queue.WaitForAllAsync(15);
        string[] owners = [.. done.OrderBy(job => job.Started).Select(job => job.Owner)];
        Assert.Equal(3, owners.Take(8).Count(owner => owner == "bob"));
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task FinishedJobs_AreNotRead_ToListOrFeedOthers(QueueKind kind)
    {
        const int Count = 100_000;
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        Job job = await queue.AddAsync();
        await queue.FillAsync(Count);
        JobFilter[] filters =
        [
            new(), new() { Owner = "ann" }, new() { State = JobState.Failed }, new() { Before = job },
            new() { Owner = "owner7", State = JobState.Failed }, new() { Group = "none" },
            new() { Group = "none", State = JobState.Done, Owner = "owner7" }, new() { Ids = [job.Id], Count = 1 },
            new() { State = JobState.Queued, IsInTurn = true, Count = JobFilter.MaxCount }, new() { IsInTurn = true },
            new() { State = JobState.Done, Before = job }, new() { Owner = "owner7", Before = job },
        ];
        foreach (JobFilter filter in filters)
        {
            Assert.True((await queue.Queue.ListAsync(filter, default)).Count <= filter.Count);
            await queue.RequireIndexAsync(JobTable.ListSql(filter), JobTable.Parameters(filter), filter switch
            {
                { Group: not null } => "(batch=?",
                { Owner: not null, State: not null } => "(owner=? AND state=?",
                { Ids: not null } => "(id=?",
                _ => "",
            });
        }

        await queue.RequireIndexAsync(
            RetentionTable.OldJobsSql, RetentionTable.OldJobsParameters(TimeSpan.FromDays(30)), "(ended<?)");
        await queue.RequireIndexAsync(
            FeedTable.TakeSql, new { slots = 3, most = 3, patience = 20_000L }, "atelier_jobs_served");
        Assert.Equal(job.Id, Assert.Single(await new FeedTable(queue.Queue.Database).TakeAsync(3, 3, default)).Id);
    }

    private static WorkerOptions Fast(WorkerOptions options) => options with
    {
        Context = new() { CreatePainter = _ => new FastPainter() },
    };
}
