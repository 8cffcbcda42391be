namespace Atelier.Imaging.Codecs.Png;

/// <summary>Unpacks rows of samples into the planes of a picture.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly ushort[] _samples;
    private readonly List<Route> _routes = [];
    private readonly ushort[]? _transparentColor;
    private readonly int _paletteColors;

    /// <summary>Allocates the planes. The size of the picture must already have been checked.</summary>
    /// <param name="header">How the pixels are stored.</param>
    /// <param name="palette">Red, green and blue of every color, 3 to 768 bytes;
    /// empty unless the picture needs one.</param>
    /// <param name="transparency">The data of a tRNS chunk that matches the picture; empty if there is none.</param>
    public PngPixels(PngHeader header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        _header = header;
        _samples = new ushort[checked(header.Width * header.Channels)];
        bool hasAlpha = !transparency.IsEmpty || header.ColorType is PngColorType.GrayAlpha or PngColorType.Rgba;
        Picture = new Picture(header.Width, header.Height, hasAlpha)
        {
            BitDepth = header.PictureBitDepth,
        };
        if (header.ColorType == PngColorType.Palette)
        {
            _paletteColors = palette.Length / 3;
            RoutePalette(palette, transparency);
            return;
        }

        RouteChannels();
        if (!transparency.IsEmpty)
        {
            _transparentColor = new ushort[header.Channels];
            Samples.ReadBigEndian(transparency, _transparentColor);
            // Only as many of the 16 stored bits are significant as a sample has.
            foreach (ref ushort sample in _transparentColor.AsSpan()) sample &= (ushort)((1 << header.BitDepth) - 1);
        }
    }

    /// <summary>The picture that <see cref="WriteRow"/> fills.</summary>
    public Picture Picture { get; }

    /// <summary>Whether a pixel referred to a color outside the palette; such pixels become black.</summary>
    public bool HasUnknownColors { get; private set; }

    /// <summary>Writes one row of a pass.</summary>
    /// <param name="packed">The samples of the row as stored.</param>
    /// <param name="width">Pixels in the row.</param>
    /// <param name="start">Index of the row's first pixel in the planes.</param>
    /// <param name="step">Distance of its pixels in the planes.</param>
    public void WriteRow(ReadOnlySpan<byte> packed, int width, int start, int step)
    {
        Span<ushort> samples = _samples.AsSpan(0, width * _header.Channels);
        if (_header.BitDepth == 16) Samples.ReadBigEndian(packed, samples);
        else Samples.ReadPacked(packed, _header.BitDepth, samples);

        foreach (Route route in _routes)
        {
            int to = start;
            for (int i = route.Channel; i < samples.Length; i += _header.Channels, to += step)
            {
                route.Plane[to] = route.Levels[samples[i]];
            }
        }

        if (_transparentColor is not null) ClearTransparent(samples, start, step);
        if (_header.ColorType == PngColorType.Palette)
        {
            HasUnknownColors |= samples.ContainsAnyInRange((ushort)_paletteColors, ushort.MaxValue);
        }
    }

    private void RouteChannels()
    {
        bool isGray = _header.Channels < 3;
        float[] levels = Samples.Levels(_header.BitDepth);
        _routes.Add(new Route(0, levels, Picture.Red));
        _routes.Add(new Route(isGray ? 0 : 1, levels, Picture.Green));
        _routes.Add(new Route(isGray ? 0 : 2, levels, Picture.Blue));
        if (_header.ColorType is PngColorType.GrayAlpha or PngColorType.Rgba)
        {
            _routes.Add(new Route(_header.Channels - 1, levels, Picture.Alpha!));
        }
    }

    private void RoutePalette(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        float[] levels = Samples.Levels(8);
        float[] red = new float[256], green = new float[256], blue = new float[256], alpha = new float[256];
        Array.Fill(alpha, 1f);
        for (int color = 0; color < _paletteColors; color++)
        {
            red[color] = levels[palette[3 * color]];
            green[color] = levels[palette[(3 * color) + 1]];
            blue[color] = levels[palette[(3 * color) + 2]];
        }

        for (int color = 0; color < transparency.Length; color++) alpha[color] = levels[transparency[color]];
        _routes.Add(new Route(0, red, Picture.Red));
        _routes.Add(new Route(0, green, Picture.Green));
        _routes.Add(new Route(0, blue, Picture.Blue));
        if (Picture.Alpha is not null) _routes.Add(new Route(0, alpha, Picture.Alpha));
    }

    private void ClearTransparent(ReadOnlySpan<ushort> samples, int start, int step)
    {
        for (; !samples.IsEmpty; samples = samples[_header.Channels..], start += step)
        {
            if (samples[.._header.Channels].SequenceEqual(_transparentColor)) Picture.Alpha![start] = 0f;
        }
    }

    /// <summary>Converts the samples of one channel through a table of floats to one plane.</summary>
    private readonly record struct Route(int Channel, float[] Levels, float[] Plane);
}
