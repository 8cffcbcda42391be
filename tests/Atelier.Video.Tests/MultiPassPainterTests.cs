using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>Frames that are painted again: in passes, and to close a loop.</summary>
public sealed class RevisionTests
{
    private static readonly VideoRequest Quick =
        VideoCase.Request with { Options = VideoCase.Options with { Iterations = 9 } };

    [Fact]
    public void Stylize_Loop_JoinsTheLastFrameToTheFirst()
    {
        Picture[] forth = MovingScene.Frames(1, 8), contents = [.. forth, .. forth[1..^1].Reverse()];
        double WrapOf(bool loop, out VideoResult result)
        {
            using TemporaryFolder folder = new();
            MemorySink sink = new();
            VideoRequest request = Quick with { Video = Quick.Video with { Loop = loop, TemporalWeight = 50 } };
            result = VideoCase.Paint(request.WithCheckpoint(folder), contents, sink);
            Assert.Equal(contents.Length, sink.Frames.Count);
            return VideoCase.WarpingError(
                contents[0], sink.Frames[0].Picture, contents[^1], sink.Frames[^1].Picture);
        }

        double open = WrapOf(loop: false, out _), closed = WrapOf(loop: true, out VideoResult result);

        Assert.InRange(closed, 0, 0.6 * open);
        Assert.InRange(closed, 0, 1.25 * result.Report.Frames.Max(frame => frame.WarpingError ?? 0));
    }

    [Theory]
    [InlineData(2, 5), InlineData(3, 9)]
    public void Stylize_PassesInterrupted_ResumeToTheSameFrames(int passes, int appended)
    {
        Picture[] contents = [.. MovingScene.Frames(1, 3), .. MovingScene.Frames(90, 2)];
        VideoRequest request = Quick with { Video = Quick.Video with { Passes = passes, Loop = true } };
        using TemporaryFolder whole = new(), parts = new();
        MemorySink expected = new(), resumed = new();
        VideoResult all = VideoCase.Paint(request.WithCheckpoint(whole), contents, expected);
        using CancellationTokenSource cancel = new();
        int done = 0;
        Watch watch = new(progress =>
        {
            if (progress.FrameFraction == 1 && ++done == appended)
            {
                cancel.Cancel();
            }
        });
        using VideoStylizer stylizer = new();

        VideoResult cut = stylizer.Stylize(
            request.WithCheckpoint(parts), MovingScene.Source(contents), new MemorySink(), watch, cancel.Token);
        VideoResult result = VideoCase.Paint(request.WithCheckpoint(parts, resume: true), contents, resumed);

        Assert.False(cut.IsComplete);
        Assert.Equal(5, cut.Frames);
        Assert.Equal(expected.Values, resumed.Values);
        Assert.Equal(all.Report.Frames, result.Report.Frames);
    }

    [Fact]
    public void Stylize_SecondPass_ChangesTheFramesAndStaysSteady()
    {
        Picture[] contents = MovingScene.Frames(1, 5);
        MemorySink once = new(), twice = new();
        using TemporaryFolder folder = new();

        VideoResult first = VideoCase.Paint(Quick, contents, once);
        VideoResult second = VideoCase.Paint(
            (Quick with { Video = Quick.Video with { Passes = 2 } }).WithCheckpoint(folder), contents, twice);

        Assert.NotEqual(once.Values[0], twice.Values[0]);
        Assert.Equal(once.Values[^1], twice.Values[^1]);
        Assert.InRange(second.Report.WarpingError!.Value, 0, 1.1 * first.Report.WarpingError!.Value);
    }

    private sealed class Watch(Action<VideoProgress> report) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => report(value);
    }
}
