namespace Atelier.Video;

/// <summary>A part of a video: the frames that appear from one moment on and before another.</summary>
public sealed class TrimmedSource : IFrameSource
{
    private readonly IFrameSource _source;
    private readonly double _start, _end;
    private long? _first;

    /// <summary>Takes over another source, which it disposes.</summary>
    /// <param name="source">The whole video.</param>
    /// <param name="start">The first moment, from 0.</param>
    /// <param name="end">The moment after the last, later than <paramref name="start"/>; null for all the rest.</param>
    public TrimmedSource(IFrameSource source, TimeSpan start, TimeSpan? end)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(start, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end ?? TimeSpan.MaxValue, start, nameof(end));
        _source = source;
        // Moments are given in decimals and ticks are fractions: a frame that is meant is not lost by a rounding.
        double leeway = Math.Min(source.Format.TimeBase.Value / 2, 1e-6);
        _start = start.TotalSeconds - leeway;
        _end = end is TimeSpan last ? last.TotalSeconds - leeway : double.PositiveInfinity;
        Format = source.Format with { FrameCount = CountOf(source.Format) };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        while (_source.Read() is VideoFrame frame)
        {
            double time = frame.Time * Format.TimeBase.Value;
            if (time >= _end)
            {
                return null;
            }

            if (time >= _start)
            {
                _first ??= frame.Time;
                return frame with { Time = frame.Time - _first.Value };
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private int? CountOf(VideoFormat whole)
    {
        if (whole.FrameCount is not int count || whole.IsVariable)
        {
            return null;
        }

        // Frame i appears at i / rate.
        int Before(double moment) => (int)Math.Clamp(Math.Ceiling(moment * whole.FrameRate.Value), 0, count);
        return Before(_end) - Before(_start);
    }
}
