namespace Atelier.Video;

/// <content>The same work on a worker thread.</content>
public sealed partial class VideoStylizer
{
    /// <summary>Paints the frames of a source on a worker thread, which source, sink and progress are called on. The
    /// sink is completed, also after a cancellation, with the frames that are done; neither is disposed.</summary>
    /// <inheritdoc cref="Stylize"/>
    /// <param name="progress">Told after every step, on the worker thread.</param>
    public Task<VideoResult> StylizeAsync(
        VideoRequest request, IFrameSource source, IFrameSink sink, IProgress<VideoProgress>? progress = null,
        CancellationToken cancel = default)
        => Task.Run(() => Stylize(request, source, sink, progress, cancel), cancel);
}
