using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>Scenes that are painted by runs of their own and joined: the same frames as those of one run.</summary>
public sealed class VideoScenesTests
{
    private static readonly Picture[] Frames =
        [.. MovingScene.Frames(1, 3), .. MovingScene.Frames(2, 1), .. MovingScene.Frames(90, 2)];

    [Fact]
    public void FindScenes_FindsThoseOfARun()
    {
        VideoRequest request = VideoCase.Request;
        VideoResult run = VideoCase.Paint(
            request with { Options = request.Options with { Iterations = 1 } }, Frames, new MemorySink());
        List<int> seen = [];
        using VideoStylizer stylizer = new();

        ImmutableArray<VideoScene> scenes = stylizer.FindScenes(
            MovingScene.Source(Frames), request.Options, request.Video, seen.Add,
            TestContext.Current.CancellationToken);

        Assert.Equal([new(0, 3), new(3, 1), new(4, 2)], scenes);
        Assert.Equal(run.Scenes, scenes.Select(scene => scene.First));
        Assert.Equal(Enumerable.Range(1, Frames.Length), seen);
        Assert.Equal([new(0, 6)], stylizer.FindScenes(
            MovingScene.Source(Frames), request.Options, request.Video with { SceneCut = 1 }));
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void Stylize_ScenesPaintedApart_GiveTheSameFramesAndReport(int passes)
    {
        VideoRequest request = VideoCase.Request with { Video = VideoCase.Request.Video with { Passes = passes } };
        using TemporaryFolder whole = new(), joined = new(), first = new(), second = new(), third = new();
        MemorySink expected = new(), actual = new();
        VideoResult once = VideoCase.Paint(request.WithCheckpoint(whole), Frames, expected);
        List<PaintedScene> painted = [];
        foreach ((VideoScene scene, TemporaryFolder folder) in
            new[] { new VideoScene(4, 2), new VideoScene(0, 3), new VideoScene(3, 1) }.Zip([first, second, third]))
        {
            VideoRequest part = request.WithCheckpoint(folder);
            using VideoStylizer stylizer = new();
            MemorySink sink = new();
            stylizer.Stylize(part, new SceneSource(MovingScene.Source(Frames), scene), sink);
            Assert.Equal(scene.Count, sink.Frames.Count);
            Assert.Equal(scene.First * 10, sink.Frames[0].Time);
            painted.Add(new PaintedScene(part.Checkpoint!.Path, scene.First));
        }

        VideoRequest join = request.WithCheckpoint(joined);
        join = join with { Checkpoint = join.Checkpoint! with { Scenes = [.. painted] } };
        List<int> repainted = [];
        using VideoStylizer joiner = new();
        VideoResult result = joiner.Stylize(
            join, MovingScene.Source(Frames), actual, new Told<VideoProgress>(report => repainted.Add(report.Frame)));

        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Frames.Select(frame => frame.Time), actual.Frames.Select(frame => frame.Time));
        Assert.Equal((once.Scenes, once.Report.Frames), (result.Scenes, result.Report.Frames), Same);
        Assert.Empty(repainted);
    }

    [Fact]
    public void Stylize_ASceneOfAnotherRun_IsRefused()
    {
        VideoRequest request = VideoCase.Request with { Options = VideoCase.Options with { Iterations = 1 } };
        using TemporaryFolder other = new(), joined = new();
        VideoRequest part = (request with { Video = request.Video with { Anchor = 0.3 } }).WithCheckpoint(other);
        VideoCase.Paint(part, Frames[..1], new MemorySink());
        VideoRequest join = request.WithCheckpoint(joined);
        join = join with { Checkpoint = join.Checkpoint! with { Scenes = [new(part.Checkpoint!.Path, 0)] } };

        AtelierException error = Assert.Throws<AtelierException>(
            () => VideoCase.Paint(join, Frames, new MemorySink()));

        Assert.Contains("anchor", error.Message, StringComparison.Ordinal);
    }

    private static bool Same(
        (ImmutableArray<int> Scenes, ImmutableArray<FrameReport> Frames) one,
        (ImmutableArray<int> Scenes, ImmutableArray<FrameReport> Frames) other)
        => one.Scenes.SequenceEqual(other.Scenes) && one.Frames.SequenceEqual(other.Frames);

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
