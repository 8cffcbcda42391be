namespace Atelier.Imaging.Codecs.Qoi;

/// <summary>Writes QOI files. The format stores neither a profile nor text, and 8 bits only.</summary>
internal static class QoiEncoder
{
    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>Writes a whole file.</summary>
    public static void Encode(Picture picture, Stream output)
    {
        bool hasAlpha = picture.Alpha is not null;
        int channels = hasAlpha ? 4 : 3;
        RowInterleaver rows = new(picture, channels, bits: 8);
        byte[] row = new byte[rows.RowLength], data = new byte[(picture.Width * 5) + 1];
        Span<byte> header = stackalloc byte[QoiHeader.Length];
        new QoiHeader(picture.Width, picture.Height, hasAlpha).Write(header);
        output.Write(header);
        QoiPixel[] recent = new QoiPixel[QoiPixel.TableLength];
        QoiPixel previous = QoiPixel.First;
        int run = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            rows.Write(y, row);
            int length = 0;
            for (int i = 0; i < row.Length; i += channels)
            {
                QoiPixel pixel = new(row[i], row[i + 1], row[i + 2], hasAlpha ? row[i + 3] : (byte)255);
                if (pixel == previous)
                {
                    run++;
                    if (run == QoiTags.MaxRun) length += WriteRun(data.AsSpan(length), ref run);
                    continue;
                }

                length += WriteRun(data.AsSpan(length), ref run);
                length += Write(data.AsSpan(length), pixel, previous, recent);
                previous = pixel;
            }

            output.Write(data.AsSpan(0, length));
        }

        output.Write(data.AsSpan(0, WriteRun(data, ref run)));
        output.Write(End);
    }

    private static int WriteRun(Span<byte> to, ref int run)
    {
        if (run == 0) return 0;
        to[0] = (byte)(QoiTags.Run | (run - 1));
        run = 0;
        return 1;
    }

    /// <summary>Writes a pixel that differs from the previous one, in the shortest form.</summary>
    /// <returns>Number of bytes written.</returns>
    private static int Write(Span<byte> to, QoiPixel pixel, QoiPixel previous, QoiPixel[] recent)
    {
        if (recent[pixel.Index] == pixel)
        {
            to[0] = (byte)(QoiTags.Index | pixel.Index);
            return 1;
        }

        recent[pixel.Index] = pixel;
        if (pixel.Alpha != previous.Alpha)
        {
            ((ReadOnlySpan<byte>)[QoiTags.Rgba, pixel.Red, pixel.Green, pixel.Blue, pixel.Alpha]).CopyTo(to);
            return 5;
        }

        int red = (sbyte)(pixel.Red - previous.Red), green = (sbyte)(pixel.Green - previous.Green);
        int blue = (sbyte)(pixel.Blue - previous.Blue), redByGreen = red - green, blueByGreen = blue - green;
        if (red is >= -2 and < 2 && green is >= -2 and < 2 && blue is >= -2 and < 2)
        {
            to[0] = (byte)(QoiTags.Difference | ((red + 2) << 4) | ((green + 2) << 2) | (blue + 2));
            return 1;
        }

        if (green is >= -32 and < 32 && redByGreen is >= -8 and < 8 && blueByGreen is >= -8 and < 8)
        {
            to[0] = (byte)(QoiTags.Luma | (green + 32));
            to[1] = (byte)(((redByGreen + 8) << 4) | (blueByGreen + 8));
            return 2;
        }

        ((ReadOnlySpan<byte>)[QoiTags.Rgb, pixel.Red, pixel.Green, pixel.Blue]).CopyTo(to);
        return 4;
    }
}
