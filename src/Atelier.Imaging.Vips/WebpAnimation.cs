using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Vips;

/// <summary>Reads the frames of a WebP one after another, as they are shown: each drawn on those before it. Each is
/// decoded as a picture of its own, so that time and memory do not depend on how many there are.</summary>
internal sealed class WebpAnimation
{
    private static readonly WebpFormat Format = new();

    private readonly byte[] _file;
    private readonly DecodeLimits _limits;
    private readonly List<WebpFrame> _frames;
    private readonly Picture _canvas;
    private int _next;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, is no WebP, or exceeds the limits.</exception>
    public WebpAnimation(byte[] file, DecodeLimits limits)
    {
        (_file, _limits) = (file, limits);
        if (!Format.Recognizes(file)) throw new ImageFormatException("WebP: the signature is missing.");
        _frames = WebpFrame.FindIn(file);
        if (_frames.Count == 0)
        {
            _canvas = Format.Decode(file, limits);
            return;
        }

        (int width, int height) = WebpFrame.CanvasOf(file);
        VipsFormat.RequireSize(Format.Name, file.Length, width, height, limits);
        _canvas = new Picture(width, height, hasAlpha: true)
        {
            IccProfile = WebpFrame.ProfileIn(file) is byte[] profile
                ? EmbeddedProfile.Accept(profile, "RGB", warn: _ => { }) : null,
        };
        foreach (float[] plane in _canvas.Planes) Array.Clear(plane);
    }

    /// <summary>Width of every frame in pixels.</summary>
    public int Width => _canvas.Width;

    /// <summary>Height of every frame in pixels.</summary>
    public int Height => _canvas.Height;

    /// <summary>How long each frame is shown, in milliseconds; a single 0 if the picture is not animated.</summary>
    public IReadOnlyList<int> Durations => _frames.Count == 0 ? [0] : [.. _frames.Select(frame => frame.Duration)];

    /// <summary>Decodes the next frame; returns null after the last. The next call draws on the same picture, which
    /// must not be changed.</summary>
    /// <exception cref="ImageFormatException">The file is damaged at this point.</exception>
    public Picture? Read()
    {
        if (_next == Math.Max(1, _frames.Count)) return null;
        if (_frames.Count == 0)
        {
            _next++;
            return _canvas;
        }

        if (_next > 0 && _frames[_next - 1].IsCleared) Clear(_frames[_next - 1]);
        WebpFrame frame = _frames[_next++];
        Picture drawn = Format.Decode(frame.ToFile(_file), _limits);
        if ((drawn.Width, drawn.Height) != (frame.Width, frame.Height)
            || frame.Left + frame.Width > Width || frame.Top + frame.Height > Height)
        {
            throw new ImageFormatException($"WebP: frame {_next} is damaged: it has another size than it declares.");
        }

        Draw(frame, drawn);
        return _canvas;
    }

    private void Clear(WebpFrame frame)
    {
        foreach (float[] plane in _canvas.Planes)
        {
            for (int y = 0; y < frame.Height; y++)
                plane.AsSpan(((frame.Top + y) * Width) + frame.Left, frame.Width).Clear();
        }
    }

    private void Draw(WebpFrame frame, Picture drawn)
    {
        float[][] from = drawn.Planes, to = _canvas.Planes;
        for (int i = 0; i < drawn.Red.Length; i++)
        {
            int at = ((frame.Top + (i / frame.Width)) * Width) + frame.Left + (i % frame.Width);
            float alpha = drawn.Alpha?[i] ?? 1f, below = frame.IsBlended ? to[3][at] * (1f - alpha) : 0f;
            float sum = alpha + below, share = sum > 0f ? alpha / sum : 1f;
            for (int channel = 0; channel < 3; channel++)
                to[channel][at] += share * (from[channel][i] - to[channel][at]);
            to[3][at] = sum;
        }
    }
}
