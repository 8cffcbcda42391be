namespace Atelier.Video;

/// <summary>Supplies the frames of a video one after another, without holding them all in memory.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>The format shared by all frames.</summary>
    VideoFormat Format { get; }

    /// <summary>Reads the next frame; returns null after the last.</summary>
    /// <exception cref="AtelierException">The video is damaged at this point, or the decoder failed.</exception>
    /// <exception cref="IOException">The video cannot be read.</exception>
    VideoFrame? Read();
}
