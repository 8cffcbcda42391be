using Atelier.Video;

namespace Atelier.Studio.Videos;

/// <summary>Predicts how long frames take: by the frames so far, without the first, which takes longer; before that by
/// the plan.</summary>
/// <param name="clock">Measures time.</param>
/// <param name="plan">The plan; null if it is not known.</param>
internal sealed class VideoPace(TimeProvider clock, VideoPlan? plan)
{
    private long? _last;
    private double _seconds;
    private int _frames;

    /// <summary>Takes note of a frame that is complete.</summary>
    public void Report(VideoProgress progress)
    {
        if (progress.FrameFraction < 1)
        {
            return;
        }

        long now = clock.GetTimestamp();
        if (_last is long last)
        {
            _seconds += clock.GetElapsedTime(last, now).TotalSeconds;
            _frames++;
        }

        _last = now;
    }

    /// <summary>Forgets the time since the last frame, during which nothing was painted.</summary>
    public void Restart() => _last = null;

    /// <summary>Returns the time for a number of frames, in seconds; null if it is not known.</summary>
    public double? SecondsFor(double frames)
        => _frames > 0 ? frames * _seconds / _frames : frames * plan?.NextSeconds;
}
