namespace Atelier.Video;

/// <summary>Predicted time and memory of a video.</summary>
/// <param name="FirstSeconds">Time for the first frame of a scene, in seconds.</param>
/// <param name="NextSeconds">Time for each later frame, and for each frame of a further pass, in seconds.</param>
/// <param name="PeakBytes">Peak memory of the process.</param>
public sealed record VideoPlan(double FirstSeconds, double NextSeconds, long PeakBytes)
{
    /// <summary>Returns the time for a video of one scene, in seconds.</summary>
    /// <param name="frames">Number of its frames.</param>
    /// <param name="video">The number of passes.</param>
    public double SecondsOf(int frames, VideoOptions video)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        return FirstSeconds + ((((long)frames * video.PassCount) - 1) * NextSeconds);
    }
}
