using Atelier.Imaging.Codecs;

namespace Atelier.Imaging;

/// <summary>Converts pictures from and to packed bytes: red, green and blue of each pixel, in row-major order from the
/// top left, without padding. Many programs exchange pictures in this format.</summary>
public static class Rgb24
{
    private static readonly float[] Levels = Samples.Levels(8);

    /// <summary>Creates a picture from bytes.</summary>
    /// <param name="bytes">3 × width × height bytes.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <exception cref="ArgumentException">The number of bytes is wrong.</exception>
    public static Picture ToPicture(ReadOnlySpan<byte> bytes, int width, int height)
    {
        Picture picture = new(width, height);
        if (bytes.Length != 3L * width * height)
        {
            throw new ArgumentException($"{bytes.Length} bytes do not match {width} x {height} pixels.", nameof(bytes));
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

    /// <summary>Writes the bytes of a picture, with each sample rounded to 8 bits; alpha is ignored.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="bytes">The target.</param>
    /// <param name="stride">Bytes from one row to the next, at least 3 × width.</param>
    /// <exception cref="ArgumentException">The target is too small.</exception>
    public static void FromPicture(Picture picture, Span<byte> bytes, int stride)
    {
        ArgumentNullException.ThrowIfNull(picture);
        RowInterleaver rows = new(picture, channels: 3, bits: 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, rows.RowLength);
        for (int y = 0; y < picture.Height; y++) rows.Write(y, bytes.Slice(y * stride, rows.RowLength));
    }
}
