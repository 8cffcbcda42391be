using Atelier.Jobs.Workers;
using Npgsql;

namespace Atelier.Jobs.Tests;

/// <summary>The roles of <c>roles.sql</c> are enough, and no more than that.</summary>
public sealed class RolesTests(Postgres postgres)
{
    [Fact]
    public async Task WorkersAndClients_NeedNoRightToCreateAnything()
    {
        string owner = await postgres.CreateDatabaseAsync();
        string database = new NpgsqlConnectionStringBuilder(owner).Database!;
        await postgres.ExecuteAsync("postgres", $"create role {database}_owner login createrole");
        await postgres.ExecuteAsync("postgres", $"alter database {database} owner to {database}_owner");
        string address = postgres.ConnectionTo(database, $"{database}_owner");
        await JobQueue.SetUpAsync(QueueAddress.Parse(address), grantsRights: false, default);
        await JobQueue.SetUpAsync(QueueAddress.Parse(address), grantsRights: true, default);
        await JobQueue.SetUpAsync(QueueAddress.Parse(address), grantsRights: true, default);
        await postgres.ExecuteAsync(database, $"create role {database}_worker login in role atelier_worker");
        await postgres.ExecuteAsync(database, $"create role {database}_client login in role atelier_client");

        await using TestQueue client = await TestQueue.OpenAsync(postgres.ConnectionTo(database, $"{database}_client"));
        await using TestQueue painter =
            await TestQueue.OpenAsync(postgres.ConnectionTo(database, $"{database}_worker"));
        await using Worker worker = await painter.StartWorkerAsync();
        using HeardNews heard = await HeardNews.ListenAsync(client.Queue);
        Job job = await client.AddAsync(10), canceled = await client.AddAsync(10, priority: -1);
        Assert.True(await client.Queue.CancelAsync(canceled, default));
        Assert.NotEmpty(await client.ResultAsync(job));
        Assert.True(await client.Queue.RetryAsync(canceled, default));
        Assert.NotEmpty(await client.ResultAsync(canceled));
        Assert.Single(await client.Queue.WorkersAsync(default));
        await heard.UntilAsync(new JobNews(JobNewsKind.Queued, job.Id));
        await heard.UntilAsync(new JobNews(JobNewsKind.Changed, job.Id));
        await new Retention(painter.Queue, TimeSpan.FromDays(30)).RunAsync(default);

        foreach (string forbidden in (string[])
            [
                "delete from atelier_jobs", "update atelier_jobs set specification = ''", "select * from qrtz_triggers",
                "update atelier_job_log set line = ''", "create table mine (id text)",
            ])
        {
            await using NpgsqlConnection connection = new(client.Address);
            await connection.OpenAsync();
            await using NpgsqlCommand command = new(forbidden, connection);
            Assert.Equal("42501",
                (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARoleWithoutRights_IsToldWhoMustGiveThem(bool isSetUp)
    {
        string owner = await postgres.CreateDatabaseAsync();
        string database = new NpgsqlConnectionStringBuilder(owner).Database!;
        await postgres.ExecuteAsync(database, $"create role {database}_stranger login");
        if (isSetUp)
        {
            await JobQueue.SetUpAsync(QueueAddress.Parse(owner), grantsRights: true, default);
        }

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => JobQueue.OpenAsync(
            QueueAddress.Parse(postgres.ConnectionTo(database, $"{database}_stranger")), default));
        Assert.Equal("queue.rights", error.Code);
        Assert.Contains("'atelier jobs setup --roles'", error.Remedy, StringComparison.Ordinal);
    }
}
