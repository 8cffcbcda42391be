using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Videos;

/// <summary>One frame, painted like the first of the video, to see the look before the long work.</summary>
public sealed class TrialFrame : VideoWork
{
    private readonly ClipReader _clips;
    private readonly EngineOptions _engine;

    internal TrialFrame(
        Turns turns, StudioFolder folder, ClipReader clips, EngineOptions engine, VideoChoice choice, int frame,
        VideoWork? previous)
        : base(turns, folder, choice, previous)
        => (_clips, _engine, FrameOfClip) = (clips, engine, frame);

    /// <inheritdoc/>
    public override int FrameOfClip { get; }

    private protected override VideoState Paint(IProgress<VideoProgress> progress, CancellationToken cancel)
    {
        LoadedSources loaded = Sources.Load(new WorkshopContext { Cancel = cancel }, _engine);
        using VideoStylizer stylizer = new(_engine);
        VideoRequest request = Choice.RequestWith(loaded);
        using OneFrame source = new(_clips.Read(Choice.Clip!, FrameOfClip), Choice.Clip!.Format);
        LastFrame sink = new();
        VideoResult result = stylizer.Stylize(request, source, sink, progress, cancel);
        Warnings = [.. loaded.Warnings, .. result.Warnings];
        Picture picture = sink.Picture!;
        Frames.Offer(() => picture, isFinal: true);
        return VideoState.Complete;
    }

    private sealed class OneFrame(Picture picture, VideoFormat format) : IFrameSource
    {
        private bool _isRead;

        public VideoFormat Format => format with { FrameCount = 1 };

        public VideoFrame? Read()
        {
            bool isRead = _isRead;
            _isRead = true;
            return isRead ? null : new VideoFrame(picture, 0, 1);
        }

        public void Dispose()
        {
        }
    }

    private sealed class LastFrame : IFrameSink
    {
        public Picture? Picture { get; private set; }

        public void Write(VideoFrame frame) => Picture = frame.Picture;

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }
}
