using Atelier.Jobs;

namespace Atelier.Benchmarks;

/// <summary>How long a painting stands still after a fault, until it goes on from its checkpoint.</summary>
internal static class JobsRecovery
{
    private const int Rounds = 4, Side = 256, Iterations = 100_000;

    internal static async Task RunAsync(PostgresServer? server)
    {
        MarkdownTable table = new("fault, and what ends the time", "s, least and most");
        await AddAsync(table, async _ =>
        {
            double seconds = await LoseEmbeddedAsync();
            return [seconds];
        }, "folder: `kill -9` of the worker; from its next start until the job goes on");
        if (server is null)
        {
            return;
        }

        foreach (int checkIn in (int[])[5, 1])
        {
            await AddAsync(table, async round => [await LoseAsync(server, checkIn, round)],
                $"`kill -9` of a worker; another goes on, `--check-in {checkIn}`");
        }

        await AddAsync(table, async _ => await DrainAsync(server),
            "SIGTERM to a worker; the job is given back", "the same; another goes on",
            "the same; the process has ended");
        await AddAsync(table, async _ => await RestartAsync(server),
            "`kill -9` of PostgreSQL and start; it answers again", "from there; the job goes on reporting");
    }

    private static async Task AddAsync(MarkdownTable table, Func<int, Task<double[]>> measure, params string[] names)
    {
        List<double[]> rounds = [];
        for (int round = 0; round < Rounds; round++)
            rounds.Add(await measure(round));
        for (int i = 0; i < names.Length; i++)
            table.Add(names[i], $"{rounds.Min(round => round[i]):F1}, {rounds.Max(round => round[i]):F1}");
    }

    private static async Task<double> LoseEmbeddedAsync()
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(null);
        using WorkerProcess first = await queue.StartWorkerAsync(checkIn: 5);
        string job = await BeginAsync(queue);
        first.Kill();
        DateTime start = DateTime.UtcNow;
        using WorkerProcess second = new(queue.Address, checkIn: 5);
        return await UntilTakenOverAsync(queue, job, start);
    }

    private static async Task<double> LoseAsync(PostgresServer server, int checkIn, int round)
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
        using WorkerProcess first = await queue.StartWorkerAsync(checkIn);
        string job = await BeginAsync(queue);
        using WorkerProcess second = await queue.StartWorkerAsync(checkIn);

        // At different times since the last sign of life.
        await Task.Delay(TimeSpan.FromSeconds((double)checkIn * round / Rounds));
        DateTime start = DateTime.UtcNow;
        first.Kill();
        return await UntilTakenOverAsync(queue, job, start);
    }

    private static async Task<double[]> DrainAsync(PostgresServer server)
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
        using WorkerProcess first = await queue.StartWorkerAsync(checkIn: 5);
        string job = await BeginAsync(queue);
        using WorkerProcess second = await queue.StartWorkerAsync(checkIn: 5);
        DateTime start = DateTime.UtcNow;
        first.Terminate();
        double ended = (DateTime.UtcNow - start).TotalSeconds;
        Job other = await queue.WaitAsync(job, now => now.Worker!.Contains(second.Mark));
        IReadOnlyList<LogLine> log = await queue.Queue.LogAsync(other, default);
        return
        [
            (log.Last(line => line.Text == "given back").At - start).TotalSeconds,
            (other.Started!.Value - start).TotalSeconds, ended,
        ];
    }

    private static async Task<double[]> RestartAsync(PostgresServer server)
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
        using WorkerProcess worker = await queue.StartWorkerAsync(checkIn: 5);
        string job = await BeginAsync(queue);
        double progress = (await queue.Queue.FindAsync(job, default)).Progress;
        DateTime start = DateTime.UtcNow;
        server.Kill();
        server.Start();
        double answered = (DateTime.UtcNow - start).TotalSeconds;
        Job later = await queue.WaitAsync(job, now => now.Progress > progress);
        return later.Attempts == 1
            ? [answered, (DateTime.UtcNow - start).TotalSeconds - answered]
            : throw new InvalidOperationException("The job was taken from its worker.");
    }

    /// <summary>Adds a long painting, and waits until it has a checkpoint.</summary>
    private static async Task<string> BeginAsync(MeasuredQueue queue)
    {
        string job = (await queue.AddAsync(1, Side, Iterations))[0];
        await queue.WaitAsync(job, now => now.Progress > 0);
        await Task.Delay(TimeSpan.FromSeconds(6));
        return job;
    }

    private static async Task<double> UntilTakenOverAsync(MeasuredQueue queue, string job, DateTime start)
        => ((await queue.WaitAsync(job, now => now.Attempts == 2)).Started!.Value - start).TotalSeconds;
}
