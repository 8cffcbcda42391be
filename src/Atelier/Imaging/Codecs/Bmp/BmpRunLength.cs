namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>Unpacks palette colors that are stored in runs (RLE4 and RLE8).</summary>
internal static class BmpRunLength
{
    /// <summary>Unpacks all pixels, in stored order; pixels that no run paints have color 0.</summary>
    /// <exception cref="ImageFormatException">The data ends before the picture does.</exception>
    public static byte[] Decode(BmpHeader header, ReadOnlySpan<byte> data)
    {
        byte[] indices = new byte[header.Width * header.Height];
        int x = 0, y = 0;
        while (y < header.Height)
        {
            (int count, int value) = Take(ref data);
            if (count > 0)
            {
                Paint(header, indices.AsSpan(y * header.Width, header.Width), ref x, [(byte)value], count, isRun: true);
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
                    Paint(header, indices.AsSpan(y * header.Width, header.Width), ref x, data[..length], value, isRun: false);
                    data = data[padded..];
                    break;
            }
        }

        return indices;
    }

    /// <summary>Paints pixels from the nibbles or bytes of <paramref name="colors"/>, in a run over and over again.
    /// What would leave the row is dropped.</summary>
    private static void Paint(
        BmpHeader header, Span<byte> row, ref int x, ReadOnlySpan<byte> colors, int count, bool isRun)
    {
        for (int i = 0; i < count && x < row.Length; i++, x++)
        {
            byte pair = colors[isRun ? 0 : header.BitsPerPixel == 4 ? i / 2 : i];
            row[x] = header.BitsPerPixel == 8 ? pair : (byte)(i % 2 == 0 ? pair >> 4 : pair & 15);
        }
    }

    private static (int First, int Second) Take(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < 2) throw CutOff();
        (int first, int second) = (data[0], data[1]);
        data = data[2..];
        return (first, second);
    }

    private static ImageFormatException CutOff() => new("BMP: the runs of pixels are cut off.");
}
