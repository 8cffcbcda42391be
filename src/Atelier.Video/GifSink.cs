using Atelier.Imaging.Codecs.Gif;
using Atelier.Primitives;

namespace Atelier.Video;

/// <summary>Writes an animated GIF. Its 256 colors adapt to the video from frame to frame. Frames beyond 50 per second,
/// which browsers do not show, are dropped.</summary>
/// <remarks>It uses ordered dithering, which depends only on a pixel's position and color, so that static parts of the
/// video stay static. With error diffusion, a change in one corner would disturb the dither pattern
/// everywhere.</remarks>
public sealed class GifSink : IFrameSink
{
    private const int ShortestDelay = 2;
    private readonly PendingFile _file;
    private readonly GifWriter _writer;
    private readonly GifPalette _palette = new();
    private readonly VideoFormat _format;
    private long _shownUntil;

    /// <summary>Creates a file.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="format">The format of the frames.</param>
    /// <param name="loops">Number of repetitions after the first playback; 0 repeats forever.</param>
    /// <exception cref="AtelierException">The frames exceed the maximum size of a GIF.</exception>
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
