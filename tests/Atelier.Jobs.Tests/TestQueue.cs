using Atelier.Jobs.Blobs;
using Atelier.Jobs.Work;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder;

    private TestQueue(TemporaryFolder folder, string address, JobQueue queue)
        => (_folder, Address, Queue) = (folder, address, queue);

    /// <summary>Its address, as a user would write it.</summary>
    internal string Address { get; }

    internal JobQueue Queue { get; }

    /// <summary>A folder for files of the test.</summary>
    internal string Folder => _folder.Path;

    internal static async Task<TestQueue> CreateAsync(QueueKind kind, Postgres postgres)
    {
        TemporaryFolder folder = new();
        string address = kind == QueueKind.Folder
            ? Path.Combine(folder.Path, "queue")
            : await postgres.CreateDatabaseAsync();
        return new TestQueue(folder, address, await JobQueue.OpenAsync(QueueAddress.Parse(address), default));
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
            artwork = Save("art.png", (x, y) => ((x / 8 % 2) + (y / 8 % 2) == 1 ? 0.9f : 0.1f, x % 16 / 16f, y % 16 / 16f));
        PaintSources sources = new()
        {
            Content = new PictureSource("content", photograph, "content"),
            Styles = [new PictureSource("style", artwork, "style")],
        };
        StylizeOptions options = StylizeOptions.Default with
        {
            Size = 90, Scales = [90], Iterations = iterations, Seed = seed,
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

            Assert.False(patience.IsCancellationRequested || now.State == JobState.Failed, $"{now}");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until a job is done, and returns its result.</summary>
    internal async Task<byte[]> ResultAsync(Job job)
        => await BytesAsync((await WaitAsync(job, now => now.State == JobState.Done)).Output!);

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
