namespace Atelier.Video;

/// <summary>Frames of a video, one after the other, never all at once.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>What holds for all frames.</summary>
    VideoFormat Format { get; }

    /// <summary>The next frame; null after the last.</summary>
    /// <exception cref="AtelierException">The video is damaged here, or what decodes it failed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    VideoFrame? Read();
}
