using System.Net;
using Atelier.Jobs.Storage;
using Npgsql;

namespace Atelier.Jobs.Tests;

/// <summary>The password of a queue is shown nowhere.</summary>
public sealed class SecretTests(Postgres postgres)
{
    private const string Secret = "sesame-7391";

    [Fact]
    public async Task AWorker_ShowsItNowhere_AndItsHealthPageTellsWhetherTheQueueAnswers()
    {
        string database = await CreateDatabaseAsync();
        using TcpProxy network = new(postgres.Port);
        string Address(int port) => postgres.ConnectionTo(database, database, port) + $";Password={Secret}";
        await using TestQueue queue = await TestQueue.OpenAsync(Address(postgres.Port));
        int port = Postgres.FreePort();
        Uri page = new($"http://127.0.0.1:{port}/");
        using HttpClient client = new();
        using WorkerProcess worker = new(Address(network.Port), "--health", $"{port}");
        Job job = await queue.AddAsync();
        await queue.ResultAsync(job);

        // A job is over a moment before its slot is free.
        List<string> shown = [await AskAsync(client, page, HttpStatusCode.OK, "0 running")];
        using HttpResponseMessage missing = await client.GetAsync(page);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        network.Stall();
        shown.Add(await AskAsync(client, page, HttpStatusCode.ServiceUnavailable));
        Assert.StartsWith("no answer of the queue for ", shown[1], StringComparison.Ordinal);
        network.Cut();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!worker.Errors.Any(line => line.Contains("cannot be reached", StringComparison.Ordinal)))
            await Task.Delay(100, patience.Token);
        network.Mend();
        shown.Add(await AskAsync(client, page, HttpStatusCode.OK));

        if (OperatingSystem.IsLinux())
        {
            shown.Add(await File.ReadAllTextAsync($"/proc/{worker.Id}/cmdline"));
            Assert.Contains("--health", shown[^1], StringComparison.Ordinal);
        }

        shown.Add(await missing.Content.ReadAsStringAsync());
        shown.AddRange([.. worker.Errors, .. worker.Lines]);
        shown.AddRange((await queue.Queue.WorkersAsync(default)).Select(each => $"{each}"));
        shown.AddRange((await queue.Queue.LogAsync(job, default)).Select(line => $"{line}"));
        shown.Add($"{await queue.Queue.FindAsync(job.Id, default)} {queue.Queue.Address}");
        Assert.DoesNotContain(shown, text => text.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Password=" + Secret + "x", "PGPASSWORD")]
    [InlineData("", "needs a password")]
    [InlineData("Host=nowhere.invalid;Password=" + Secret, "nowhere.invalid")]
    [InlineData("Port=1;Password=" + Secret, ":1/")]
    [InlineData("Database=nothing;Password=" + Secret, "nothing")]
    [InlineData("SSL Mode=Require;Password=" + Secret, "SSL")]
    [InlineData("Username=nobody;Password=" + Secret, "PGPASSWORD")]
    [InlineData("Timeout=1;Host=192.0.2.1;Password=" + Secret, "192.0.2.1")]
    public async Task ADatabaseThatCannotBeUsed_IsNamedWithoutIt(string change, string named)
    {
        string database = await CreateDatabaseAsync();
        QueueAddress address = QueueAddress.Parse(postgres.ConnectionTo(database, database) + ";" + change);
        await using QueueDatabase queue = new(address, TimeSpan.Zero, TimeProvider.System);

        Exception error = await Assert.ThrowsAnyAsync<Exception>(
            () => queue.RunAsync((_, _) => Task.FromResult(0), default));

        CodedException told = Assert.IsType<CodedException>(QueueFault.Of(address, error));
        Assert.Contains(named, $"{told.Message} {told.Remedy}", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{told} {told.Remedy} {error}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Nonsense=1;Password=" + Secret), InlineData("Host=db;Port=many;Password=" + Secret)]
    [InlineData("Host=db;SSL Mode=Sideways;Password=" + Secret), InlineData("Password=" + Secret)]
    [InlineData("Host=db;Password=\"" + Secret), InlineData("Host=db;Password=" + Secret + ";=")]
    [InlineData("postgresql://u:" + Secret + "@db:99999/a"), InlineData("postgres://u:" + Secret + "@/a")]
    [InlineData("postgresql://u:" + Secret + "@:bad")]
    public void AnAddressThatCannotBeRead_IsRefusedWithoutIt(string address)
    {
        CodedException error = Assert.Throws<CodedException>(() => QueueAddress.Parse(address));

        Assert.DoesNotContain(Secret, $"{error} {error.Remedy}", StringComparison.Ordinal);
    }

    /// <summary>Creates a database, and a role of the same name that needs the password.</summary>
    private async Task<string> CreateDatabaseAsync()
    {
        string name = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()).Database!;
        await postgres.ExecuteAsync(name,
            $$"""
            do $body$ begin create role {{Postgres.WithPassword}};
            exception when duplicate_object or unique_violation then null; end $body$;
            create role {{name}} login password '{{Secret}}' in role {{Postgres.WithPassword}};
            alter database {{name}} owner to {{name}};
            """);
        return name;
    }

    /// <summary>Asks until the answer is as expected, and returns what it says.</summary>
    private static async Task<string> AskAsync(
        HttpClient client, Uri page, HttpStatusCode expected, string part = "")
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(page, "health"), patience.Token);
            string text = await answer.Content.ReadAsStringAsync(patience.Token);
            if (answer.StatusCode == expected && text.Contains(part, StringComparison.Ordinal))
            {
                return text;
            }

            await Task.Delay(200, patience.Token);
        }
    }
}
