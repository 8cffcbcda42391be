using System.Numerics;

namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>Decodes one bitmap file.</summary>
internal static class BmpDecoder
{
    /// <summary>Two bytes of a compressed bitmap set at most this many pixels. Files too short for their pixels even at
    /// that rate are rejected: they declare a large picture without containing one.</summary>
    private const int MaxRun = 255;

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, unsupported, or exceeds the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        BmpHeader header = BmpHeader.Parse(file, file.Length, limits);
        ReadOnlySpan<byte> pixels = file[header.PixelStart..];
        bool isCompressed = header.Compression is BmpCompression.Rle4 or BmpCompression.Rle8;
        long rowLength = (((long)header.Width * header.BitsPerPixel) + 7) / 8, stride = (rowLength + 3) / 4 * 4;
        // The padding of the last row is often missing.
        bool fits = isCompressed
            ? (long)header.Width * header.Height <= (long)pixels.Length * MaxRun
            : (stride * (header.Height - 1)) + rowLength <= pixels.Length;
        if (!fits)
        {
            throw new ImageFormatException(
                $"BMP: {pixels.Length} bytes cannot hold {header.Width} x {header.Height} pixels; the file is " +
                "truncated.");
        }

        if (!header.HasPalette) return DecodeColors(header, pixels, (int)stride);
        byte[] indices = isCompressed
            ? BmpRunLength.Decode(header, pixels)
            : UnpackIndices(header, pixels, (int)stride);
        return DecodePalette(header, file, indices);
    }

    /// <summary>Returns the index in a plane of the first pixel of a stored row.</summary>
    private static int RowStart(BmpHeader header, int row)
        => (header.IsTopDown ? row : header.Height - 1 - row) * header.Width;

    private static Picture DecodeColors(BmpHeader header, ReadOnlySpan<byte> pixels, int stride)
    {
        Picture picture = new(header.Width, header.Height, header.HasAlpha) { BitDepth = header.BitDepth };
        int length = header.BitsPerPixel / 8;
        for (int channel = 0; channel < picture.Planes.Length; channel++)
        {
            float[] plane = picture.Planes[channel];
            uint mask = header.Masks[channel];
            int shift = BitOperations.TrailingZeroCount(mask) & 31;
            double highest = Math.Max(1, mask >> shift);
            for (int row = 0; row < header.Height; row++)
            {
                ReadOnlySpan<byte> from = pixels[(row * stride)..];
                Span<float> to = plane.AsSpan(RowStart(header, row), header.Width);
                for (int x = 0; x < to.Length; x++)
                {
                    to[x] = (float)(((ReadPixel(from.Slice(x * length, length)) & mask) >> shift) / highest);
                }
            }
        }

        return picture;
    }

    private static uint ReadPixel(ReadOnlySpan<byte> bytes)
    {
        uint pixel = 0;
        for (int i = bytes.Length - 1; i >= 0; i--) pixel = (pixel << 8) | bytes[i];
        return pixel;
    }

    private static byte[] UnpackIndices(BmpHeader header, ReadOnlySpan<byte> pixels, int stride)
    {
        byte[] indices = new byte[header.Width * header.Height];
        ushort[] samples = new ushort[header.Width];
        for (int row = 0; row < header.Height; row++)
        {
            Samples.ReadPacked(pixels[(row * stride)..], header.BitsPerPixel, samples);
            Span<byte> to = indices.AsSpan(row * header.Width, header.Width);
            for (int x = 0; x < to.Length; x++) to[x] = (byte)samples[x];
        }

        return indices;
    }

    private static Picture DecodePalette(BmpHeader header, ReadOnlySpan<byte> file, byte[] indices)
    {
        ReadOnlySpan<byte> palette = file[Math.Min(header.PaletteStart, file.Length)..];
        if (palette.Length < header.PaletteColors * header.PaletteEntryLength)
        {
            throw new ImageFormatException("BMP: the palette is truncated.");
        }

        float[] levels = Samples.Levels(8);
        Picture picture = new(header.Width, header.Height)
        {
            Warnings = indices.AsSpan().ContainsAnyInRange((byte)Math.Min(header.PaletteColors, 255), (byte)255)
                && header.PaletteColors < 256
                ? ["BMP: pixels with colors outside the palette became black."]
                : [],
        };
        for (int channel = 0; channel < 3; channel++)
        {
            // A palette color is stored as blue, green, red.
            float[] table = new float[256];
            for (int color = 0; color < header.PaletteColors; color++)
            {
                table[color] = levels[palette[(color * header.PaletteEntryLength) + 2 - channel]];
            }

            for (int row = 0; row < header.Height; row++)
            {
                ReadOnlySpan<byte> from = indices.AsSpan(row * header.Width, header.Width);
                Span<float> to = picture.Planes[channel].AsSpan(RowStart(header, row), header.Width);
                for (int x = 0; x < to.Length; x++) to[x] = table[from[x]];
            }
        }

        return picture;
    }
}
