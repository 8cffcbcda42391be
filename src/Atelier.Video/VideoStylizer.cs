using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>Paints videos in the style of artworks, keeping each frame consistent with the previous ones.</summary>
/// <remarks>Owns its worker threads and buffers. Create one, use it for any number of videos, one at a time, and
/// dispose it. Memory use does not depend on the length of a video.</remarks>
public sealed partial class VideoStylizer : IDisposable
{
    private readonly Stylizer _stylizer;

    /// <summary>Creates a stylizer with an engine of its own.</summary>
    /// <exception cref="OptionsException">The engine does not exist, or is not available on this machine.</exception>
    public VideoStylizer(EngineOptions? engine = null) => _stylizer = new Stylizer(engine);

    /// <summary>Creates a stylizer that uses an existing engine, which may be shared as long as it is used by one at a
    /// time.</summary>
    /// <param name="engine">The engine, which must outlive the stylizer unless the stylizer owns it.</param>
    /// <param name="ownsEngine">Whether the stylizer disposes it.</param>
    /// <param name="threads">Number of CPU threads for what is computed outside the engine, if it is not the built-in
    /// one; 0 means one for each processor.</param>
    public VideoStylizer(IEngine engine, bool ownsEngine = false, int threads = 0)
        => _stylizer = new Stylizer(engine, ownsEngine, threads);

    /// <inheritdoc cref="Stylizer.PrecisionFor"/>
    public Precision PrecisionFor(StylizeOptions options) => _stylizer.PrecisionFor(options);

    /// <summary>Returns the size of the frames that <see cref="Stylize"/> produces.</summary>
    public static (int Width, int Height) GetOutputSize(VideoFormat format, StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        PyramidScale final = ScaleSchedule.Create(format.Width, format.Height, options)[^1];
        return (final.Width, final.Height);
    }

    /// <summary>Paints the frames of a source and writes them to a sink. The sink is completed even after cancellation,
    /// with the frames finished so far. Neither the source nor the sink is disposed.</summary>
    /// <param name="request">Styles and options.</param>
    /// <param name="source">The video.</param>
    /// <param name="sink">Receives the painted frames in order, with the timestamps of the source.</param>
    /// <param name="progress">Receives a report after every iteration, on the calling thread.</param>
    /// <param name="cancel">Ends the run early, with the frames finished so far.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture, frame or checkpoint cannot be used.</exception>
    /// <exception cref="IOException">A frame or the checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before the first frame was
    /// finished.</exception>
    public VideoResult Stylize(
        VideoRequest request, IFrameSource source, IFrameSink sink, IProgress<VideoProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        Check(request, source.Format);
        using VideoRun run = new(_stylizer, request, source, sink, progress, cancel);
        return run.Paint();
    }

    /// <summary>Checks quickly whether <see cref="Stylize"/> can run.</summary>
    /// <param name="request">Styles and options.</param>
    /// <param name="format">The format of the frames.</param>
    /// <returns>What is known about painting the first frame before it starts.</returns>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public RunForecast Check(VideoRequest request, VideoFormat format)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(format);
        List<Problem> problems = [.. request.Video.Validate()];
        if (request.Video.IsMultiPass && request.Checkpoint is null)
        {
            problems.Add(new Problem(
                "passes", "require a checkpoint, which stores the frames between passes",
                "specify one, or use one pass")
            {
                Subject = "several passes and loops",
            });
        }

        if (problems.Count > 0)
        {
            throw new OptionsException(problems);
        }

        return _stylizer.Check(request.RequestOf(new Picture(format.Width, format.Height), frame: 0));
    }

    /// <summary>Predicts the time and memory that <see cref="Stylize"/> would need on this machine, based on a trial
    /// that takes a few seconds.</summary>
    /// <param name="request">Styles and options.</param>
    /// <param name="frame">A frame of the video.</param>
    /// <param name="clock">The clock used for measuring; null uses the system clock.</param>
    /// <param name="cancel">Ends the trial.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    public VideoPlan Plan(
        VideoRequest request, Picture frame, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(frame);
        TimeProvider time = clock ?? TimeProvider.System;
        RunPlan still = _stylizer.Plan(request.RequestOf(frame, frame: 0), time, cancel);
        ScalePlan final = still.Scales[^1];
        PlanarPicture content = PlanarPicture.From(frame, final.Height, final.Width);
        OpticalFlow flow = new(_stylizer.Workers);
        long start = time.GetTimestamp();
        _ = FrameMotion.Between(flow, content, content);
        double motion = time.GetElapsedTime(start).TotalSeconds * request.Video.LongTerm.Length;

        // Nearly every frame shows something new at its border, and is painted at all scales.
        double share = (double)request.Video.IterationsFor(request.Options) / request.Options.Iterations;
        return new VideoPlan(still.Seconds, (share * still.Seconds) + motion, still.PeakBytes);
    }

    /// <summary>Stops the worker threads and frees the buffers.</summary>
    public void Dispose() => _stylizer.Dispose();
}
