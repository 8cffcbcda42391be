using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;

namespace Atelier.Jobs.Workers;

/// <summary>Removes what nobody needs any more: old jobs, blobs without a job, and what killed processes
/// left.</summary>
internal sealed class Retention(JobQueue queue, TimeSpan age)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly RetentionTable _table = new(queue.Database);

    /// <summary>Does it if that is due: hourly, by one of the workers.</summary>
    internal async Task RunIfDueAsync(CancellationToken cancel)
    {
        if (await _table.TakeTurnAsync(Pause, cancel))
        {
            await RunAsync(cancel);
        }
    }

    /// <summary>Does it.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        await _table.DeleteWorkersAsync(cancel);
        while (await _table.DeleteJobsAsync(age, cancel) > 0)
            cancel.ThrowIfCancellationRequested();
        if (queue.Blobs is FolderBlobs folder)
        {
            await folder.TidyAsync(RetentionTable.Grace, key => _table.IsHeldAsync(key, cancel));
        }
        else
        {
            for ((string, string)? last = ("", ""); last is (string, string) after;)
                last = await _table.DeleteBlobsAsync(after, cancel);
            await _table.DeleteChunksAsync(cancel);
        }
    }
}
