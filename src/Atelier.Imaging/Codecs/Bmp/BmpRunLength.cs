namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>Decodes run-length-encoded palette colors (RLE4 and RLE8).</summary>
internal static class BmpRunLength
{
    /// <summary>Decodes all pixels, in stored order; pixels that no run sets have color 0.</summary>
    /// <exception cref="ImageFormatException">The data ends before the picture does.</exception>
    public static byte[] Decode(BmpHeader header, ReadOnlySpan<byte> data)
    {
        byte[] indices = new byte[header.Width * header.Height];
        int x = 0, y = 0;
        while (y < header.Height)
        {
            Span<byte> row = indices.AsSpan(y * header.Width, header.Width);
            (int count, int value) = Take(ref data);
            if (count > 0)
            {
                x = Paint(header, row, x, [(byte)value], count);
                continue;
            }

            switch (value)
            {
                case 0: (x, y) = (0, y + 1); break;
                case 1: return indices;
                case 2:
                    (int right, int up) = Take(ref data);
                    (x, y) = (x + right, y + up);
                    break;
                default:
                    int length = header.BitsPerPixel == 4 ? (value + 1) / 2 : value, padded = length + (length & 1);
                    if (data.Length < padded) throw CutOff();
                    x = Paint(header, row, x, data[..length], value);
                    data = data[padded..];
                    break;
            }
        }

        return indices;
    }

    /// <summary>Sets pixels to the bytes or nibbles of <paramref name="colors"/>, repeated if there are fewer colors
    /// than pixels. Pixels beyond the end of the row are dropped.</summary>
    /// <returns>The column after the last pixel set.</returns>
    private static int Paint(BmpHeader header, Span<byte> row, int x, ReadOnlySpan<byte> colors, int count)
    {
        bool hasNibbles = header.BitsPerPixel == 4;
        for (int i = 0; i < count && x < row.Length; i++, x++)
        {
            byte color = colors[(hasNibbles ? i / 2 : i) % colors.Length];
            row[x] = !hasNibbles ? color : (byte)(i % 2 == 0 ? color >> 4 : color & 15);
        }

        return x;
    }

    private static (int First, int Second) Take(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < 2) throw CutOff();
        (int first, int second) = (data[0], data[1]);
        data = data[2..];
        return (first, second);
    }

    private static ImageFormatException CutOff() => new("BMP: the run-length data is truncated.");
}
