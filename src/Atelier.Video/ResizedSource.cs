using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Resizes the frames of a video.</summary>
public sealed class ResizedSource : IFrameSource
{
    private readonly IFrameSource _source;

    /// <summary>Wraps a source, of which it takes ownership.</summary>
    /// <param name="source">The video.</param>
    /// <param name="longSide">Long side in pixels; the other side follows from the aspect ratio.</param>
    public ResizedSource(IFrameSource source, int longSide)
    {
        ArgumentNullException.ThrowIfNull(source);
        (int width, int height) = Resampler.Fit(source.Format.Width, source.Format.Height, longSide);
        _source = source;
        Format = source.Format with { Width = width, Height = height };
    }

    /// <inheritdoc/>
    public VideoFormat Format { get; }

    /// <inheritdoc/>
    public VideoFrame? Read() => _source.Read() is not VideoFrame frame ? null
        : frame with { Picture = Resampler.Resize(frame.Picture, Format.Width, Format.Height) };

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
