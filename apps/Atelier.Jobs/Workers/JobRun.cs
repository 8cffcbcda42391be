using System.Data.Common;
using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Work;
using Atelier.Workshop;

namespace Atelier.Jobs.Workers;

/// <summary>One attempt of a worker at a job: claims it, runs it, gives signs of life, stores its checkpoints, and at
/// last its result, if it is still the worker's.</summary>
internal sealed class JobRun(Worker worker, string id)
{
    private const int PreviewSize = 512, PreviewQuality = 80;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(worker.Draining);
    private readonly JobQueue _queue = worker.Queue;
    private bool _isLost, _pauses;
    private DateTime _savedAt;
    private BlobKey? _checkpoint, _preview;

    internal async Task RunAsync()
    {
        Claim? claim = await worker.Claims.BeginAsync(
            id, worker.Name, worker.Options.MaxAttempts, CancellationToken.None);
        if (claim is null)
        {
            return;
        }

        _checkpoint = claim.Checkpoint;
        string folder = Path.Combine(worker.Options.ScratchFolder, $"{worker.Name}-{claim.Id}");
        try
        {
            Directory.CreateDirectory(folder);
            await RunAsync(claim, folder);
        }
        finally
        {
            _stop.Dispose();
            TryDelete(folder);
        }
    }

    private async Task RunAsync(Claim claim, string folder)
    {
        JobWork? work = null;
        bool isComplete;
        try
        {
            work = JobWorks.Create(claim, folder, worker.Options, worker.Memory);
            await work.FetchAsync(_queue.Blobs, _stop.Token);
            isComplete = await PaintAsync(claim, work);
        }
        catch (OperationCanceledException)
        {
            isComplete = false;
        }
        catch (Exception error) when (error is not DbException)
        {
            await worker.Claims.FailAsync(claim, Failure.FromException(error), CancellationToken.None);
            return;
        }

        if (_isLost)
        {
            return;
        }

        if (isComplete)
        {
            await CompleteAsync(claim, work!);
        }
        else
        {
            await SaveCheckpointAsync(claim, work!, CancellationToken.None);
            await worker.Claims.ReleaseAsync(
                claim, _pauses ? JobState.Paused : JobState.Queued, CancellationToken.None);
        }
    }

    private async Task<bool> PaintAsync(Claim claim, JobWork work)
    {
        TaskCompletionSource<bool> painted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = PainterThread.Create($"job {id}", () =>
        {
            try
            {
                painted.SetResult(work.Run(_stop.Token));
            }
            catch (Exception error)
            {
                painted.SetException(error);
            }
        });
        thread.Start();
        while (!painted.Task.IsCompleted)
        {
            await Task.WhenAny(painted.Task, Task.Delay(worker.Options.BeatInterval));
            if (!painted.Task.IsCompleted)
            {
                await BeatAsync(claim, work);
            }
        }

        return await painted.Task;
    }

    /// <summary>Gives a sign of life, stores what is new, and stops the job if it is not wanted any more. A database
    /// that does not answer stops nothing.</summary>
    private async Task BeatAsync(Claim claim, JobWork work)
    {
        try
        {
            using CancellationTokenSource patience = new(worker.Options.CheckInThreshold);
            Beat beat = await worker.Claims.BeatAsync(claim, work.Progress, work.Activity, patience.Token);
            _isLost = !beat.IsMine;
            _pauses = beat.Pauses;
            if (_isLost || _pauses)
            {
                await _stop.CancelAsync();
                return;
            }

            await SaveCheckpointAsync(claim, work, patience.Token);
            if (beat.IsWatched)
            {
                await SavePreviewAsync(claim, work, patience.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or DbException or IOException)
        {
            worker.Options.Report((QueueFault.Of(_queue.Address, error) ?? error).Message);
        }
    }

    private async Task CompleteAsync(Claim claim, JobWork work)
    {
        using FileStream file = File.OpenRead(work.OutputPath);
        BlobKey output = await _queue.Blobs.PutAsync(claim.Owner, file, CancellationToken.None);
        if (await worker.Claims.CompleteAsync(claim, output, CancellationToken.None))
        {
            await DeleteAsync(_checkpoint, CancellationToken.None);
            await DeleteAsync(_preview, CancellationToken.None);
        }
    }

    private async Task SaveCheckpointAsync(Claim claim, JobWork work, CancellationToken cancel)
    {
        FileInfo file = new(work.CheckpointPath);
        if (!file.Exists || file.LastWriteTimeUtc == _savedAt)
        {
            return;
        }

        DateTime time = file.LastWriteTimeUtc;
        using FileStream content = new(
            work.CheckpointPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        BlobKey key = await _queue.Blobs.PutAsync(claim.OwnBlobs, content, cancel);
        if (await worker.Claims.SaveCheckpointAsync(claim, key, cancel))
        {
            _savedAt = time;
            if (key != _checkpoint)
            {
                await DeleteAsync(_checkpoint, cancel);
                _checkpoint = key;
            }
        }
    }

    private async Task DeleteAsync(BlobKey? key, CancellationToken cancel)
    {
        if (key is not null)
        {
            await _queue.Blobs.DeleteAsync(key, cancel);
        }
    }

    private async Task SavePreviewAsync(Claim claim, JobWork work, CancellationToken cancel)
    {
        if (work.Preview() is not Picture picture)
        {
            return;
        }

        if (Math.Max(picture.Width, picture.Height) > PreviewSize)
        {
            picture = Resampler.Resize(picture, PreviewSize);
        }

        using MemoryStream bytes = new();
        PictureFile.Save(picture, bytes, ".jpg", new EncodeOptions { Quality = PreviewQuality });
        bytes.Position = 0;
        BlobKey key = await _queue.Blobs.PutAsync(claim.OwnBlobs, bytes, cancel);
        if (key != _preview && await worker.Claims.SavePreviewAsync(claim, key, cancel))
        {
            await DeleteAsync(_preview, cancel);
            _preview = key;
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // At worst, it lies in the scratch folder.
        }
    }
}
