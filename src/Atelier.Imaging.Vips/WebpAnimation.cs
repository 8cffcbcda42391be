using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>Reads the frames of a WebP one after another, as they are shown: each drawn on those before it. Only one is
/// in memory at a time.</summary>
internal sealed class WebpAnimation : IDisposable
{
    /// <summary>libvips decodes frames as one tall picture; taller ones it would refuse.</summary>
    private const int MaxRows = 8_000_000;

    private const string Format = "WebP";

    private readonly byte[] _file;
    private readonly int[] _durations;
    private Image? _strip;
    private VipsMetadata? _metadata;
    private int _next, _first;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, is no WebP, or exceeds the limits.</exception>
    public WebpAnimation(byte[] file, DecodeLimits limits)
    {
        _file = file;
        if (!new WebpFormat().Recognizes(file)) throw new ImageFormatException("WebP: the signature is missing.");
        _durations = [.. WebpFormat.DurationsOf(file)];
        using Image first = Libvips.Read(Format, () => WebpFormat.Open(file, page: 0, pages: 1));
        VipsFormat.RequireSize(Format, file.Length, first, limits);
        (Width, Height) = (first.Width, first.Height);
    }

    /// <summary>Width of every frame in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of every frame in pixels.</summary>
    public int Height { get; }

    /// <summary>How long each frame is shown, in milliseconds; a single 0 if the picture is not animated.</summary>
    public IReadOnlyList<int> Durations => _durations;

    /// <summary>Decodes the next frame; returns null after the last.</summary>
    /// <exception cref="ImageFormatException">The file is damaged at this point.</exception>
    public Picture? Read()
    {
        if (_next == _durations.Length) return null;
        return Libvips.Read(Format, () =>
        {
            if (_strip is null || (_next - _first) * Height >= _strip.Height) OpenStrip();
            return VipsPixels.Read(_strip!, _metadata!, (_next++ - _first) * Height, Height);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _strip?.Dispose();

    private void OpenStrip()
    {
        _strip?.Dispose();
        _first = _next;
        int count = Math.Min(_durations.Length - _next, Math.Max(1, MaxRows / Height));
        using Image stored = WebpFormat.Open(_file, _next, count);
        _metadata = VipsMetadata.Read(stored);
        _strip = VipsColors.ToRgb(stored, ref _metadata);
    }
}
