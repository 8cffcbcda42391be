namespace Atelier.Video;

/// <summary>Selects one scene of a video. Its frames keep their timestamps.</summary>
public sealed class SceneSource : IFrameSource
{
    private readonly IFrameSource _source;
    private readonly VideoScene _scene;
    private int _next;

    /// <summary>Wraps a source, of which it takes ownership.</summary>
    /// <param name="source">The whole video, of which nothing has been read.</param>
    /// <param name="scene">The scene.</param>
    public SceneSource(IFrameSource source, VideoScene scene)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentOutOfRangeException.ThrowIfNegative(scene.First, nameof(scene));
        ArgumentOutOfRangeException.ThrowIfLessThan(scene.Count, 1, nameof(scene));
        (_source, _scene) = (source, scene);
        Format = source.Format with { FrameCount = scene.Count };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <inheritdoc/>
    public VideoFrame? Read()
    {
        for (; _next < _scene.First; _next++)
        {
            if (_source.Read() is null)
            {
                return null;
            }
        }

        return _next++ - _scene.First < _scene.Count ? _source.Read() : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
