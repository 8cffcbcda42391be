using System.Collections.Immutable;
using Atelier.Video;

namespace Atelier.Workshop.Videos;

/// <content>Painting the scenes of a video apart, perhaps on several machines, and joining them later
/// (<see cref="VideoFileSettings.Scenes"/>).</content>
public sealed partial class VideoPainting
{
    /// <summary>Finds the scenes of the video; the whole of it if it is a loop, whose end leads into its
    /// beginning.</summary>
    /// <param name="progress">Receives the number of frames that have been looked at, and that of all frames if it is
    /// known.</param>
    /// <exception cref="AtelierException">The video cannot be used, or has no frames.</exception>
    /// <exception cref="IOException">The video cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public ImmutableArray<VideoScene> FindScenes(Action<int, int?>? progress = null)
    {
        using VideoInput input = OpenInput();
        using VideoStylizer stylizer = new(settings.Engine);
        ImmutableArray<VideoScene> scenes = stylizer.FindScenes(
            input.Source, Options, Video, count => progress?.Invoke(count, input.Source.Format.FrameCount),
            context.Cancel);
        return scenes.IsEmpty ? throw CodedException.Failed("video.empty", $"'{InputPath}' has no frames.")
            : Video.Loop ? [new VideoScene(0, scenes.Sum(scene => scene.Count))]
            : scenes;
    }

    /// <summary>Paints a scene into the checkpoint file, and goes on from it if it exists. Nothing else is
    /// written.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before a frame was finished.</exception>
    public VideoResult PaintScene(VideoScene scene)
    {
        Sources.RequireValid(Options);
        using SceneSource source = new(OpenInput().Source, scene);
        using VideoStylizer stylizer = new(settings.Engine);
        (VideoRequest request, _) = Prepare(stylizer);
        using IDisposable? memory = Reserve(stylizer, request, source.Format);
        using NoSink sink = new();
        return stylizer.Stylize(request, source, sink, CreateReporter(), context.Cancel);
    }

    private sealed class NoSink : IFrameSink
    {
        public void Write(VideoFrame frame)
        {
            // The frame is in the checkpoint.
        }

        public void Complete()
        {
            // So are all others.
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
