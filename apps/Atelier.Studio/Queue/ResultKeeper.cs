using Atelier.Jobs;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Queue;

/// <summary>Keeps the results of jobs in the studio's folder, once for each job: one that was deleted there does not
/// come back. If the program ends between the copy and the mark of the job, the same file is found again, and nothing
/// is doubled.</summary>
internal sealed class ResultKeeper(StudioFolder folder)
{
    private readonly string _arriving = Path.Combine(folder.FolderOf(PictureKind.Results), ".arriving");
    private readonly string _lock = Path.Combine(folder.FolderOf(PictureKind.Results), ".lock");

    /// <summary>Copies what is done and not kept yet.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal async Task KeepAsync(JobQueue queue, CancellationToken cancel)
    {
        IReadOnlyList<Job> done = await queue.UnkeptAsync(cancel);
        if (done.Count == 0)
        {
            return;
        }

        using FileStream? one = TryLock();
        if (one is null)
        {
            return;
        }

        foreach (Job job in await queue.UnkeptAsync(cancel))
            await queue.KeepAsync(job, await CopyAsync(queue, job, cancel), cancel);
    }

    /// <summary>Another studio may use the folder; null if it is just copying.</summary>
    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(_lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(_lock))
        {
            return null;
        }
    }

    /// <summary>Copies a result.</summary>
    /// <returns>Its name in the folder; empty if it has no place there, or is lost.</returns>
    private async Task<string> CopyAsync(JobQueue queue, Job job, CancellationToken cancel)
    {
        if (KindOf(job) is not PictureKind kind)
        {
            return "";
        }

        try
        {
            using (FileStream file = new(_arriving, FileMode.Create, FileAccess.Write))
            {
                await queue.Blobs.CopyToAsync(job.Output!, file, cancel);
                file.Flush(flushToDisk: true);
            }

            return folder.TakeIn(kind, SafeName.From(job.Name, "painting"), _arriving).Name;
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException)
        {
            return "";
        }
        finally
        {
            File.Delete(_arriving);
        }
    }

    private static PictureKind? KindOf(Job job) => job.Kind switch
    {
        JobKind.Picture => PictureKind.Results,
        JobKind.Style => PictureKind.Styles,
        _ => null,
    };
}
