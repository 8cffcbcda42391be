using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Telemetry;
using Atelier.Jobs.Work;
using Atelier.Workshop;

namespace Atelier.Jobs.Workers;

/// <summary>One attempt of a worker at a job: claims it, runs it, gives signs of life, stores its checkpoints, and at
/// last its result, if it is still the worker's.</summary>
internal sealed class JobRun(Worker worker, string id)
{
    private const int PreviewSize = 512, PreviewQuality = 80;

    // The frames of a long scene are a large checkpoint, which is to take less than a twentieth of the time.
    private const int PausesForUpload = 20;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(worker.Draining);
    private readonly JobQueue _queue = worker.Queue;
    private bool _isLost;
    private DateTime _savedAt;
    private long _uploaded;
    private TimeSpan _uploadTime;
    private BlobKey? _checkpoint, _preview;

    internal async Task RunAsync()
    {
        if (await BeginAsync() is not Claim claim)
        {
            return;
        }

        using Activity? trace = JobTelemetry.Trace(id, worker.Name);
        await worker.FollowAsync(id, job => JobTelemetry.Begin(job, trace, isFirst: claim.Fence == 1));
        _checkpoint = claim.Checkpoint;
        string folder =
            Path.Combine(worker.Scratch, $"{claim.Id}.{claim.Fence.ToString(CultureInfo.InvariantCulture)}");
        try
        {
            Directory.CreateDirectory(folder);
            await RunAsync(claim, folder);
        }
        finally
        {
            _stop.Dispose();
            ScratchFolder.TryDelete(folder);
            await worker.FollowAsync(id, job => JobTelemetry.End(job, trace, worker.Name));
        }
    }

    /// <summary>Claims the job. The scheduler hands a lost job over only once, so this is tried until it is
    /// known.</summary>
    private async Task<Claim?> BeginAsync()
    {
        while (true)
        {
            try
            {
                return await worker.Claims.BeginAsync(
                    id, worker.Name, worker.Options.MaxAttempts, CancellationToken.None);
            }
            catch (Exception error) when (error is DbException or TimeoutException)
            {
                worker.Report(error);
                await Task.Delay(worker.Options.CheckInInterval);
            }
        }
    }

    private async Task RunAsync(Claim claim, string folder)
    {
        JobWork? work = null;
        bool isComplete = false, isFault = false;
        Failure? failure = null;
        try
        {
            work = JobWorks.Create(claim, folder, worker.Options, worker.Memory);
            await work.FetchAsync(_queue.Blobs, _stop.Token);
            isComplete = await PaintAsync(claim, work);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It is not wanted any more, or goes on elsewhere.
        }
        catch (DbException error)
        {
            worker.Report(error);
            isFault = true;
        }
        catch (Exception error)
        {
            failure = Failure.FromException(error);
            failure = failure with { Message = work?.Worded(failure.Message) ?? failure.Message };
            Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        await EndAsync(claim, work, ()
            => failure is not null ? worker.Claims.FailAsync(claim, failure, CancellationToken.None)
            : isComplete && work!.Parts.Count > 0 ? worker.Claims.DivideAsync(claim, work.Parts, CancellationToken.None)
            : isComplete ? CompleteAsync(claim, work!)
            : ReleaseAsync(claim, work, isFault));
    }

    /// <summary>Writes what has become of the job. A database that does not answer is asked until it does: while this
    /// has not ended, the scheduler lets another worker go on if this one is lost.</summary>
    private async Task EndAsync(Claim claim, JobWork? work, Func<Task> end)
    {
        for (bool asksFirst = false; !_isLost; asksFirst = true)
        {
            try
            {
                if (asksFirst && !(await worker.Claims.BeatAsync(
                    claim, work?.Progress ?? 0, work?.Activity, CancellationToken.None)).IsMine)
                {
                    return;
                }

                await end();
                return;
            }
            catch (Exception error) when (error is DbException or IOException or TimeoutException)
            {
                worker.Report(error);
                await Task.Delay(worker.Options.CheckInInterval);
            }
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
            if (_isLost || beat.Pauses)
            {
                await _stop.CancelAsync();
                return;
            }

            if (worker.Options.Clock.GetElapsedTime(_uploaded) >= PausesForUpload * _uploadTime)
            {
                await SaveCheckpointAsync(claim, work, patience.Token);
            }

            if (beat.IsWatched)
            {
                await SavePreviewAsync(claim, work, patience.Token);
            }
        }
        catch (Exception error)
        {
            // Whatever it is, the painting need not end for it.
            worker.Report(error);
        }
    }

    private async Task CompleteAsync(Claim claim, JobWork work)
    {
        using FileStream file = File.OpenRead(work.OutputPath);
        BlobKey output = await _queue.Blobs.PutAsync(claim.Owner, file, CancellationToken.None);
        await worker.Options.Passing(JobStep.Stored);
        if (await worker.Claims.CompleteAsync(claim, output, CancellationToken.None))
        {
            await worker.Options.Passing(JobStep.Completed);
            await DeleteAsync(_checkpoint, CancellationToken.None);
            await DeleteAsync(_preview, CancellationToken.None);
        }
    }

    private async Task ReleaseAsync(Claim claim, JobWork? work, bool isFault)
    {
        if (work is not null && !isFault)
        {
            await SaveCheckpointAsync(claim, work, CancellationToken.None);
        }

        await worker.Claims.ReleaseAsync(claim, isFault, CancellationToken.None);
    }

    private async Task SaveCheckpointAsync(Claim claim, JobWork work, CancellationToken cancel)
    {
        FileInfo file = new(work.CheckpointPath);
        if (!file.Exists || file.LastWriteTimeUtc == _savedAt)
        {
            return;
        }

        DateTime time = file.LastWriteTimeUtc;
        long start = worker.Options.Clock.GetTimestamp();
        using FileStream content = new(
            work.CheckpointPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        BlobKey key = await _queue.Blobs.PutAsync(claim.OwnBlobs, content, cancel);
        if (await worker.Claims.SaveCheckpointAsync(claim, key, cancel))
        {
            _savedAt = time;
            _uploaded = worker.Options.Clock.GetTimestamp();
            _uploadTime = worker.Options.Clock.GetElapsedTime(start, _uploaded);
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
}
