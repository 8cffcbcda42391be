namespace Atelier.Video;

/// <summary>Converts a video to a constant frame rate by repeating or dropping frames, without blending them.</summary>
/// <remarks>Each new frame shows what is visible at the middle of its duration, so that rounded timestamps do not cause
/// a frame to be repeated.</remarks>
public sealed class RetimedSource : IFrameSource
{
    private readonly IFrameSource _source;
    private VideoFrame? _current, _next;
    private long _count;

    /// <summary>Wraps a source, of which it takes ownership.</summary>
    /// <param name="source">The video.</param>
    /// <param name="frameRate">The new rate, in frames per second.</param>
    public RetimedSource(IFrameSource source, Rational frameRate)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRate.Numerator, nameof(frameRate));
        _source = source;
        Format = source.Format with
        {
            TimeBase = frameRate.Inverse,
            FrameRate = frameRate,
            IsVariable = false,
            FrameCount = CountOf(source.Format, frameRate),
        };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        _current ??= _source.Read();
        _next ??= _source.Read();
        while (_next is not null && IsSeen(_next.Time))
        {
            (_current, _next) = (_next, _source.Read());
        }

        // Even a very short video keeps at least one frame.
        bool isOver = _current is null
            || (_next is null && _count > 0 && IsSeen(_current.Time + _current.Duration));
        return isOver ? null : new VideoFrame(_current!.Picture, _count++, 1);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static int? CountOf(VideoFormat whole, Rational frameRate)
        => whole.FrameCount is not int count || whole.IsVariable ? null
            : Math.Max(1, (int)Math.Ceiling((count * frameRate.Value / whole.FrameRate.Value) - 0.5));

    /// <summary>Whether a frame of the source has appeared by the middle of the next output frame.</summary>
    private bool IsSeen(long time)
    {
        (Rational old, Rational frame) = (_source.Format.TimeBase, Format.TimeBase);
        return (Int128)time * old.Numerator * 2 * frame.Denominator
            <= ((Int128)(2 * _count) + 1) * frame.Numerator * old.Denominator;
    }
}
