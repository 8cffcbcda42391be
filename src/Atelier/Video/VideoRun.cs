using Atelier.Flow;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;

namespace Atelier.Video;

/// <summary>Paints a video once through, frame after frame.</summary>
internal sealed class VideoRun : IDisposable
{
    private readonly Stylizer _stylizer;
    private readonly VideoRequest _request;
    private readonly IFrameSource _source;
    private readonly IFrameSink _sink;
    private readonly IProgress<VideoProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly Network _network;
    private readonly OpticalFlow _flow;
    private readonly (int Width, int Height) _size;
    private readonly List<int> _scenes = [];
    private readonly List<FrameReport> _reports = [];
    private readonly List<PaintedFrame> _past = [];
    private ScenePainter? _scene;

    internal VideoRun(
        Stylizer stylizer, VideoRequest request, IFrameSource source, IFrameSink sink,
        IProgress<VideoProgress>? progress, CancellationToken cancel)
    {
        (_stylizer, _request, _source, _sink, _progress, _cancel) =
            (stylizer, request, source, sink, progress, cancel);
        _network = stylizer.NetworkFor(request.Options);
        _flow = new OpticalFlow(stylizer.Engine);
        _size = VideoStylizer.SizeOf(source.Format, request.Options);
    }

    internal VideoResult Paint()
    {
        int frames = 0;
        bool isComplete = false;
        while (!_cancel.IsCancellationRequested)
        {
            if (_source.Read() is not VideoFrame frame)
            {
                isComplete = true;
                break;
            }

            if (Paint(frame, frames) is not PlanarPicture painted)
            {
                break;
            }

            _sink.Write(frame with { Picture = _scene!.Finish(frame.Picture, frames, painted) });
            frames++;
        }

        if (frames == 0)
        {
            _cancel.ThrowIfCancellationRequested();
            throw new AtelierException("the video has no frames.");
        }

        _sink.Complete();
        return new VideoResult
        {
            Frames = frames,
            Scenes = [.. _scenes],
            IsComplete = isComplete,
            Report = new VideoReport { Frames = [.. _reports] },
            Warnings = [],
        };
    }

    public void Dispose()
    {
        _scene?.Dispose();
        _network.Dispose();
    }

    private PlanarPicture? Paint(VideoFrame frame, int index)
    {
        PlanarPicture content = PlanarPicture.From(frame.Picture, _size.Height, _size.Width).Clamp();
        FrameMotion? motion = _past.Count == 0 ? null : FrameMotion.Between(_flow, content, _past[^1].Content);
        bool startsScene = motion is null || SceneCuts.IsBetween(_past[^1].Content, content, motion, _request.Video);
        if (startsScene)
        {
            _past.Clear();
            _scenes.Add(index);
            _scene?.Dispose();
            _scene = new ScenePainter(_stylizer, _network, _request, frame.Picture);
        }

        PlanarPicture? painted = startsScene
            ? _scene!.PaintFirst(frame.Picture, index, new StillProgress(this, index), _cancel)
            : PaintNext(frame.Picture, index, content, motion!);
        if (painted is null)
        {
            return null;
        }

        painted = painted.ToBytesAndBack();
        _past.Add(new PaintedFrame(index, content, painted));
        if (_past.Count > _request.Video.LongTerm[^1])
        {
            _past.RemoveAt(0);
        }

        return painted;
    }

    private PlanarPicture? PaintNext(Picture frame, int index, PlanarPicture content, FrameMotion motion)
    {
        List<TemporalTarget> targets = [];
        foreach (int offset in _request.Video.LongTerm.Where(offset => offset <= _past.Count))
        {
            PaintedFrame earlier = _past[^offset];
            FrameMotion path = offset == 1 ? motion : FrameMotion.Between(_flow, content, earlier.Content);
            targets.Add(new TemporalTarget(offset, path.Bring(earlier.Painting), path.Reliability));
        }

        PlanarPicture start = motion.Bring(_past[^1].Painting);
        return _scene!.PaintNext(
            frame, index, start, TemporalTarget.NearestFirst(targets),
            (step, stage) => Report(index, (double)step / stage.Scale.Steps, () => stage.Result.ToPicture()), _cancel);
    }

    private void Report(int index, double fraction, Func<Picture> preview)
        => _progress?.Report(new VideoProgress
        {
            Frame = index,
            FrameCount = _source.Format.FrameCount,
            Pass = 1,
            PassCount = 1,
            FractionOfFrame = fraction,
            Preview = preview,
        });

    /// <summary>Passes on how far a scene's first frame is.</summary>
    private sealed class StillProgress(VideoRun run, int index) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => run.Report(index, value.Fraction, value.Preview);
    }
}
