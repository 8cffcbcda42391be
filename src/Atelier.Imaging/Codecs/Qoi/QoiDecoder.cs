namespace Atelier.Imaging.Codecs.Qoi;

/// <summary>Decodes one QOI file.</summary>
internal static class QoiDecoder
{
    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or exceeds the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        QoiHeader header = QoiHeader.Parse(file, limits);
        ReadOnlySpan<byte> data = file[QoiHeader.Length..];
        if ((long)header.Width * header.Height > (long)data.Length * QoiTags.MaxRun)
        {
            throw CutOff(header);
        }

        Picture picture = new(header.Width, header.Height, header.HasAlpha);
        float[] levels = Samples.Levels(8);
        QoiPixel[] recent = new QoiPixel[QoiPixel.TableLength];
        QoiPixel pixel = QoiPixel.First;
        for (int i = 0, run = 0; i < picture.Red.Length; i++)
        {
            if (run > 0)
            {
                run--;
            }
            else
            {
                if (!TryRead(ref data, recent, ref pixel, out run)) throw CutOff(header);
                recent[pixel.Index] = pixel;
            }

            picture.Red[i] = levels[pixel.Red];
            picture.Green[i] = levels[pixel.Green];
            picture.Blue[i] = levels[pixel.Blue];
            if (picture.Alpha is float[] alpha) alpha[i] = levels[pixel.Alpha];
        }

        return picture;
    }

    /// <summary>Reads the next piece of data.</summary>
    /// <param name="data">The data, which is advanced.</param>
    /// <param name="recent">The table of recent pixels.</param>
    /// <param name="pixel">The previous pixel, which is replaced by the new one.</param>
    /// <param name="run">How often the pixel is repeated after this.</param>
    /// <returns>False if the data ends.</returns>
    private static bool TryRead(
        ref ReadOnlySpan<byte> data, QoiPixel[] recent, ref QoiPixel pixel, out int run)
    {
        run = 0;
        int tag = data.IsEmpty ? QoiTags.Index : data[0];
        int length = tag == QoiTags.Rgba ? 5 : tag == QoiTags.Rgb ? 4 : (tag & QoiTags.Mask) == QoiTags.Luma ? 2 : 1;
        if (data.Length < length) return false;
        int low = tag & ~QoiTags.Mask;
        switch (tag & QoiTags.Mask)
        {
            case QoiTags.Index:
                pixel = recent[low];
                break;
            case QoiTags.Difference:
                pixel = Shift(pixel, (low >> 4) - 2, ((low >> 2) & 3) - 2, (low & 3) - 2);
                break;
            case QoiTags.Luma:
                int green = low - 32, second = data[1];
                pixel = Shift(pixel, green + (second >> 4) - 8, green, green + (second & 15) - 8);
                break;
            default:
                if (length > 1) pixel = new(data[1], data[2], data[3], length == 5 ? data[4] : pixel.Alpha);
                else run = low;
                break;
        }

        data = data[length..];
        return true;
    }

    private static QoiPixel Shift(QoiPixel pixel, int red, int green, int blue)
        => new((byte)(pixel.Red + red), (byte)(pixel.Green + green), (byte)(pixel.Blue + blue), pixel.Alpha);

    private static ImageFormatException CutOff(QoiHeader header)
        => new($"QOI: the data ends before {header.Width} x {header.Height} pixels; the file is cut off.");
}
