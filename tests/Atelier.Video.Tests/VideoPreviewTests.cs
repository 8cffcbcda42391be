using System.Collections.Concurrent;
using Atelier.Imaging;

namespace Atelier.Video.Tests;

/// <summary>Previews of frames that are kept and looked at from another thread.</summary>
public sealed class VideoPreviewTests
{
    [Fact]
    public async Task Preview_KeptByAnotherThread_IsAPictureAndChangesNothing()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Picture[] frames = MovingScene.Frames(3, 3);
        VideoRequest request = VideoCase.Request with { Options = VideoCase.Options with { Iterations = 4 } };
        MemorySink expected = new(), found = new();
        VideoCase.Paint(request, frames, expected);
        ConcurrentQueue<VideoProgress> kept = [];
        using CancellationTokenSource ended = new();
        Task viewer = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    foreach (VideoProgress progress in kept)
                        AssertIsPicture(progress.Preview());
                }
            },
            cancel);
        using (VideoStylizer stylizer = new())
        {
            stylizer.Stylize(
                request, MovingScene.Source(frames), found, new Progress<VideoProgress>(kept.Enqueue), cancel);
        }

        await ended.CancelAsync();
        await viewer;

        Assert.Equal(
            expected.Frames.Select(frame => frame.Picture.Green), found.Frames.Select(frame => frame.Picture.Green));

        // Progress hands each report to the thread pool, which may still hold some.
        while (kept.Count(progress => progress.FrameFraction == 1) < frames.Length)
            await Task.Delay(1, cancel);
        Assert.NotEmpty(kept);
        Assert.All(kept, progress => AssertIsPicture(progress.Preview()));
        VideoProgress[] done = [.. kept.Where(progress => progress.FrameFraction == 1)];
        Assert.All(done, progress => Assert.Equal(
            found.Frames[progress.Frame].Picture.Green, progress.Preview().Green));
    }

    private static void AssertIsPicture(Picture picture) => Assert.All(picture.Planes, plane =>
    {
        Assert.DoesNotContain(plane, value => value is not (>= -1e-4f and <= 1.0001f));
        Assert.True(plane.Max() - plane.Min() > 0.1f);
    });
}
