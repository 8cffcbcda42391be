namespace Atelier.Imaging.Codecs.Pnm;

/// <summary>Decodes the first picture of a PNM file, P1 to P6.</summary>
internal static class PnmDecoder
{
    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or exceeds the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        PnmHeader header = PnmHeader.Parse(file, limits, out PnmReader reader);
        (int kind, int width, int height, int highest) = header;
        (bool isText, bool isBitmap, int channels) = (header.IsText, header.IsBitmap, header.Channels);
        int bytesPerSample = highest > 255 ? 2 : 1;
        long rowLength = kind == 4 ? ((long)width + 7) / 8 : (long)width * channels * bytesPerSample;
        // A number in text takes at least a digit and a space; the last space may be missing, and bits need none.
        long needed = kind switch
        {
            1 => (long)width * height,
            2 or 3 => (2L * width * height * channels) - 1,
            _ => rowLength * height,
        };
        if (needed > reader.Rest.Length)
        {
            throw new ImageFormatException(
                $"PNM: {reader.Rest.Length} bytes cannot hold {width} x {height} pixels; the file is truncated.");
        }

        Picture picture = new(width, height) { BitDepth = header.BitDepth };
        float[] levels = Samples.LevelsUpTo(highest);
        // In bitmaps, 1 is black.
        if (isBitmap) Array.Reverse(levels);
        ushort[] samples = new ushort[checked(width * channels)];
        for (int y = 0; y < height; y++)
        {
            if (isText) ReadText(ref reader, samples, highest, isBitmap);
            else ReadBinary(reader.Rest.Slice((int)(y * rowLength), (int)rowLength), samples, highest, isBitmap);
            for (int channel = 0; channel < 3; channel++)
            {
                Span<float> row = picture.Planes[channel].AsSpan(y * width, width);
                int first = Math.Min(channel, channels - 1);
                for (int x = 0; x < width; x++) row[x] = levels[samples[(x * channels) + first]];
            }
        }

        return picture;
    }

    private static void ReadText(ref PnmReader reader, Span<ushort> samples, int highest, bool isBitmap)
    {
        foreach (ref ushort sample in samples)
        {
            sample = (ushort)(isBitmap ? reader.ReadBit() : reader.ReadNumber("sample", highest));
        }
    }

    private static void ReadBinary(ReadOnlySpan<byte> bytes, Span<ushort> samples, int highest, bool isBitmap)
    {
        if (highest > 255) Samples.ReadBigEndian(bytes, samples);
        else Samples.ReadPacked(bytes, isBitmap ? 1 : 8, samples);
        if (highest < ushort.MaxValue && samples.ContainsAnyInRange((ushort)(highest + 1), ushort.MaxValue))
        {
            throw new ImageFormatException($"PNM: a sample exceeds {highest}; the file is damaged.");
        }
    }
}
