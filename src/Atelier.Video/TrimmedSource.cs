namespace Atelier.Video;

/// <summary>Selects part of a video: the frames whose timestamps lie between a start and an end time.</summary>
public sealed class TrimmedSource : IFrameSource
{
    private readonly IFrameSource _source;
    private readonly double _start, _end;
    private long? _first;

    /// <summary>Wraps a source, of which it takes ownership.</summary>
    /// <param name="source">The whole video.</param>
    /// <param name="start">Start time, from 0.</param>
    /// <param name="end">End time (exclusive), later than <paramref name="start"/>; null for the end of the
    /// video.</param>
    public TrimmedSource(IFrameSource source, TimeSpan start, TimeSpan? end)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(start, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end ?? TimeSpan.MaxValue, start, nameof(end));
        _source = source;
        // Times are given in decimals but ticks are fractions, so a tolerance keeps rounding from losing a frame.
        double leeway = Math.Min(source.Format.TimeBase.Value / 2, 1e-6);
        _start = start.TotalSeconds - leeway;
        _end = end is TimeSpan last ? last.TotalSeconds - leeway : double.PositiveInfinity;
        Format = source.Format with { FrameCount = CountOf(source.Format) };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <summary>Number of frames before the first selected one, if the rate is constant.</summary>
    internal int Skipped => (int)Math.Max(0, Math.Ceiling(_start * Format.FrameRate.Value));

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
