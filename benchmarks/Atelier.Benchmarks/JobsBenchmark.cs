using Atelier.Imaging;
using Atelier.Jobs;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Benchmarks;

/// <summary>What a queue costs: tiny paintings through a queue in a folder, and through the database of
/// <c>ATELIER_QUEUE</c> if that names one, against the same paintings without a queue.</summary>
internal static class JobsBenchmark
{
    private const int Count = 100, Side = 32, Waits = 21;

    internal static void Run(int threads)
    {
        using TemporaryFolder folder = new();
        PaintSources sources = Sources(folder.Path);
        double alone = Enumerable.Range(0, 10).Min(_ => Fastest.Time(() => Paint(sources, threads)));
        MarkdownTable table = new(
            "queue", "workers", "jobs a second", "overhead of a job, ms", "begun after, ms", "bytes of a job");
        Measure(table, QueueAddress.Parse(Path.Combine(folder.Path, "queue")), "folder", 1, sources, alone, threads);
        if (Environment.GetEnvironmentVariable("ATELIER_QUEUE") is string shared)
        {
            foreach (int workers in (int[])[1, 2, 4])
                Measure(table, QueueAddress.Parse(shared), "PostgreSQL", workers, sources, alone, threads);
        }
    }

    private static void Measure(
        MarkdownTable table, QueueAddress address, string name, int workers, PaintSources sources, double alone,
            int threads)
        => MeasureAsync(table, address, name, workers, sources, alone, threads).GetAwaiter().GetResult();

    private static async Task MeasureAsync(
        MarkdownTable table, QueueAddress address, string name, int count, PaintSources sources, double alone,
            int threads)
    {
        await using JobQueue queue = await JobQueue.OpenAsync(address, default);
        List<Jobs.Workers.Worker> workers = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                workers.Add(await Jobs.Workers.Worker.StartAsync(
                    queue, new WorkerOptions { Engine = new() { Threads = threads } }, default));
            }

            // The first paintings compile the code.
            await RunAsync(queue, sources, 10);
            double seconds = await RunAsync(queue, sources, Count);
            double wait = await WaitAsync(queue, sources);
            string size = address.Folder is string folder
                ? $"{new FileInfo(Path.Combine(folder, QueueAddress.FileName)).Length / (10 + Count + Waits)}" : "";
            table.Add(name, $"{count}", $"{Count / seconds:F1}", $"{((seconds / Count) - alone) * 1e3:F0}",
                $"{wait:F0}", size);
        }
        finally
        {
            foreach (Jobs.Workers.Worker worker in workers)
                await worker.DisposeAsync();
        }
    }

    /// <summary>Adds jobs to an idle queue, one by one, and returns the median of the milliseconds until they are
    /// begun.</summary>
    private static async Task<double> WaitAsync(JobQueue queue, PaintSources sources)
    {
        double[] waits = new double[Waits];
        for (int i = 0; i < Waits; i++)
        {
            // Workers look for jobs at times of their own.
            await Task.Delay(500 + (37 * i));
            NewJob job = await StoreAsync(queue, sources);
            await RunAsync(queue, [job]);
            Job done = await queue.FindAsync(job.Id, default);
            waits[i] = (done.Started!.Value - done.Created).TotalMilliseconds;
        }

        Array.Sort(waits);
        return waits[Waits / 2];
    }

    /// <summary>Adds jobs, and returns the seconds until the last is done.</summary>
    private static async Task<double> RunAsync(JobQueue queue, PaintSources sources, int count)
    {
        NewJob[] jobs = new NewJob[count];
        for (int i = 0; i < count; i++)
            jobs[i] = await StoreAsync(queue, sources);
        return await RunAsync(queue, jobs);
    }

    private static async Task<double> RunAsync(JobQueue queue, NewJob[] jobs)
    {
        long start = TimeProvider.System.GetTimestamp();
        await queue.AddAsync(jobs, default);
        JobFilter done = new()
        {
            Ids = [.. jobs.Select(job => job.Id)],
            State = JobState.Done,
            Count = jobs.Length,
        };
        while ((await queue.ListAsync(done, default)).Count < jobs.Length)
            await Task.Delay(20);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static Task<NewJob> StoreAsync(JobQueue queue, PaintSources sources)
        => new PictureJob(sources, Options, "result.png").StoreAsync(new WorkshopContext(), queue, "bench");

    private static StylizeOptions Options
        => StylizeOptions.Default with { Size = Side, Scales = [Side], Iterations = 1 };

    private static void Paint(PaintSources sources, int threads)
    {
        WorkshopContext context = new();
        using IPainter painter = context.CreatePainter(new() { Threads = threads });
        _ = painter.Stylize(
            sources.Load(context, new()).RequestWith(Options), progress: null, CancellationToken.None);
    }

    private static PaintSources Sources(string folder)
    {
        string Save(string name, int side)
        {
            string path = Path.Combine(folder, name);
            Picture picture = new(side, side);
            for (int i = 0; i < side * side; i++)
                (picture.Red[i], picture.Green[i]) = (i % side / (float)side, i / side / (float)side);
            PictureFile.Save(picture, path);
            return path;
        }

        return new PaintSources
        {
            Content = new PictureSource("content", Save("photo.png", Side), "content"),
            Styles = [new PictureSource("style", Save("art.png", Side * 2), "style")],
        };
    }
}
