using Atelier.Color;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>Whole videos: the same frames whatever the threads and interruptions, scenes, and all that pictures can
/// have. Alone, because the count of live memory is one for the process.</summary>
[Collection(nameof(RunAlone))]
public sealed class VideoStylizerTests
{
    private static readonly VideoRequest Quick =
        VideoCase.Request with { Options = VideoCase.Options with { Iterations = 6 } };

    [Fact]
    public void Stylize_AnyNumberOfThreads_GivesTheSameBytesAndFreesItsMemory()
    {
        Picture[] contents = MovingScene.Frames(1, 4);
        long before = MemoryBlock.LiveBytes;
        MemorySink one = new(), three = new();

        VideoCase.Paint(Quick, contents, one, new EngineOptions { Threads = 1 });
        VideoCase.Paint(Quick, contents, three, new EngineOptions { Threads = 3 });

        Assert.Equal(one.Values, three.Values);
        Assert.Equal([0, 10, 20, 30], one.Frames.Select(frame => frame.Time));
        Assert.Equal(before, MemoryBlock.LiveBytes);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5)]
    public void Stylize_InterruptedAfterFrames_ResumesToTheSameFramesAndReport(int frames)
    {
        Picture[] contents = [.. MovingScene.Frames(1, 4), .. MovingScene.Frames(90, 3)];
        VideoRequest request = Quick with { Video = Quick.Video with { LongTerm = [1, 2] } };
        using TemporaryFolder whole = new(), parts = new();
        MemorySink expected = new(), cut = new(), resumed = new();
        VideoResult all = VideoCase.Paint(request.WithCheckpoint(whole), contents, expected);
        using CancellationTokenSource cancel = new();
        MemorySink stopping = new()
        {
            OnWrite = frame =>
            {
                if (frame.Time == 10 * (frames - 1))
                {
                    cancel.Cancel();
                }
            },
        };

        VideoResult interrupted =
            VideoCase.Paint(request.WithCheckpoint(parts), contents, stopping, cancel: cancel);
        VideoResult result = VideoCase.Paint(request.WithCheckpoint(parts, resume: true), contents, resumed);

        Assert.Equal((frames, false), (interrupted.Frames, interrupted.IsComplete));
        Assert.Equal(expected.Values[..frames], stopping.Values);
        Assert.True(result.IsComplete);
        Assert.Equal(expected.Values, resumed.Values);
        Assert.Equal(all.Report.Frames, result.Report.Frames);
        Assert.Equal([0, 4], result.Scenes);
    }

    [Fact]
    public void Stylize_CutInTheVideo_PaintsTheNewSceneAsAPicture()
    {
        Picture[] contents = [.. MovingScene.Frames(1, 2), .. MovingScene.Frames(90, 2)];
        MemorySink sink = new(), alone = new();

        VideoResult result = VideoCase.Paint(Quick, contents, sink);
        VideoCase.Paint(Quick, contents[2..], alone);

        Assert.Equal([0, 2], result.Scenes);
        Assert.Equal(alone.Values, sink.Values[2..]);
        Assert.Equal([true, false, true, false], result.Report.Frames.Select(frame => frame.StartsScene));
        Assert.Null(result.Report.Frames[2].WarpingError);
    }

    [Fact]
    public void Stylize_CancelledBeforeTheFirstFrame_SaysSo()
    {
        using CancellationTokenSource cancel = new();
        cancel.Cancel();
        using VideoStylizer stylizer = new();
        MemorySink sink = new();

        Assert.Throws<OperationCanceledException>(() => stylizer.Stylize(
            Quick, MovingScene.Source(MovingScene.Frames(1, 2)), sink, progress: null, cancel.Token));
        Assert.False(sink.IsComplete);
    }

    [Theory]
    [InlineData(ColorKind.Match, ColorMatchKind.MongeKantorovich, false)]
    [InlineData(ColorKind.Luminance, ColorMatchKind.MongeKantorovich, false)]
    [InlineData(ColorKind.Content, ColorMatchKind.Histogram, true)]
    public void Stylize_Colors_AreSteadyToo(ColorKind color, ColorMatchKind match, bool hasPalette)
    {
        Picture[] contents = MovingScene.Frames(1, 4);
        VideoRequest request = Quick with
        {
            Options = Quick.Options with { Color = color, ColorMatch = match },
            Palette = hasPalette ? MovingScene.Frames(300, 1)[0] : null,
        };

        VideoResult result = VideoCase.Paint(request, contents, new MemorySink());

        Assert.InRange(result.Report.WarpingError!.Value, 0.01, 8);
    }

    // A map for each frame would give all of them the artwork's brightness.
    [Fact]
    public void Stylize_FramesThatDarken_AreFinishedWithTheColorMapOfTheScenesFirst()
    {
        Picture scene = MovingScene.Frames(1, 1)[0];
        Picture[] contents = [.. Enumerable.Range(0, 4).Select(frame => Darkened(scene, 1 - (0.15f * frame)))];
        using TemporaryFolder whole = new(), parts = new();
        MemorySink sink = new(), resumed = new();
        VideoRequest request = Quick.WithCheckpoint(whole);
        using CancellationTokenSource cancel = new();
        MemorySink stopping = new()
        {
            OnWrite = frame =>
            {
                if (frame.Time == 10)
                {
                    cancel.Cancel();
                }
            },
        };

        VideoCase.Paint(request, contents, sink);
        VideoCase.Paint(Quick.WithCheckpoint(parts), contents, stopping, cancel: cancel);
        VideoCase.Paint(Quick.WithCheckpoint(parts, resume: true), contents, resumed);

        using Stylizer still = new();
        using PreparedRun run = still.Prepare(request.RequestOf(contents[0], 0));
        using VideoCheckpoint paintings = VideoCheckpoint.Open(
            request.Checkpoint! with { Resume = true }, request.Video, run.Network.Sha256, still.Engine.Fingerprint);
        PlanarPicture PaintingOf(int frame) => PlanarPicture.From(paintings.Read(1, frame));
        LinearMatch map = run.Finishing.MapOf(PaintingOf(0))!;
        float[] expected = PlanarPicture.From(run.Finishing.Finish(PaintingOf(3), map)).Values;
        Assert.Equal(expected, sink.Values[3]);
        Assert.InRange(sink.Values[0].Average() - sink.Values[3].Average(), 0.05, 0.5);
        Assert.Equal(sink.Values, resumed.Values);
    }

    [Fact]
    public void Stylize_WithinAMemoryLimit_GivesTheSameFrames()
    {
        Picture[] contents = MovingScene.Frames(1, 3, speed: 6);
        MemorySink free = new(), limited = new();

        VideoCase.Paint(Quick, contents, free);
        VideoCase.Paint(
            Quick with { Options = Quick.Options with { MaxMemory = LimitOf(Quick, contents[0]) } }, contents, limited);

        Assert.Equal(free.Values, limited.Values);
    }

    [Fact]
    public void Stylize_GuidesThatChange_KeepTheirPlaceInEachFrame()
    {
        Picture[] contents = MovingScene.Frames(1, 3);
        SpatialGuides[] guides =
            [.. Enumerable.Range(0, 3).Select(frame => new SpatialGuides { Preserve = StripeAt(4 + (9 * frame)) })];
        MemorySink sink = new();

        VideoCase.Paint(Quick with { GuidesForFrame = frame => guides[frame] }, contents, sink);

        for (int frame = 0; frame < 3; frame++)
        {
            int inside = (20 * MovingScene.Width) + 6 + (9 * frame), outside = (20 * MovingScene.Width) + 50;
            Assert.Equal(contents[frame].Red[inside], sink.Frames[frame].Picture.Red[inside], 1e-6);
            Assert.NotEqual(contents[frame].Red[outside], sink.Frames[frame].Picture.Red[outside], 1e-3);
        }
    }

    [Fact]
    public void Stylize_OtherOptimizersLossesAndSize_Work()
    {
        VideoRequest request = Quick with
        {
            Options = Quick.Options with
            {
                Optimizer = OptimizerKind.Lbfgs,
                StyleLoss = StyleLossKind.Gram,
                CorrelationChain = true,
                Size = 40,
            },
            Video = Quick.Video with { FrameIterations = 3 },
        };
        MemorySink sink = new();

        VideoResult result = VideoCase.Paint(request, MovingScene.Frames(1, 3), sink);

        Assert.All(sink.Frames, frame => Assert.Equal((40, 30), (frame.Picture.Width, frame.Picture.Height)));
        VideoFormat format = MovingScene.Source(MovingScene.Frames(1, 1)).Format;
        Assert.Equal((40, 30), VideoStylizer.GetOutputSize(format, request.Options));
        Assert.Equal(3, result.Frames);
    }

    [Fact]
    public void Check_ProblemsOfTheVideo_AreAllNamed()
    {
        using VideoStylizer stylizer = new();
        VideoRequest request = Quick with
        {
            Video = new VideoOptions
            {
                TemporalWeight = -1,
                LongTerm = [2, 1],
                FrameIterations = 0,
                Passes = 2,
                Anchor = -1,
                SceneCut = 0,
            },
        };

        OptionsException error = Assert.Throws<OptionsException>(
            () => stylizer.Check(request, MovingScene.Source(MovingScene.Frames(1, 1)).Format));

        Assert.Equal(6, error.Problems.Length);
        Assert.Contains("checkpoint", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The limit within which the largest scale fits if there are no others.</summary>
    private static long LimitOf(VideoRequest request, Picture content)
    {
        using Stylizer stylizer = new();
        using PreparedRun run = stylizer.Prepare(request.RequestOf(content, 0));
        return (long)(1.08 * run.Scales.Max(scale => scale.PeakBytes));
    }

    private static Picture Darkened(Picture picture, float share)
    {
        float[] Darker(float[] plane) => Array.ConvertAll(plane, value => share * value);
        return new Picture(
            picture.Width, picture.Height, Darker(picture.Red), Darker(picture.Green), Darker(picture.Blue));
    }

    private static Picture StripeAt(int left)
    {
        Picture picture = new(MovingScene.Width, MovingScene.Height);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            bool isInside = i % MovingScene.Width >= left && i % MovingScene.Width < left + 6;
            picture.Red[i] = picture.Green[i] = picture.Blue[i] = isInside ? 1 : 0;
        }

        return picture;
    }
}
