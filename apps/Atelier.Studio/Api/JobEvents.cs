using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Api;

/// <summary>A job as a stream of events, from its present state to its end.</summary>
internal static class JobEvents
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // Something is sent now and then, so that a client that has gone is noticed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Streams a job: <c>progress</c> and <c>preview</c>, ten a second at most, and at last <c>done</c>,
    /// <c>failed</c> or <c>canceled</c>. The data is the job each time.</summary>
    /// <param name="job">The job.</param>
    /// <param name="describe">Describes it.</param>
    /// <param name="cancel">Ends the stream.</param>
    internal static async IAsyncEnumerable<SseItem<JobDocument>> Of(
        Job job, Func<JobDocument> describe, [EnumeratorCancellation] CancellationToken cancel)
    {
        Channel<bool> changes = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note() => changes.Writer.TryWrite(true);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        job.Changed += Note;
        try
        {
            int? seen = null;
            Task<Frame?>? frame = null;
            while (!job.IsOver)
            {
                JobDocument document = describe();
                yield return new SseItem<JobDocument>(document, document.Preview == seen ? "progress" : "preview");
                seen = document.Preview;
                if (frame is null || frame.IsCompleted)
                {
                    // Previews are made only while somebody waits for one.
                    frame = job.Painting?.Frames.WaitAsync(seen ?? 0, end.Token);
                }

                await Task.Delay(Pace, cancel);
                await Any(changes.Reader.WaitToReadAsync(cancel).AsTask(), frame, cancel);
                changes.Reader.TryRead(out _);
            }

            JobDocument last = describe();
            yield return new SseItem<JobDocument>(last, JobDocument.NameOf(last.State));
        }
        finally
        {
            job.Changed -= Note;
            await end.CancelAsync();
        }
    }

    private static async Task Any(Task change, Task? frame, CancellationToken cancel)
    {
        Task patience = Task.Delay(Patience, cancel);
        await Task.WhenAny(frame is null || frame.IsCompleted ? [change, patience] : [change, frame, patience]);
        cancel.ThrowIfCancellationRequested();
    }
}
