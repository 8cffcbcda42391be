using System.Runtime.InteropServices;
using Atelier.Imaging.Profiles;
using NetVips;
using Format = NetVips.Enums.BandFormat;
using Interpretation = NetVips.Enums.Interpretation;

namespace Atelier.Imaging.Vips;

/// <summary>Reads the samples of an image into a picture, a band of rows at a time.</summary>
internal static class VipsPixels
{
    private const int BandBytes = 1 << 22;

    /// <summary>libvips keeps a list of the rows that are asked for together, and walks all of it for each of them.
    /// </summary>
    private const int BandRows = 256;

    /// <summary>Bits of a sample in memory.</summary>
    public static int BitsOf(Format format) => format switch
    {
        Format.Uchar or Format.Char => 8,
        Format.Ushort or Format.Short => 16,
        Format.Uint or Format.Int or Format.Float => 32,
        Format.Double or Format.Complex => 64,
        Format.Dpcomplex => 128,
        _ => throw new ImageFormatException($"samples of the kind {format} are not supported."),
    };

    /// <summary>Decodes the pixels of an image of gray, RGB or CMYK.</summary>
    /// <exception cref="ImageFormatException">The samples are of a kind that is not supported.</exception>
    /// <exception cref="VipsException">The pixels are damaged.</exception>
    public static Picture Read(Image image, VipsMetadata metadata)
    {
        Picture picture = new(image.Width, image.Height, image.HasAlpha());

        // Gray may have several channels besides, of which the first is alpha.
        bool isGray = image.Bands < 3 || image.Interpretation is Interpretation.Bw or Interpretation.Grey16;
        int colors = metadata.Model == "CMYK" ? 4 : isGray ? 1 : 3;
        long rowBytes = (long)image.Width * image.Bands * BitsOf(image.Format) / 8;
        if (rowBytes > Array.MaxLength)
        {
            throw new ImageFormatException($"rows of {rowBytes} bytes are too long; split the picture first.");
        }

        int rows = (int)Math.Clamp(BandBytes / rowBytes, 1, Math.Min(BandRows, image.Height));
        using Region region = Region.New(image);
        float[] black = colors == 4 ? new float[picture.Red.Length] : [];
        bool clips = false;
        for (int top = 0; top < image.Height; top += rows)
        {
            int height = Math.Min(rows, image.Height - top);
            byte[] band = region.Fetch(0, top, image.Width, height);
            int start = top * image.Width, count = height * image.Width;
            for (int channel = 0; channel < colors; channel++)
            {
                float[] plane = channel switch
                {
                    0 => picture.Red,
                    1 => picture.Green,
                    2 => picture.Blue,
                    _ => black,
                };
                clips |= Convert(band, image, metadata, channel, plane.AsSpan(start, count));
            }

            if (picture.Alpha is float[] alpha) Convert(band, image, metadata, colors, alpha.AsSpan(start, count));
        }

        if (colors == 1)
        {
            picture.Red.CopyTo(picture.Green, 0);
            picture.Red.CopyTo(picture.Blue, 0);
        }

        float[][] planes = [picture.Red, picture.Green, picture.Blue];
        float[][] light = colors == 4 ? [.. planes.Select(ink => CmykColors.Light(ink, black))] : planes;
        return new Picture(image.Width, image.Height, light[0], light[1], light[2], picture.Alpha)
        {
            BitDepth = metadata.BitDepth,
            Metadata = metadata.Blocks,
            IccProfile = colors == 4 ? null : metadata.Profile,
            StoredColors = colors == 4 ? new CmykColors([.. planes, black], metadata.Profile) : metadata.Colors,
            Warnings = clips
                ? [.. metadata.Warnings, "samples below 0 or above 1 were clipped."] : metadata.Warnings,
        };
    }

    /// <summary>Converts one channel of interleaved samples to floats.</summary>
    /// <returns>Whether samples lay outside of [0, 1].</returns>
    private static bool Convert(byte[] band, Image image, VipsMetadata metadata, int channel, Span<float> to)
    {
        int step = image.Bands;
        switch (image.Format)
        {
            case Format.Uchar:
                for (int i = 0; i < to.Length; i++) to[i] = band[(i * step) + channel] / 255f;
                return false;
            case Format.Ushort:
                int shift = metadata.IsShifted ? 16 - metadata.StoredBits : 0;
                float highest = (1 << (16 - shift)) - 1;
                ReadOnlySpan<ushort> words = MemoryMarshal.Cast<byte, ushort>(band);
                for (int i = 0; i < to.Length; i++) to[i] = (words[(i * step) + channel] >> shift) / highest;
                return false;
            case Format.Uint:
                ReadOnlySpan<uint> numbers = MemoryMarshal.Cast<byte, uint>(band);
                for (int i = 0; i < to.Length; i++)
                    to[i] = (float)(numbers[(i * step) + channel] / (double)uint.MaxValue);
                return false;
            case Format.Float:
                return Clip<float>(MemoryMarshal.Cast<byte, float>(band)[channel..], step, to, sample => sample);
            case Format.Double:
                return Clip<double>(
                    MemoryMarshal.Cast<byte, double>(band)[channel..], step, to, sample => (float)sample);
            default:
                throw new ImageFormatException(
                    $"samples of the kind {image.Format} are not supported; convert the picture to 16 bits first.");
        }
    }

    private static bool Clip<T>(ReadOnlySpan<T> samples, int step, Span<float> to, Func<T, float> read)
    {
        bool clips = false;
        for (int i = 0; i < to.Length; i++)
        {
            float sample = read(samples[i * step]), clipped = sample > 0f ? Math.Min(sample, 1f) : 0f;
            clips |= sample != clipped;
            to[i] = clipped;
        }

        return clips;
    }
}
