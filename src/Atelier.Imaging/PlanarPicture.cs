using System.Numerics;
using Atelier.Imaging.Codecs;

namespace Atelier.Imaging;

/// <summary>A picture in the layout used for optimization: red, green and blue planes in one array [3, Height, Width];
/// also used for other values of the same layout, such as the state of an optimizer.</summary>
internal sealed record PlanarPicture(int Height, int Width, float[] Values)
{
    // Lanczos-3 reads three pixels on either side, and proportionally more when shrinking.
    private const int FilterReach = 3;

    internal static PlanarPicture From(Picture picture)
        => new(picture.Height, picture.Width, [.. picture.Red, .. picture.Green, .. picture.Blue]);

    /// <summary>Converts a picture and resizes it with a Lanczos-3 filter.</summary>
    internal static PlanarPicture From(Picture picture, int height, int width)
    {
        if ((height, width) == (picture.Height, picture.Width))
        {
            return From(picture);
        }

        float[] values = new float[3 * height * width];
        foreach ((float[] plane, int i) in picture.Planes.Take(3).Select((plane, i) => (plane, i)))
        {
            Resampler.ResizePlane(plane, picture.Width, picture.Height, width, height)
                .CopyTo(values.AsSpan(i * height * width));
        }

        return new PlanarPicture(height, width, values);
    }

    /// <summary>Copies the planes to a new picture.</summary>
    internal Picture ToPicture()
        => new(Width, Height, Plane(0).ToArray(), Plane(1).ToArray(), Plane(2).ToArray());

    /// <summary>Returns the luma of each pixel (weights of ITU-R BT.709 on encoded samples), Height × Width.</summary>
    internal float[] Luma()
    {
        float[] luma = new float[Height * Width];
        ReadOnlySpan<float> red = Plane(0), green = Plane(1), blue = Plane(2);
        for (int i = 0; i < luma.Length; i++)
            luma[i] = (0.2126f * red[i]) + (0.7152f * green[i]) + (0.0722f * blue[i]);
        return luma;
    }

    internal ReadOnlySpan<float> Plane(int index) => Values.AsSpan(index * Height * Width, Height * Width);

    internal PlanarPicture Map(Func<float, float> function)
        => this with { Values = Array.ConvertAll(Values, value => function(value)) };

    /// <summary>Resizes with a Lanczos-3 filter.</summary>
    /// <param name="isTileable">Whether the picture is tileable, so that opposite edges are adjacent.</param>
    internal PlanarPicture Resize(int height, int width, bool isTileable = false)
    {
        if ((height, width) == (Height, Width))
        {
            return this;
        }

        if (isTileable)
        {
            ((int top, int newTop), (int left, int newLeft)) = (Surround(Height, height), Surround(Width, width));
            return Extend(top, left, Repeat).Resize(height + (2 * newTop), width + (2 * newLeft))
                .Extend(-newTop, -newLeft, Repeat);
        }

        float[] values = new float[3 * height * width];
        for (int plane = 0; plane < 3; plane++)
        {
            Resampler.ResizePlane(Plane(plane), Width, Height, width, height)
                .CopyTo(values.AsSpan(plane * height * width));
        }

        return new PlanarPicture(height, width, values);
    }

    /// <summary>Interpolates toward another picture of the same size, by a separate amount for each pixel.</summary>
    /// <param name="shares">0 for this picture's pixel, 1 for the other's.</param>
    internal PlanarPicture Mix(PlanarPicture other, ReadOnlySpan<float> shares)
    {
        float[] values = new float[Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float share = shares[i % shares.Length];
            values[i] = (share * other.Values[i]) + ((1 - share) * Values[i]);
        }

        return this with { Values = values };
    }

    /// <summary>Clamps the samples to [0, 1], because ringing can exceed it. Returns the picture itself.</summary>
    internal PlanarPicture Clamp()
    {
        foreach (ref float value in Values.AsSpan())
            value = Math.Clamp(value, 0f, 1f);
        return this;
    }

    /// <summary>Rounds the samples as an 8-bit file would.</summary>
    internal PlanarPicture ToBytesAndBack()
    {
        byte[] bytes = new byte[Values.Length];
        Samples.Round(Values, bytes);
        float[] levels = Samples.Levels(8);
        return this with { Values = Array.ConvertAll(bytes, level => levels[level]) };
    }

    /// <summary>Extends the picture by a mirrored margin, mirrored repeatedly if the margin is wider than the
    /// picture.</summary>
    internal PlanarPicture Extend(int margin) => Extend(margin, margin, Mirror);

    /// <summary>Crops a margin.</summary>
    internal PlanarPicture Crop(int margin) => Extend(-margin);

    /// <summary>Returns how far to extend an axis at both ends: far enough for the filter, and by a length that is
    /// resized to a whole number of samples.</summary>
    private static (int Places, int NewPlaces) Surround(int size, int newSize)
    {
        int divisor = (int)BigInteger.GreatestCommonDivisor(size, newSize), unit = size / divisor;
        int reach = FilterReach * Math.Max(1, (size + newSize - 1) / newSize), count = (reach + unit - 1) / unit;
        return (count * unit, count * (newSize / divisor));
    }

    /// <summary>Adds rows above and below and columns on both sides, or removes them if their number is
    /// negative.</summary>
    /// <param name="place">Maps a position outside an axis of the given size to the position that replaces it.</param>
    private PlanarPicture Extend(int rows, int columns, Func<int, int, int> place)
    {
        if ((rows, columns) == (0, 0))
        {
            return this;
        }

        int height = Height + (2 * rows), width = Width + (2 * columns);

        float[] values = new float[3 * height * width];
        int[] sources = [.. Enumerable.Range(-columns, width).Select(x => place(x, Width))];
        for (int row = 0; row < 3 * height; row++)
        {
            int sourceRow = place((row % height) - rows, Height);
            ReadOnlySpan<float> source = Plane(row / height).Slice(sourceRow * Width, Width);
            for (int x = 0; x < width; x++)
                values[(row * width) + x] = source[sources[x]];
        }

        return new PlanarPicture(height, width, values);
    }

    private static int Repeat(int index, int size) => ((index % size) + size) % size;

    // … 2 1 | 0 1 2 … n−2 n−1 | n−2 …: the border pixel itself is not repeated.
    internal static int Mirror(int index, int size)
    {
        if (size == 1)
        {
            return 0;
        }

        int period = 2 * (size - 1), position = ((index % period) + period) % period;
        return position < size ? position : period - position;
    }
}
