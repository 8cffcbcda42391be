using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>Reduces the frames of a video to 256 colors each, with a palette that changes as little from frame to frame
/// as the video does.</summary>
/// <remarks>The colors are cluster means in Oklab, which is approximately perceptually uniform. They are kept from
/// frame to frame as long as they fit about as well as new ones would. A picture with at most 256 colors keeps its
/// own.</remarks>
internal sealed class GifPalette
{
    private const int MaxColors = 256, Rounds = 3;

    // A new palette causes slight flicker, so it must be clearly better.
    private const double WorthAChange = 1.25;

    // Amplitude of the dithering in levels of 255: about the distance between neighboring colors in a photograph's
    // palette.
    private const int Spread = 20;

    private List<Swatch>? _last;

    /// <summary>Returns the palette of a picture and the color index of each pixel.</summary>
    internal (byte[] Colors, byte[] Indices) Reduce(Picture picture)
    {
        byte[] pixels = new byte[3 * picture.Width * picture.Height];
        Rgb24.FromPicture(picture, pixels, 3 * picture.Width);
        if (TryExact(pixels) is (byte[], byte[]) exact)
        {
            return exact;
        }

        List<Swatch> swatches = Swatch.FromPixels(pixels);
        (List<Swatch> Colors, double Error) fresh = Cluster(swatches, Swatch.MedianCut(swatches, MaxColors), Rounds);
        if (_last is not null)
        {
            // The previous colors, or colors refined from them, unless starting over is clearly better.
            double most = fresh.Error * WorthAChange;
            int rounds = Cluster(swatches, _last, rounds: 0).Error <= most ? 0 : Rounds;
            (List<Swatch> Colors, double Error) grown = Cluster(swatches, _last, rounds);
            fresh = grown.Error <= most ? grown : fresh;
        }

        _last = fresh.Colors;
        byte[] colors = [.. _last.SelectMany(color => color.Rgb.Select(level => (byte)Math.Round(level)))];
        return (colors, Dither(pixels, picture.Width, new NearestColor(colors)));
    }

    private static (byte[] Colors, byte[] Indices)? TryExact(byte[] pixels)
    {
        Dictionary<int, byte> known = [];
        byte[] indices = new byte[pixels.Length / 3];
        for (int i = 0; i < indices.Length; i++)
        {
            int color = (pixels[3 * i] << 16) | (pixels[(3 * i) + 1] << 8) | pixels[(3 * i) + 2];
            if (!known.TryGetValue(color, out byte index))
            {
                if (known.Count == MaxColors)
                {
                    return null;
                }

                known[color] = index = (byte)known.Count;
            }

            indices[i] = index;
        }

        IEnumerable<byte> colors =
            known.Keys.SelectMany(color => (byte[])[(byte)(color >> 16), (byte)(color >> 8), (byte)color]);
        return ([.. colors], indices);
    }

    /// <summary>Moves each color to the mean of the swatches nearest to it, repeatedly (k-means).</summary>
    /// <returns>The colors, and the mean squared distance to them.</returns>
    private static (List<Swatch> Colors, double Error) Cluster(List<Swatch> swatches, List<Swatch> colors, int rounds)
    {
        List<Swatch>[] members = [.. colors.Select(_ => new List<Swatch>())];
        float[][] places = PlacesOf(colors);
        double error = 0;
        foreach (Swatch swatch in swatches)
        {
            (int nearest, float distance) = NearestColor.Find(places, swatch.Lab);
            members[nearest].Add(swatch);
            error += swatch.Count * distance;
        }

        return rounds == 0
            ? (colors, error / swatches.Sum(swatch => swatch.Count))
            : Cluster(swatches,
                [.. colors.Select((color, i) => members[i].Count > 0 ? Swatch.Mean(members[i]) : color)], rounds - 1);
    }

    private static float[][] PlacesOf(List<Swatch> colors)
        => [.. Enumerable.Range(0, 3).Select(axis => colors.Select(color => color.Lab[axis]).ToArray())];

    private static byte[] Dither(byte[] pixels, int width, NearestColor palette)
    {
        byte[] indices = new byte[pixels.Length / 3];
        for (int i = 0; i < indices.Length; i++)
        {
            int shift = (int)(Spread * (Threshold(i % width, i / width) - 0.5f));
            byte Level(int channel) => (byte)Math.Clamp(pixels[(3 * i) + channel] + shift, 0, 255);
            indices[i] = palette.IndexOf(Level(0), Level(1), Level(2));
        }

        return indices;
    }

    /// <summary>Returns the threshold, between 0 and 1, of the 8 × 8 ordered dithering matrix of Bayer
    /// (1973).</summary>
    private static float Threshold(int x, int y)
    {
        int mixed = x ^ y, place = 0;
        for (int bit = 0; bit < 3; bit++)
            place = (place << 2) | (((mixed >> bit) & 1) << 1) | ((y >> bit) & 1);
        return (place + 0.5f) / 64;
    }
}
