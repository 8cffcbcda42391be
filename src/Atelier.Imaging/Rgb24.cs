using Atelier.Imaging.Codecs;

namespace Atelier.Imaging;

/// <summary>Pictures as plain bytes: red, green and blue of each pixel, row after row from the top left, with nothing
/// between them. Other programs take and give pictures like this.</summary>
public static class Rgb24
{
    private static readonly float[] Levels = Samples.Levels(8);

    /// <summary>A picture of bytes.</summary>
    /// <param name="bytes">3 × width × height bytes.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">There are fewer or more bytes.</exception>
    public static Picture ToPicture(ReadOnlySpan<byte> bytes, int width, int height)
    {
        Picture picture = new(width, height);
        if (bytes.Length != 3L * width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels are not {bytes.Length} bytes.", nameof(bytes));
        }

        (float[] red, float[] green, float[] blue) = (picture.Red, picture.Green, picture.Blue);
        for (int i = 0; i < red.Length; i++)
        {
            red[i] = Levels[bytes[3 * i]];
            green[i] = Levels[bytes[(3 * i) + 1]];
            blue[i] = Levels[bytes[(3 * i) + 2]];
        }

        return picture;
    }

    /// <summary>The bytes of a picture, each sample rounded to 8 bits; opacity is left out.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="bytes">Where they go.</param>
    /// <param name="stride">Bytes from one row to the next, 3 × width or more.</param>
    /// <exception cref="ArgumentException">There are too few bytes.</exception>
    public static void FromPicture(Picture picture, Span<byte> bytes, int stride)
    {
        ArgumentNullException.ThrowIfNull(picture);
        RowInterleaver rows = new(picture, channels: 3, bits: 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, rows.RowLength);
        for (int y = 0; y < picture.Height; y++) rows.Write(y, bytes.Slice(y * stride, rows.RowLength));
    }
}
