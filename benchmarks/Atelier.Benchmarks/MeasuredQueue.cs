using Atelier.Imaging;
using Atelier.Jobs;
using Atelier.Jobs.Work;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Benchmarks;

/// <summary>A queue in a folder or a database of its own, and paintings for it.</summary>
internal sealed class MeasuredQueue : IAsyncDisposable
{
    private const int PhotographSide = 256, ArtworkSide = 64, Waits = 21;

    private readonly TemporaryFolder _folder;

    private MeasuredQueue(TemporaryFolder folder, string address, JobQueue queue)
        => (_folder, Address, Queue, Sources) = (folder, address, queue, SourcesIn(folder.Path));

    /// <summary>Its address, as a user would write it.</summary>
    internal string Address { get; }

    internal JobQueue Queue { get; }

    /// <summary>The files of the paintings.</summary>
    internal PaintSources Sources { get; }

    /// <summary>Creates a queue.</summary>
    /// <param name="server">Where; null for a folder.</param>
    internal static async Task<MeasuredQueue> CreateAsync(PostgresServer? server)
    {
        TemporaryFolder folder = new();
        string address = server?.CreateDatabase() ?? Path.Combine(folder.Path, "queue");
        return new MeasuredQueue(folder, address, await JobQueue.OpenAsync(QueueAddress.Parse(address), default));
    }

    internal static StylizeOptions OptionsOf(int side, int iterations)
        => StylizeOptions.Default with { Size = side, Scales = [side], Iterations = iterations };

    /// <summary>Adds paintings, and returns their identifiers.</summary>
    internal async Task<string[]> AddAsync(int count, int side, int iterations)
    {
        NewJob[] jobs = new NewJob[count];
        for (int i = 0; i < count; i++)
            jobs[i] = await new PictureJob(Sources, OptionsOf(side, iterations), "result.png")
                .StoreAsync(new WorkshopContext(), Queue, "bench");
        await Queue.AddAsync(jobs, default);
        return [.. jobs.Select(job => job.Id)];
    }

    /// <summary>Adds paintings, and returns the seconds until the last is done.</summary>
    internal async Task<double> RunAsync(int count, int side, int iterations)
    {
        string[] ids = await AddAsync(count, side, iterations);
        long start = TimeProvider.System.GetTimestamp();
        JobFilter done = new() { Ids = ids, State = JobState.Done, Count = count };
        while ((await Queue.ListAsync(done, default)).Count < count)
            await Task.Delay(20);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Waits until a job is as expected, and returns it.</summary>
    internal async Task<Job> WaitAsync(string id, Func<Job, bool> isExpected)
    {
        while (true)
        {
            Job job = await Queue.FindAsync(id, default);
            if (isExpected(job))
            {
                return job;
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Adds paintings to an idle queue, one by one, and returns the median of the seconds until they are
    /// begun.</summary>
    internal async Task<double> WaitForBeginAsync(int side)
    {
        double[] waits = new double[Waits];
        for (int i = 0; i < Waits; i++)
        {
            // Workers look for jobs at times of their own.
            await Task.Delay(500 + (37 * i));
            Job done = await WaitAsync((await AddAsync(1, side, iterations: 1))[0], now => now.IsOver);
            waits[i] = (done.Started!.Value - done.Created).TotalSeconds;
        }

        Array.Sort(waits);
        return waits[Waits / 2];
    }

    /// <summary>Starts a worker, and waits until the queue knows it.</summary>
    internal async Task<WorkerProcess> StartWorkerAsync(int checkIn)
    {
        WorkerProcess process = new(Address, checkIn);
        while (!(await Queue.WorkersAsync(default)).Any(worker => worker.Id.Contains(process.Mark)))
            await Task.Delay(50);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        _folder.Dispose();
    }

    private static PaintSources SourcesIn(string folder)
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
            Content = new PictureSource("content", Save("photo.png", PhotographSide), "content"),
            Styles = [new PictureSource("style", Save("art.png", ArtworkSide), "style")],
        };
    }
}
