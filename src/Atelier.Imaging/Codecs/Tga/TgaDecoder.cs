namespace Atelier.Imaging.Codecs.Tga;

/// <summary>Decodes one TGA file.</summary>
internal static class TgaDecoder
{
    /// <summary>The most pixels of one packet of a compressed file.</summary>
    private const int MaxRun = 128;

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, unsupported, or exceeds the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        TgaHeader header = TgaHeader.Parse(file, limits);
        if (header.PixelStart > file.Length)
        {
            throw new ImageFormatException("TGA: the file ends before its pixels; it is cut off.");
        }

        ReadOnlySpan<byte> data = file[header.PixelStart..];
        int length = TgaHeader.BytesOf(header.BitsPerValue);
        long area = (long)header.Width * header.Height;
        if (header.IsCompressed ? area > (long)data.Length * MaxRun : area * length > data.Length)
        {
            throw CutOff(header);
        }

        ReadOnlySpan<byte> palette = file[header.PaletteStart..header.PixelStart];
        Picture picture = new(header.Width, header.Height, header.HasAlpha);
        TgaCanvas canvas = new(picture, header, palette);
        if (header.IsCompressed) DecodePackets(data, length, canvas, header);
        else for (int i = 0; i < area; i++) canvas.Set(i, data.Slice(i * length, length));
        return canvas.Finish();
    }

    private static void DecodePackets(ReadOnlySpan<byte> data, int length, TgaCanvas canvas, TgaHeader header)
    {
        int area = header.Width * header.Height;
        for (int i = 0; i < area;)
        {
            if (data.IsEmpty) throw CutOff(header);
            int count = Math.Min((data[0] & 127) + 1, area - i);
            bool isRun = data[0] >= 128;
            data = data[1..];
            if (data.Length < (isRun ? length : count * length)) throw CutOff(header);
            for (int end = i + count; i < end; i++)
            {
                canvas.Set(i, data[..length]);
                if (!isRun) data = data[length..];
            }

            if (isRun) data = data[length..];
        }
    }

    private static ImageFormatException CutOff(TgaHeader header)
        => new($"TGA: the data ends before {header.Width} x {header.Height} pixels; the file is cut off.");
}
