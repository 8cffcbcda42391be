using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Npgsql;

namespace Atelier.Jobs.Tests;

/// <summary>Workers and followers learn of changes, and look for themselves while they do not.</summary>
public sealed class NewsTests(Postgres postgres)
{
    private static readonly BlobKey Key = new("ann", new string('a', 64));

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task WorkerThatNeverLooks_BeginsWhatIsAdded_Resumed_AndRetried(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        await using Worker worker =
            await queue.StartWorkerAsync(options => options with { LookInterval = TimeSpan.FromDays(1) });

        await queue.ResultAsync(await queue.AddAsync(3));
        Job first = await queue.AddAsync(100_000), second = await queue.AddAsync(3);
        await queue.WaitAsync(first, now => now.State == JobState.Running);
        await queue.Queue.PauseAsync(second, default);
        await queue.Queue.CancelAsync(first, default);
        await queue.WaitForIdleAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(JobState.Paused, (await queue.Queue.FindAsync(second.Id, default)).State);

        await queue.Queue.ResumeAsync(second, default);
        await queue.ResultAsync(second);
        await queue.Queue.PauseAsync(first, default);
        await queue.Queue.RetryAsync(first, default);
        await queue.WaitAsync(first, now => now.State == JobState.Running);
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task EveryChange_IsTold_InItsOrder(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        using HeardNews heard = await HeardNews.ListenAsync(queue.Queue);

        Job job = await queue.AddAsync();
        Claim claim = (await claims.BeginAsync(job.Id, "worker", 5, default))!;
        await claims.BeatAsync(claim, 0.5, null, default);
        await claims.SavePreviewAsync(claim, Key, default);
        await claims.ReleaseAsync(claim, isAttempt: false, default);
        claim = (await claims.BeginAsync(job.Id, "worker", 5, default))!;
        await claims.CompleteAsync(claim, Key, default);

        JobNews[] expected =
        [
            new(JobNewsKind.Queued, job.Id), new(JobNewsKind.Changed, job.Id), new(JobNewsKind.Progressed, job.Id),
            new(JobNewsKind.Previewed, job.Id) { Preview = Key }, new(JobNewsKind.Queued, job.Id),
            new(JobNewsKind.Changed, job.Id), new(JobNewsKind.Changed, job.Id),
        ];
        await HeardNews.UntilAsync(() => heard.All.Count >= expected.Length);
        Assert.Equal(expected, heard.All);
    }

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task RefusedOrUndoneChanges_AreNotTold(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Job job = await queue.AddAsync();
        Claim late = (await claims.BeginAsync(job.Id, "late", 5, default))!;
        await claims.BeginAsync(job.Id, "present", 5, default);
        using HeardNews heard = await HeardNews.ListenAsync(queue.Queue);

        await claims.SavePreviewAsync(late, Key, default);
        await claims.CompleteAsync(late, Key, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.Queue.Database.RunAsync<int>(
            (_, transaction) =>
            {
                queue.Queue.Database.Tell(transaction, new JobNews(JobNewsKind.Queued, "undone"));
                throw new InvalidOperationException();
            }, default));
        await queue.Queue.CancelAsync(job, default);

        JobNews last = new(JobNewsKind.Changed, job.Id);
        await heard.UntilAsync(last);
        Assert.Equal(last, Assert.Single(heard.All));
    }

    [Fact]
    public async Task ListenerIsCutOff_TheWorkerLooksForItself_AndListensAgain()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using TcpProxy network = new(postgres.Port);
        await using TestQueue far = await TestQueue.OpenAsync(Through(network, queue));
        await using Worker worker = await far.StartWorkerAsync();
        using HeardNews heard = await HeardNews.ListenAsync(far.Queue);
        await queue.ResultAsync(await queue.AddAsync(3));

        network.Refuse();
        await postgres.ExecuteAsync("postgres",
            $"""
            select pg_terminate_backend(pid) from pg_stat_activity
            where query = 'listen {NewsListener.Channel}'
              and datname = '{new NpgsqlConnectionStringBuilder(queue.Address).Database}'
            """);
        await HeardNews.UntilAsync(() => !far.Queue.News.AreComplete);
        await queue.ResultAsync(await queue.AddAsync(3));
        Assert.False(far.Queue.News.AreComplete);

        network.Mend();
        await HeardNews.UntilAsync(() => far.Queue.News.AreComplete);
        Job next = await queue.AddAsync(3);
        await heard.UntilAsync(new JobNews(JobNewsKind.Queued, next.Id));
        await queue.ResultAsync(next);
    }

    [Fact]
    public async Task NetworkThatCarriesNothing_IsNoticed()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using TcpProxy network = new(postgres.Port);
        await using TestQueue far = await TestQueue.OpenAsync(Through(network, queue));
        using HeardNews heard = await HeardNews.ListenAsync(far.Queue);

        network.Stall();
        await HeardNews.UntilAsync(() => !far.Queue.News.AreComplete);

        network.Mend();
        await HeardNews.UntilAsync(() => far.Queue.News.AreComplete);
        await heard.UntilAsync(new JobNews(JobNewsKind.Queued, (await queue.AddAsync()).Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Queued")]
    [InlineData("Queued ")]
    [InlineData("17 id")]
    [InlineData("Eaten id")]
    [InlineData("Previewed id ann/x y")]
    public void WhateverElseIsSaid_IsNoNews(string payload) => Assert.Null(JobNews.TryParse(payload));

    [Fact]
    public void News_AreReadAsTheyWereWritten()
    {
        foreach (JobNews news in (JobNews[])
            [new(JobNewsKind.Queued, "id"), new(JobNewsKind.Previewed, "id") { Preview = Key }])
            Assert.Equal(news, JobNews.TryParse(news.ToPayload()));
    }

    private string Through(TcpProxy network, TestQueue queue)
        => queue.Address.Replace($"Port={postgres.Port}", $"Port={network.Port}", StringComparison.Ordinal);
}
