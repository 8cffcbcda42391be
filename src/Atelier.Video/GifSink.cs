using Atelier.Imaging.Codecs.Gif;
using Atelier.Primitives;

namespace Atelier.Video;

/// <summary>Writes an animated GIF. Its 256 colors follow the video from frame to frame; frames that come faster than
/// browsers show, at more than 50 in a second, are left out.</summary>
/// <remarks>Dithering is ordered: it depends on a pixel's place and color only, so that what stands still in the video
/// stands still in the result. Diffused errors would let a change in one corner stir the grain everywhere.</remarks>
public sealed class GifSink : IFrameSink
{
    private const int ShortestDelay = 2;
    private readonly PendingFile _file;
    private readonly GifWriter _writer;
    private readonly GifPalette _palette = new();
    private readonly VideoFormat _format;
    private long _shownUntil;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file to be.</param>
    /// <param name="format">The frames that will come.</param>
    /// <param name="loops">How often the animation comes again after the first time; 0 for ever.</param>
    /// <exception cref="AtelierException">The frames are larger than a GIF can be.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public GifSink(string path, VideoFormat format, int loops = 0)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (Math.Max(format.Width, format.Height) > ushort.MaxValue)
        {
            throw new AtelierException(
                $"'{path}': a GIF has at most {ushort.MaxValue} pixels on a side; choose a smaller size.");
        }

        _format = format;
        _file = new PendingFile(path);
        _writer = new GifWriter(_file.Stream);
        _writer.WriteHeader(format.Width, format.Height, loops);
    }

    /// <inheritdoc/>
    public void Write(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        long until = Hundredths(frame.Time + frame.Duration), delay = until - _shownUntil;
        if (delay < ShortestDelay && _shownUntil > 0)
        {
            return;
        }

        delay = Math.Clamp(delay, ShortestDelay, ushort.MaxValue);
        _shownUntil += delay;
        (byte[] colors, byte[] indices) = _palette.Reduce(frame.Picture);
        _writer.Write(new GifFrame(
            0, 0, _format.Width, _format.Height, colors, indices, null, GifDisposal.Keep, (int)delay));
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _writer.WriteEnd();
        _file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private long Hundredths(long ticks) => (long)Math.Round(ticks * 100 * _format.TimeBase.Value);
}
