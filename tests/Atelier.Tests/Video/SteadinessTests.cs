using Atelier.Imaging;
using Atelier.Video;

namespace Atelier.Tests.Video;

/// <summary>What a video is painted steadily for.</summary>
public sealed class SteadinessTests
{
    [Fact]
    public void Stylize_MovingScene_HasAtMostHalfTheWarpingErrorOfFramesByThemselves()
    {
        StylizeOptions options = VideoCase.Options with { Iterations = 30 };
        Picture[] contents = MovingScene.Frames(1, 7);
        MemorySink sink = new();

        // Frames by themselves are not held to the first one's look either.
        VideoOptions video = VideoCase.Request.Video with { Anchor = 0 };
        VideoResult result =
            VideoCase.Paint(VideoCase.Request with { Options = options, Video = video }, contents, sink);
        Picture[] steady = [.. sink.Frames.Select(frame => frame.Picture)];
        using Stylizer stylizer = new();
        Picture[] alone = [.. contents.Select(content => stylizer.Stylize(new StylizeRequest
        {
            Content = content,
            Styles = VideoCase.Styles,
            Options = options,
        }, cancel: TestContext.Current.CancellationToken).Picture)];

        double ErrorOf(Picture[] frames) => Enumerable.Range(1, frames.Length - 1).Average(i =>
            VideoCase.WarpingError(contents[i], frames[i], contents[i - 1], frames[i - 1]));
        Assert.InRange(ErrorOf(steady), 0, 0.5 * ErrorOf(alone));
        Assert.InRange(
            VideoCase.StyleDistance(contents, steady), 0, 1.05 * VideoCase.StyleDistance(contents, alone));
        Assert.Equal(ErrorOf(steady), result.Report.WarpingError!.Value, 0.05);
    }

    [Fact]
    public void Stylize_StillScene_AnchorHoldsTheLookOfTheFirstFrame()
    {
        Picture[] contents = [.. Enumerable.Repeat(MovingScene.Frames(1, 1)[0], 24)];
        (double Texture, double Brightness) DriftWith(double anchor)
        {
            MemorySink sink = new();
            VideoResult result = VideoCase.Paint(
                VideoCase.Request with { Video = VideoCase.Request.Video with { Anchor = anchor } }, contents, sink);
            (Picture first, Picture last) = (sink.Frames[0].Picture, sink.Frames[^1].Picture);
            return (
                Math.Abs(result.Report.Frames[^1].StyleDistance - result.Report.Frames[0].StyleDistance),
                255 * Math.Abs(first.Green.Average() - last.Green.Average()));
        }

        (double Texture, double Brightness) free = DriftWith(0), held = DriftWith(VideoOptions.Default.Anchor);

        Assert.InRange(held.Texture, 0, 0.7 * free.Texture);
        Assert.InRange(held.Brightness, 0, 0.5);
    }
}
