namespace Atelier.Video;

/// <content>Asynchronous versions, which run on a worker thread.</content>
public sealed partial class VideoStylizer
{
    /// <summary>Paints the frames of a source on a worker thread, on which the source, the sink and the progress
    /// receiver are called. The sink is completed even after cancellation, with the frames finished so far. Neither the
    /// source nor the sink is disposed.</summary>
    /// <inheritdoc cref="Stylize"/>
    /// <param name="progress">Receives a report after every iteration, on the worker thread.</param>
    public Task<VideoResult> StylizeAsync(
        VideoRequest request, IFrameSource source, IFrameSink sink, IProgress<VideoProgress>? progress = null,
        CancellationToken cancel = default)
        => Task.Run(() => Stylize(request, source, sink, progress, cancel), cancel);
}
