using Atelier.Imaging;
using Atelier.Imaging.Codecs.Gif;

namespace Atelier.Video;

/// <summary>Reads the frames of an animated GIF as browsers display them: transparent pixels are white, and frames
/// shorter than two hundredths of a second last ten hundredths.</summary>
public sealed class GifSource : IFrameSource
{
    private const int ShortestDelay = 2, UsualDelay = 10;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly GifReader _reader;
    private readonly GifCanvas _canvas;
    private readonly int _tick;
    private long _time;

    /// <summary>Opens a file and scans its frames once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">Limits for decoding.</param>
    /// <exception cref="ImageFormatException">The file is not a GIF, or is damaged before its first frame.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public GifSource(string path, DecodeLimits? limits = null)
    {
        limits ??= DecodeLimits.Default;
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            int[] delays = Named(() => DelaysOf(new GifReader(_file, limits)));
            _tick = delays.Distinct().Count() == 1 ? delays[0] : 1;
            _file.Position = 0;
            _reader = Named(() => new GifReader(_file, limits));
            _canvas = new GifCanvas(_reader.Width, _reader.Height);
            Format = new VideoFormat(
                _reader.Width, _reader.Height, Rational.Lowest(_tick, 100),
                Rational.Lowest(100L * delays.Length, delays.Sum(delay => (long)delay)))
            {
                IsVariable = delays.Distinct().Count() > 1,
                FrameCount = delays.Length,
            };
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <summary>Number of repetitions after the first playback; 0 repeats forever, null does not repeat. Known after
    /// the first frame.</summary>
    public int? Loops => _reader.Loops;

    /// <summary>A warning about damage at the end of the file; null if there is none.</summary>
    public string? Warning => _reader.Damage is string damage ? $"'{_path}' is damaged: {damage}." : null;

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        if (Named(() => _reader.Read()) is not GifFrame frame)
        {
            return null;
        }

        _canvas.Draw(frame);
        long time = _time, duration = DelayOf(frame) / _tick;
        _time += duration;
        return new VideoFrame(_canvas.OnWhite(), time, duration);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static int[] DelaysOf(GifReader reader)
    {
        List<int> delays = [];
        try
        {
            while (reader.Read(withPixels: false) is GifFrame frame)
                delays.Add(DelayOf(frame));
        }
        catch (ImageFormatException) when (delays.Count > 0)
        {
            // The error is reported when this frame is read.
        }

        return delays.Count > 0 ? [.. delays] : throw new ImageFormatException("GIF: the file contains no frame.");
    }

    private static int DelayOf(GifFrame frame) => frame.Delay < ShortestDelay ? UsualDelay : frame.Delay;

    private T Named<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{_path}: {error.Message}", error);
        }
    }
}
