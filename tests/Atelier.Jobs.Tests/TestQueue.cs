using Atelier.Jobs.Blobs;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Dapper;

namespace Atelier.Jobs.Tests;

/// <summary>Where the queue of a test is.</summary>
public enum QueueKind
{
    /// <summary>In a folder.</summary>
    Folder,

    /// <summary>In PostgreSQL.</summary>
    Postgres,
}

/// <summary>A queue in a folder or a database of its own.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    /// <summary>For how long a test waits for what others do, however busy the machine is.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly TemporaryFolder _folder;

    private TestQueue(TemporaryFolder folder, string address, JobQueue queue)
        => (_folder, Address, Queue) = (folder, address, queue);

    /// <summary>Its address, as a user would write it.</summary>
    internal string Address { get; }

    internal JobQueue Queue { get; }

    /// <summary>A folder for files of the test.</summary>
    internal string Folder => _folder.Path;

    /// <summary>How a worker in the process of the test works.</summary>
    internal Workers.WorkerOptions WorkerOptions => Workers.WorkerOptions.Default with
    {
        CheckInInterval = TimeSpan.FromSeconds(1),
        ScratchFolder = Path.Combine(Folder, "scratch"),
        Engine = new() { Threads = 1 },
    };

    /// <summary>Saves squares of a size as a picture.</summary>
    internal PictureSource Artwork(string name, int square) => new("artwork", Save(
        name, (x, y) => ((x / square % 2) + (y / square % 2) == 1 ? 0.9f : 0.1f, x % 16 / 16f, y % 16 / 16f)));

    internal static async Task<TestQueue> CreateAsync(QueueKind kind, Postgres postgres)
    {
        TemporaryFolder folder = new();
        string address = kind == QueueKind.Folder
            ? Path.Combine(folder.Path, "queue")
            : await postgres.CreateDatabaseAsync();
        return new TestQueue(folder, address, await JobQueue.OpenAsync(QueueAddress.Parse(address), default));
    }

    /// <summary>Opens a queue that another has created.</summary>
    internal static async Task<TestQueue> OpenAsync(string address)
        => new(new TemporaryFolder(), address, await JobQueue.OpenAsync(QueueAddress.Parse(address), default));

    /// <summary>Starts a worker within the process of the tests, which counts as lost after few seconds.</summary>
    internal Task<Worker> StartWorkerAsync(Func<WorkerOptions, WorkerOptions>? change = null)
    {
        WorkerOptions options = new()
        {
            CheckInInterval = TimeSpan.FromSeconds(1),
            Engine = new() { Threads = 1 },
            ScratchFolder = Path.Combine(Folder, "scratch"),
        };
        return Worker.StartAsync(Queue, change?.Invoke(options) ?? options, default);
    }

    /// <summary>Lets a worker rest for some milliseconds at each iteration, so that a job takes long and the processor
    /// is free for others.</summary>
    internal static WorkerOptions Slow(WorkerOptions options, int pace)
        => options with { WaitForTurn = _ => Thread.Sleep(pace) };

    /// <summary>Waits until a worker, or every worker, runs nothing, and fails if that takes too long.</summary>
    internal async Task WaitForIdleAsync(TimeSpan patience, string? id = null)
    {
        // A busy machine may need some more time to notice it, but not to do it.
        using CancellationTokenSource end = new(patience + TimeSpan.FromSeconds(5));
        while ((await Queue.WorkersAsync(default)).Any(worker => (id is null || worker.Id == id) && worker.Running > 0))
        {
            Assert.False(end.IsCancellationRequested, $"after {patience}, a worker still runs something");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until workers in processes of their own have given a sign of life.</summary>
    internal async Task WaitForWorkersAsync(IEnumerable<WorkerProcess> processes)
    {
        using CancellationTokenSource patience = new(Patience);
        foreach (WorkerProcess process in processes)
        {
            while (!(await Queue.WorkersAsync(default)).Any(worker => process.IsNamed(worker.Id)))
            {
                process.RequireLife();
                await Task.Delay(50, patience.Token);
            }
        }
    }

    /// <summary>Returns how often the log of a job has a line.</summary>
    internal async Task<int> CountAsync(Job job, string line)
        => (await Queue.LogAsync(job, default)).Count(each => each.Text == line);

    /// <summary>Waits until a job that runs could go on elsewhere.</summary>
    internal async Task WaitForCheckpointAsync(Job job)
    {
        const string Sql = "select count(*) from atelier_jobs where id = @Id and checkpoint is not null";
        while (await Queue.Database.RunAsync((connection, transaction)
            => connection.QuerySingleAsync<long>(Sql, new { job.Id }, transaction), default) == 0)
        {
            await WaitAsync(job, now => now.State is JobState.Queued or JobState.Running);
            await Task.Delay(50);
        }
    }

    /// <summary>Adds a painting of a small gradient, which takes about as many seconds as it has hundreds of
    /// iterations.</summary>
    internal async Task<Job> AddAsync(
        int iterations = 10, string owner = "ann", string name = "result.png", int priority = 0, int seed = 1)
    {
        NewJob job = await StoreAsync(iterations, owner, name, seed) with { Priority = priority };
        await Queue.AddAsync([job], default);
        return await Queue.FindAsync(job.Id, default);
    }

    /// <summary>Stores the files of a painting, and adds nothing.</summary>
    internal Task<NewJob> StoreAsync(int iterations, string owner = "ann", string name = "result.png", int seed = 1)
    {
        string photograph = Save("photo.png", (x, y) => (x / 90f, y / 60f, 0.5f)),
            artwork =
                Save("art.png", (x, y) => ((x / 8 % 2) + (y / 8 % 2) == 1 ? 0.9f : 0.1f, x % 16 / 16f, y % 16 / 16f));
        PaintSources sources = new()
        {
            Content = new PictureSource("content", photograph, "content"),
            Styles = [new PictureSource("style", artwork, "style")],
        };
        StylizeOptions options = StylizeOptions.Default with
        {
            Size = 90,
            Scales = [90],
            Iterations = iterations,
            Seed = seed,
        };
        return new PictureJob(sources, options, name).StoreAsync(new WorkshopContext(), Queue, owner);
    }

    /// <summary>Waits until a job is as expected, and fails if that takes too long.</summary>
    internal async Task<Job> WaitAsync(Job job, Func<Job, bool> isExpected)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            Job now = await Queue.FindAsync(job.Id, default);
            if (isExpected(now))
            {
                return now;
            }

            Assert.False(patience.IsCancellationRequested || now.State == JobState.Failed,
                $"{now}{string.Join("", (await Queue.LogAsync(job, default)).Select(line => $"\n{line}"))}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a job is done, and returns its result.</summary>
    internal async Task<byte[]> ResultAsync(Job job)
        => await BytesAsync((await WaitAsync(job, now => now.State == JobState.Done)).Output!);

    /// <summary>Waits until all jobs of the queue are over, and returns them.</summary>
    internal async Task<Job[]> WaitForAllAsync(int count)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            Job[] jobs = [.. await Queue.ListAsync(new JobFilter { Count = JobFilter.MaxCount }, default)];
            if (jobs.Length == count && jobs.All(job => job.IsOver))
            {
                return jobs;
            }

            Assert.False(patience.IsCancellationRequested, $"{jobs.Count(job => job.IsOver)} of {count} jobs are over");
            await Task.Delay(100);
        }
    }

    /// <summary>Makes all blobs look as if they had been stored two hours ago.</summary>
    internal async Task MakeBlobsOldAsync()
    {
        if (Queue.Address.Folder is string folder)
        {
            string blobs = Path.Combine(folder, "blobs");
            foreach (string path in Directory.EnumerateFiles(blobs, "*", SearchOption.AllDirectories))
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));
        }
        else
        {
            await Queue.Database.RunAsync((connection, transaction) => connection.ExecuteAsync(
                "update atelier_blobs set stored = stored - 7200000;" +
                "update atelier_chunks set stored = stored - 7200000",
                transaction: transaction), default);
        }
    }

    /// <summary>Stores a text.</summary>
    internal async Task<BlobKey> PutAsync(string owner, string text)
    {
        using MemoryStream content = new(System.Text.Encoding.UTF8.GetBytes(text));
        return await Queue.Blobs.PutAsync(owner, content, default);
    }

    internal async Task<byte[]> BytesAsync(BlobKey key)
    {
        using MemoryStream bytes = new();
        await Queue.Blobs.CopyToAsync(key, bytes, default);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        _folder.Dispose();
    }

    private string Save(string name, Func<int, int, (float, float, float)> color)
    {
        const int Width = 90, Height = 60;
        string path = Path.Combine(Folder, name);
        (float Red, float Green, float Blue)[] pixels = [.. Enumerable.Range(0, Width * Height)
            .Select(i => color(i % Width, i / Width))];
        Imaging.PictureFile.Save(new Imaging.Picture(
            Width, Height, [.. pixels.Select(pixel => pixel.Red)], [.. pixels.Select(pixel => pixel.Green)],
            [.. pixels.Select(pixel => pixel.Blue)]), path);
        return path;
    }
}
