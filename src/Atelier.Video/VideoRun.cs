using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Paints a video: the first pass in the order of the source, then any further passes. With one pass, frames
/// are written as they are painted; otherwise all are written at the end.</summary>
internal sealed class VideoRun : IDisposable
{
    private readonly VideoRequest _request;
    private readonly IFrameSource _source;
    private readonly IFrameSink _sink;
    private readonly IProgress<VideoProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly FramePainter _painter;
    private readonly VideoCheckpoint? _checkpoint;
    private readonly FrameMeter _meter = new();
    private readonly DriftMeter _drift = new();
    private readonly List<int> _scenes = [];
    private readonly List<FrameReport> _reports = [];
    private int _pass = 1;
    private int _frames;

    internal VideoRun(
        Stylizer stylizer, VideoRequest request, IFrameSource source, IFrameSink sink,
        IProgress<VideoProgress>? progress, CancellationToken cancel)
    {
        (_request, _source, _sink, _progress, _cancel) = (request, source, sink, progress, cancel);
        (int, int) size = VideoStylizer.GetOutputSize(source.Format, request.Options);
        _painter = new FramePainter(stylizer, request, size, Report, cancel);
        _checkpoint = request.Checkpoint is VideoCheckpointOptions checkpoint
            ? VideoCheckpoint.Open(checkpoint, request.Video, _painter.NetworkSha256, stylizer.Engine.Fingerprint)
            : null;
    }

    /// <summary>Whether frames are painted more than once before they are written.</summary>
    private bool IsMultiPass => _request.Video.IsMultiPass;

    internal VideoResult Paint()
    {
        bool isComplete = PaintSource();
        if (_frames == 0)
        {
            _cancel.ThrowIfCancellationRequested();
            throw new AtelierException("the video has no frames.");
        }

        if (IsMultiPass)
        {
            MultiPassPainter revision = new(_request.Video, _painter, _checkpoint!, [.. _scenes], _frames);
            isComplete = isComplete && revision.Paint(pass => _pass = pass);
            WriteFrames(revision);
        }

        _sink.Complete();
        return new VideoResult
        {
            Frames = _frames,
            Scenes = [.. _scenes],
            IsComplete = isComplete,
            Report = new VideoReport { Frames = [.. _reports] },
            Warnings = [.. _painter.Warnings],
        };
    }

    public void Dispose()
    {
        _checkpoint?.Dispose();
        _painter.Dispose();
    }

    /// <summary>Runs the first pass. Returns false if the run was canceled.</summary>
    private bool PaintSource()
    {
        while (!_cancel.IsCancellationRequested)
        {
            if (_source.Read() is not VideoFrame read)
            {
                return true;
            }

            VideoFrame frame = read with { Picture = read.Picture.Visible };
            if (!(_checkpoint?.Find(1, _frames) is FrameRecord entry ? Replay(frame, entry) : Paint(frame)))
            {
                return false;
            }

            _frames++;
        }

        return false;
    }

    /// <summary>Paints the next frame of the source. Returns false if the run was canceled.</summary>
    private bool Paint(VideoFrame frame)
    {
        PlanarPicture content = _painter.Fit(frame.Picture);
        FrameMotion? motion =
            _painter.Last is PaintedFrame last ? _painter.MotionBetween(content, last.Content) : null;
        if (motion is null || SceneCuts.IsBetween(_painter.Last!.Content, content, motion, _request.Video))
        {
            motion = null;
            BeginScene(frame.Picture);
        }

        PlanarPicture? painting = motion is null
            ? _painter.PaintFirst(frame.Picture, _frames)
            : _painter.PaintNext(frame.Picture, _frames, content, motion);
        if (painting is null)
        {
            return false;
        }

        Follow(content, painting);
        FrameReport? report = IsMultiPass ? null : Write(frame, _frames, painting, motion, known: null);
        if (IsMultiPass)
        {
            _checkpoint!.Append(EntryOf(0, frame, report), frame.Picture);
        }

        _checkpoint?.Append(EntryOf(1, frame, report), painting.ToPicture());
        return true;
    }

    /// <summary>Continues from a frame that has already been painted.</summary>
    private bool Replay(VideoFrame frame, FrameRecord entry)
    {
        PlanarPicture content = _painter.Fit(frame.Picture);
        PlanarPicture painting = PlanarPicture.From(_checkpoint!.Read(1, _frames));
        if (entry.Scene == _frames)
        {
            BeginScene(frame.Picture);
        }

        // Flicker is measured over three frames, so the last stored frame must be measured again.
        bool isLast = _checkpoint.Find(1, _frames + 1) is null;
        FrameMotion? motion = isLast && _request.Video.Report && _painter.Last is PaintedFrame last
            ? _painter.MotionBetween(content, last.Content)
            : null;
        Follow(content, painting);
        if (!IsMultiPass)
        {
            Write(frame, _frames, painting, motion, entry.Report);
        }

        return true;
    }

    private void BeginScene(Picture first)
    {
        _scenes.Add(_frames);
        _painter.BeginScene(first, _frames);
    }

    private void Follow(PlanarPicture content, PlanarPicture painting)
    {
        if (_painter.Scene == _frames)
        {
            _painter.AnchorTo(painting);
        }

        _painter.Follow(new PaintedFrame(_frames, content, painting));
    }

    /// <summary>Writes the latest painting of every frame.</summary>
    private void WriteFrames(MultiPassPainter revision)
    {
        PlanarPicture? previous = null;
        for (int index = 0; index < _frames; index++)
        {
            FrameRecord entry = _checkpoint!.Find(0, index)!;
            VideoFrame frame = new(_checkpoint.Read(0, index), entry.Time, entry.Duration);
            if (entry.Scene == index)
            {
                _painter.BeginScene(frame.Picture, index);
                _painter.AnchorTo(PlanarPicture.From(_checkpoint.Read(1, index)));
                previous = null;
            }

            PlanarPicture content = _painter.Fit(frame.Picture);
            FrameMotion? motion =
                _request.Video.Report && previous is not null ? _painter.MotionBetween(content, previous) : null;
            Write(frame, index, revision.Newest(index), motion, known: null);
            previous = content;
        }
    }

    /// <summary>Writes a frame, and measures it if requested and not done before.</summary>
    private FrameReport? Write(
        VideoFrame frame, int index, PlanarPicture painting, FrameMotion? motion, FrameReport? known)
    {
        Picture finished = _painter.Finish(frame.Picture, index, painting);
        FrameReport? report = known;
        if (_request.Video.Report)
        {
            bool startsScene = _painter.Scene == index;
            (double? error, double? flicker) = _meter.Measure(PlanarPicture.From(finished), motion);
            FrameTone tone = _drift.Measure(finished, frame.Picture, startsScene);
            if (report is null)
            {
                (double style, double content) = _painter.MeasureDistances(frame.Picture, index, painting);
                report = new FrameReport(
                    index, startsScene, error, flicker, style, content, tone.Brightness, tone.Contrast,
                    tone.BrightnessDrift, tone.ContrastDrift);
            }

            _reports.Add(report);
        }

        _sink.Write(frame with { Picture = finished });
        return report;
    }

    private FrameRecord EntryOf(int pass, VideoFrame frame, FrameReport? report)
        => new(pass, _frames, _painter.Scene, frame.Time, frame.Duration, report);

    private void Report(int frame, double fraction, Func<Picture> preview)
        => _progress?.Report(new VideoProgress
        {
            Frame = frame,
            FrameCount = _pass > 1 ? _frames : _source.Format.FrameCount,
            Pass = _pass,
            PassCount = _request.Video.PassCount,
            FrameFraction = fraction,
            Preview = preview,
        });
}
