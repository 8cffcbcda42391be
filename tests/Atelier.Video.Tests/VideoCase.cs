using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;
using Atelier.Testing;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests;

/// <summary>Small videos, and what is asked of their frames.</summary>
internal static class VideoCase
{
    internal static StylizeOptions Options { get; } = StylizeOptions.Default with
    {
        Size = null,
        MinSize = 32,
        Margin = 4,
        Iterations = 15,
    };

    internal static ImmutableArray<Style> Styles { get; } = [MovingScene.Frames(200, 1)[0]];

    internal static VideoRequest Request { get; } = new()
    {
        Styles = Styles,
        Options = Options,
        Video = VideoOptions.Default with { Report = true },
    };

    internal static VideoResult Paint(
        VideoRequest request, Picture[] frames, MemorySink sink, EngineOptions? engine = null,
        CancellationTokenSource? cancel = null)
    {
        using VideoStylizer stylizer = new(engine);
        VideoResult result = stylizer.Stylize(
            request, MovingScene.Source(frames), sink, progress: null,
            cancel?.Token ?? TestContext.Current.CancellationToken);
        Assert.True(sink.IsComplete);
        return result;
    }

    /// <summary>A request that keeps its frames in a file.</summary>
    internal static VideoRequest WithCheckpoint(this VideoRequest request, TemporaryFolder folder, bool resume = false)
        => request with
        {
            Checkpoint = new VideoCheckpointOptions
            {
                Path = Path.Combine(folder.Path, "frames.checkpoint"),
                Recipe = new Recipe { Options = request.Options },
                Resume = resume,
            },
        };

    /// <summary>Root mean squared difference of a frame and another one, brought to where its things are.</summary>
    internal static double WarpingError(Picture content, Picture frame, Picture otherContent, Picture other)
    {
        using WorkerPool workers = new(2);
        FrameMotion motion = FrameMotion.Between(
            new OpticalFlow(workers), PlanarPicture.From(content), PlanarPicture.From(otherContent));
        FrameMeter meter = new();
        meter.Measure(PlanarPicture.From(other), motion: null);
        return meter.Measure(PlanarPicture.From(frame), motion).WarpingError!.Value;
    }

    /// <summary>Mean style distance of the frames after the first.</summary>
    internal static double StyleDistance(Picture[] contents, IEnumerable<Picture> frames)
    {
        using Stylizer stylizer = new();
        return frames.Zip(contents).Skip(1).Average(each => stylizer
            .Evaluate(each.First, each.Second, Styles, Options).Terms
            .Where(term => term.Kind == LossKind.Style).Sum(term => term.Value));
    }
}
