namespace Atelier.Video;

/// <summary>Where the frames of a result go, one after the other.</summary>
/// <remarks>Disposed without <see cref="Complete"/>, it leaves nothing under the result's name.</remarks>
public interface IFrameSink : IDisposable
{
    /// <summary>Adds a frame.</summary>
    /// <exception cref="AtelierException">What encodes the video failed.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(VideoFrame frame);

    /// <summary>Ends the video, playable, however few frames it has, and gives it its name.</summary>
    /// <exception cref="AtelierException">What encodes the video failed.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Complete();
}
