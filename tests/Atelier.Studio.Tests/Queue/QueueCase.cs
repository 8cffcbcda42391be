using Atelier.Jobs;
using Atelier.Jobs.Blobs;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;
using Microsoft.Data.Sqlite;

namespace Atelier.Studio.Tests.Queue;

/// <summary>What tests do to the queue of a folder.</summary>
internal static class QueueCase
{
    /// <summary>Adds a small painting, and returns its job.</summary>
    internal static async Task<Job> AddAsync(QueueRoom queue, StudioFolder folder, int iterations = 3)
    {
        StoredPicture photograph = folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        StoredPicture artwork = folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        await new LaterPaintings(queue, folder).AddAsync(
            new PaintingChoice
            {
                Photograph = photograph,
                Artworks = [artwork],
                Options = StylizeOptions.Default with { Size = 48, Scales = [48], Iterations = iterations },
            }, default);
        return (await (await queue.OpenAsync(default)).ListAsync(new JobFilter { Count = 1 }, default))[0];
    }

    /// <summary>Reads a job anew.</summary>
    internal static async Task<Job> NowAsync(QueueRoom queue, Job job)
        => await (await queue.OpenAsync(default)).FindAsync(job.Id, default);

    /// <summary>Waits until a job is as expected.</summary>
    internal static async Task<Job> UntilAsync(QueueRoom queue, Job job, Func<Job, bool> isSo)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        while (true)
        {
            Job now = await NowAsync(queue, job);
            if (isSo(now))
            {
                return now;
            }

            Assert.True(now.Failure is null, now.Failure?.Message);
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Changes a job as a worker would.</summary>
    internal static async Task SetAsync(StudioFolder folder, Job job, string changes)
    {
        await using SqliteConnection database =
            new($"Data Source={Path.Combine(folder.FullPath, QueueAddress.FileName)};Pooling=False");
        await database.OpenAsync();
        await using SqliteCommand command = database.CreateCommand();
#pragma warning disable CA2100 // The tests write the text.
        command.CommandText = $"update atelier_jobs set {changes} where id = '{job.Id}'";
#pragma warning restore CA2100
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Makes a job done, with bytes as its result.</summary>
    internal static async Task CompleteAsync(QueueRoom queue, StudioFolder folder, Job job, byte[] result)
    {
        using MemoryStream content = new(result);
        JobQueue opened = await queue.OpenAsync(default);
        BlobKey output = await opened.Blobs.PutAsync(job.Owner, content, default);
        await SetAsync(folder, job, $"state = 'Done', output = '{output}'");
    }
}
