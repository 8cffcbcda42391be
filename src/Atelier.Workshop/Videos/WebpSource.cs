using Atelier.Imaging;
using Atelier.Imaging.Profiles;
using Atelier.Imaging.Vips;
using Atelier.Video;

namespace Atelier.Workshop.Videos;

/// <summary>Reads the frames of an animated WebP as browsers display them: on white, and frames of at most ten
/// milliseconds last a hundred.</summary>
internal sealed class WebpSource : IFrameSource
{
    private const int ShortestDuration = 10, UsualDuration = 100;
    private readonly string _path;
    private readonly WebpAnimation _animation;
    private readonly int[] _durations;
    private readonly int _tick;
    private long _time;
    private int _next;

    /// <summary>Opens a file.</summary>
    /// <exception cref="ImageFormatException">The file is not a WebP, is damaged, or exceeds the limits.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public WebpSource(string path, DecodeLimits? limits = null)
    {
        _path = path;
        _animation = Named(() => new WebpAnimation(File.ReadAllBytes(path), limits ?? DecodeLimits.Default));
        _durations =
            [.. _animation.Durations.Select(duration => duration <= ShortestDuration ? UsualDuration : duration)];
        bool isVariable = _durations.Distinct().Count() > 1;
        _tick = isVariable ? 1 : _durations[0];
        Format = new VideoFormat(
            _animation.Width, _animation.Height, Rational.Lowest(_tick, 1000),
            Rational.Lowest(1000L * _durations.Length, _durations.Sum(duration => (long)duration)))
        {
            IsVariable = isVariable,
            FrameCount = _durations.Length,
        };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        if (Named(_animation.Read) is not Picture frame)
        {
            return null;
        }

        (long time, long duration) = (_time, _durations[_next++] / _tick);
        _time += duration;
        return new VideoFrame(OnWhite(FileColors.ToSrgb(frame)), time, duration);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to close: the whole file was read.
    }

    private static Picture OnWhite(Picture frame)
    {
        if (frame.Alpha is not float[] alpha)
        {
            return frame;
        }

        // The frame itself changes with the next one.
        float[] Over(float[] plane) => [.. plane.Select((sample, i) => 1f - (alpha[i] * (1f - sample)))];
        return new Picture(frame.Width, frame.Height, Over(frame.Red), Over(frame.Green), Over(frame.Blue));
    }

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
