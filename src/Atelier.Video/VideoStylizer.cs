using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Pyramid;

namespace Atelier.Video;

/// <summary>Paints videos in the style of artworks, each frame so that it follows from the ones before.</summary>
/// <remarks>Owns its worker threads and buffers: create one, use it for many videos, one at a time, dispose it. Memory
/// does not grow with the length of a video.</remarks>
public sealed class VideoStylizer : IDisposable
{
    private readonly Stylizer _stylizer;

    /// <summary>A stylizer with its own worker threads.</summary>
    /// <exception cref="OptionsException">bfloat16 is asked for and cannot be had here.</exception>
    public VideoStylizer(EngineOptions? engine = null) => _stylizer = new Stylizer(engine);

    /// <summary>A stylizer on an engine, which it then owns.</summary>
    public VideoStylizer(IEngine engine) => _stylizer = new Stylizer(engine);

    /// <summary>Width and height of the frames that <see cref="Stylize"/> gives.</summary>
    public static (int Width, int Height) SizeOf(VideoFormat format, StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        PyramidScale final = ScaleSchedule.Of(format.Width, format.Height, options)[^1];
        return (final.Width, final.Height);
    }

    /// <summary>Paints the frames of a source. The sink is completed, also after a cancellation, with the frames that
    /// are done; neither is disposed.</summary>
    /// <param name="request">How they are painted.</param>
    /// <param name="source">The video.</param>
    /// <param name="sink">Receives the painted frames, in order, with the times of the source's.</param>
    /// <param name="progress">Told after every step, on the calling thread.</param>
    /// <param name="cancel">Ends the run early, with the frames that are done.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture, frame or spool cannot be used.</exception>
    /// <exception cref="IOException">A frame or the spool cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before a frame was done.</exception>
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

    /// <summary>Finds out whether <see cref="Stylize"/> could begin, at once.</summary>
    /// <param name="request">How frames would be painted.</param>
    /// <param name="format">What they are.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public void Check(VideoRequest request, VideoFormat format)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(format);
        List<Problem> problems = [.. request.Video.Validate()];
        if (request.Video.IsRevised && request.Spool is null)
        {
            problems.Add(new Problem(
                "passes", "need a spool, in which frames wait to be painted again", "name its file, or take one pass")
            {
                Subject = "several passes and loops",
            });
        }

        if (problems.Count > 0)
        {
            throw new OptionsException(problems);
        }

        _stylizer.Check(request.RequestOf(new Picture(format.Width, format.Height), frame: 0));
    }

    /// <summary>Ends the worker threads and frees the buffers.</summary>
    public void Dispose() => _stylizer.Dispose();
}
