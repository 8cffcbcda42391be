using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Encodes pictures as RGB or RGBA of 8 or 16 bits.</summary>
internal static class PngEncoder
{
    /// <summary>Writes a whole file.</summary>
    /// <exception cref="ArgumentException">A bit depth or the keyword of a text is not possible.</exception>
    public static void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        int depth = options.PngBitDepth ?? (picture.BitDepth > 8 ? 16 : 8);
        if (depth is not (8 or 16))
        {
            throw new ArgumentException($"PNG files are written with 8 or 16 bits per sample, not {depth}.", nameof(options));
        }

        PngChunkWriter chunks = new(output);
        PngHeader header = new(
            picture.Width, picture.Height, depth, picture.Alpha is null ? PngColorType.Rgb : PngColorType.Rgba, false);
        chunks.Write("IHDR", header.ToBytes());
        PngText.WriteColorSpace(chunks, picture.IccProfile);
        PngText.WriteTexts(chunks, picture.Text);
        WritePixels(picture, header, chunks);
        chunks.Write("IEND", []);
    }

    private static void WritePixels(Picture picture, PngHeader header, PngChunkWriter chunks)
    {
        using PngImageDataStream imageData = new(chunks);
        using ZLibStream compressor = new(imageData, CompressionLevel.Optimal);
        PngRowFilter filter = new(checked((int)header.RowLength(picture.Width)), header.FilterDistance);
        byte[] bytes = new byte[picture.Width];
        ushort[] words = new ushort[picture.Width];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int channel = 0; channel < header.Channels; channel++)
            {
                ReadOnlySpan<float> samples = picture.Planes[channel].AsSpan(y * picture.Width, picture.Width);
                if (header.BitDepth == 8)
                {
                    Samples.Round(samples, bytes);
                    Interleave<byte>(bytes, filter.Row, channel, header.Channels);
                }
                else
                {
                    Samples.Round(samples, words);
                    if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
                    Interleave<ushort>(words, MemoryMarshal.Cast<byte, ushort>(filter.Row), channel, header.Channels);
                }
            }

            compressor.Write(filter.Apply());
        }
    }

    private static void Interleave<T>(ReadOnlySpan<T> samples, Span<T> row, int channel, int channels)
    {
        for (int i = 0; i < samples.Length; i++, channel += channels) row[channel] = samples[i];
    }
}
