namespace Atelier.Jobs.Tests;

/// <summary>Lists of jobs, chosen in all ways.</summary>
public sealed class ListTests(Postgres postgres)
{
    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task Jobs_AreFound_ByWhatTheyAre(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        Job first = await queue.AddAsync(owner: "ann"), second = await queue.AddAsync(owner: "bob", priority: 5),
            third = await queue.AddAsync(owner: "ann");
        await queue.Queue.CancelAsync(third, default);

        async Task<string[]> IdsAsync(JobFilter filter)
            => [.. (await queue.Queue.ListAsync(filter, default)).Select(job => job.Id)];
        Assert.Equal([third.Id, second.Id, first.Id], await IdsAsync(new JobFilter()));
        Assert.Equal([third.Id, first.Id], await IdsAsync(new JobFilter { Ids = [first.Id, third.Id] }));
        Assert.Equal([second.Id], await IdsAsync(new JobFilter { Ids = [second.Id], State = JobState.Queued }));
        Assert.Equal([third.Id, first.Id], await IdsAsync(new JobFilter { Owner = "ann" }));
        Assert.Equal([second.Id, first.Id], await IdsAsync(new JobFilter { State = JobState.Queued, IsInTurn = true }));
        Assert.Equal([second.Id, first.Id], await IdsAsync(new JobFilter { IsInTurn = true }));
        Assert.Equal([first.Id], await IdsAsync(new JobFilter { Before = second }));
    }
}
