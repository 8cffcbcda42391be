using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Benchmarks;

/// <summary>What a queue costs, in a folder and in a PostgreSQL server that this starts: time of each job, processor
/// time with several workers, recovery from faults, and space.</summary>
internal static class JobsBenchmark
{
    private const int Rounds = 3, Count = 50, TinySide = 32, SmallSide = 128, SmallIterations = 40, SmallCount = 24;

    internal static void Run(int threads)
    {
        using PostgresServer? server = PostgresServer.TryStart();
        if (server is null)
        {
            Console.WriteLine("PostgreSQL is not installed: only queues in folders are measured.");
        }

        RunAsync(server, threads).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(PostgresServer? server, int threads)
    {
        await JobsRecovery.RunAsync(server);
        await JobsSpace.RunAsync(server);
        if (server is not null)
        {
            await MeasureProcessorTimeAsync(server);
        }

        await MeasureOverheadAsync(server, threads);
    }

    /// <summary>Tiny paintings, and workers of this process.</summary>
    private static async Task MeasureOverheadAsync(PostgresServer? server, int threads)
    {
        MarkdownTable table = new("queue", "workers", "tiny jobs a second", "overhead of a job, ms",
            "begun after, ms (median)");
        foreach (int workers in (int[])[0, 1, 2, 4])
        {
            if (workers == 0 || server is not null)
            {
                await MeasureOverheadAsync(table, workers == 0 ? null : server, Math.Max(1, workers), threads);
            }
        }
    }

    private static async Task MeasureOverheadAsync(
        MarkdownTable table, PostgresServer? server, int count, int threads)
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
        List<Jobs.Workers.Worker> workers = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                workers.Add(await Jobs.Workers.Worker.StartAsync(
                    queue.Queue, new WorkerOptions { Engine = new() { Threads = threads } }, default));
            }

            // The first paintings compile the code.
            await queue.RunAsync(Count, TinySide, 1);
            double alone = Fastest.Of(0.5, () => Paint(queue.Sources, threads))[0], seconds = double.PositiveInfinity;
            for (int round = 0; round < Rounds; round++)
                seconds = Math.Min(seconds, await queue.RunAsync(Count, TinySide, 1));
            table.Add(server is null ? "folder" : "PostgreSQL", $"{count}", $"{Count / seconds:F1}",
                $"{((seconds / Count) - alone) * 1e3:F0}", $"{await queue.WaitForBeginAsync(TinySide) * 1e3:F0}");
        }
        finally
        {
            foreach (Jobs.Workers.Worker worker in workers)
                await worker.DisposeAsync();
        }
    }

    private static void Paint(PaintSources sources, int threads)
    {
        WorkshopContext context = new();
        using IPainter painter = context.CreatePainter(new() { Threads = threads });
        StylizeOptions options = MeasuredQueue.OptionsOf(TinySide, 1);
        _ = painter.Stylize(
            sources.Load(context, new()).RequestWith(options), progress: null, CancellationToken.None);
    }

    /// <summary>Small paintings, and workers that are processes of one thread each. If there are fewer processors than
    /// workers, the time that passes says little; processor time tells what a job costs more because there are
    /// several.</summary>
    private static async Task MeasureProcessorTimeAsync(PostgresServer server)
    {
        MarkdownTable table = new("workers of one thread", "jobs a second", "processor time of a job, s",
            "of that, PostgreSQL", "faster, as it passes", "faster, if each had a processor");
        double alone = 0, costAlone = 0;
        foreach (int count in (int[])[1, 2, 4])
        {
            await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
            List<WorkerProcess> workers = [];
            for (int i = 0; i < count; i++)
                workers.Add(await queue.StartWorkerAsync(checkIn: 5));
            await queue.RunAsync(8 * count, TinySide, 1);
            double own = workers.Sum(worker => worker.ProcessorSeconds), others = server.ProcessorSeconds,
                seconds = await queue.RunAsync(SmallCount, SmallSide, SmallIterations) / SmallCount;
            others = (server.ProcessorSeconds - others) / SmallCount;
            own = (workers.Sum(worker => worker.ProcessorSeconds) - own) / SmallCount;
            workers.ForEach(worker => worker.Dispose());
            (alone, costAlone) = count == 1 ? (seconds, own) : (alone, costAlone);
            table.Add($"{count}", $"{1 / seconds:F2}", $"{own + others:F2}", $"{others:F3}", $"{alone / seconds:F2}",
                $"{count * costAlone / own:F2}");
        }
    }
}
