using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Video.Tests;

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

    [Fact]
    public void Stylize_LongStillScene_DriftsByAtMostAFewPercent()
    {
        Picture Example(string kind, string name)
            => Resampler.Resize(PictureFile.Load(Repository.PathOf("examples", kind, name)), 96);
        VideoRequest request = VideoCase.Request with
        {
            Styles = [Example("artworks", "impasto-night.png")],
            Options = StylizeOptions.Default,
        };

        VideoReport report = VideoCase.Paint(
            request, [.. Enumerable.Repeat(Example("photos", "city-river.png"), 16)], new MemorySink()).Report;

        Assert.InRange(report.BrightnessDrift!.Value, 1e-9, 0.01);
        Assert.InRange(report.ContrastDrift!.Value, 1e-9, 0.03);
    }

    // Painted at the final scale only, what comes into view keeps most of the photograph.
    [Fact]
    public void Stylize_Pan_WhatComesIntoViewIsPaintedLikeTheRest()
    {
        const int Speed = 4, Count = 9;
        Picture[] contents = MovingScene.Frames(1, Count, Speed);
        MemorySink sink = new();
        VideoCase.Paint(VideoCase.Request, contents, sink);
        using Stylizer stylizer = new();
        Picture alone = stylizer.Stylize(new StylizeRequest
        {
            Content = contents[^1],
            Styles = VideoCase.Styles,
            Options = VideoCase.Options,
        }, cancel: TestContext.Current.CancellationToken).Picture;

        // Nothing of this part was seen in the first frame.
        double DifferenceFromFrame(Picture painted) => Math.Sqrt(Enumerable.Range(0, painted.Green.Length)
            .Where(i => i % painted.Width > painted.Width - ((Count - 1) * Speed))
            .Average(i => Math.Pow(painted.Green[i] - contents[^1].Green[i], 2)));
        double shown = DifferenceFromFrame(sink.Frames[^1].Picture), whole = DifferenceFromFrame(alone);
        Assert.InRange(shown, 0.6 * whole, 1.6 * whole);
    }

    // What is moved there is drawn out from the border, in rows of one color that have nothing of the frame.
    [Fact]
    public void Stylize_FastPan_WhatComesIntoViewIsTheFrameAndNoStreaks()
    {
        const int Speed = 6;
        Picture[] contents = MovingScene.Frames(1, 4, Speed);
        MemorySink sink = new();
        VideoCase.Paint(
            VideoCase.Request with { Video = VideoCase.Request.Video with { FrameIterations = 1 } }, contents, sink);

        // Where nothing was seen in the first frame.
        (Picture painted, Picture frame) = (sink.Frames[^1].Picture, contents[^1]);
        int[] places =
            [.. Enumerable.Range(0, frame.Green.Length).Where(i => i % frame.Width > frame.Width - (3 * Speed))];
        (double Mean, double Deviation) MomentsOf(float[] plane)
        {
            double mean = places.Average(i => plane[i]);
            return (mean, Math.Sqrt(places.Average(i => Math.Pow(plane[i] - mean, 2))));
        }

        (double Mean, double Deviation) ofPainted = MomentsOf(painted.Green), ofFrame = MomentsOf(frame.Green);
        double correlation = places.Average(i =>
            (painted.Green[i] - ofPainted.Mean) * (frame.Green[i] - ofFrame.Mean))
            / (ofPainted.Deviation * ofFrame.Deviation);
        Assert.InRange(correlation, 0.7, 1);
    }
}
