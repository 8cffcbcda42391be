namespace Atelier.Video;

/// <summary>Receives the frames of a result, one after another.</summary>
/// <remarks>If it is disposed without <see cref="Complete"/>, no file remains under the name of the result.</remarks>
public interface IFrameSink : IDisposable
{
    /// <summary>Adds a frame.</summary>
    /// <exception cref="AtelierException">The encoder failed.</exception>
    /// <exception cref="IOException">The frame cannot be written.</exception>
    void Write(VideoFrame frame);

    /// <summary>Completes the video, which is playable however few frames it has, and gives it its final
    /// name.</summary>
    /// <exception cref="AtelierException">The encoder failed.</exception>
    /// <exception cref="IOException">The video cannot be written.</exception>
    void Complete();
}
