using System.IO.Compression;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Encodes pictures as RGB or RGBA of 8 or 16 bits.</summary>
internal static class PngEncoder
{
    /// <summary>Writes a whole file.</summary>
    /// <exception cref="ArgumentException">A bit depth, or the keyword of a text, is not supported.</exception>
    public static void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        int depth = options.BitDepth ?? (picture.BitDepth > 8 ? 16 : 8);
        if (depth is not (8 or 16))
        {
            throw new ArgumentException(
                $"PNG files are written with 8 or 16 bits per sample, not {depth}.", nameof(options));
        }

        PngChunkWriter chunks = new(output);
        PngHeader header = new(
            picture.Width, picture.Height, depth, picture.Alpha is null ? PngColorType.Rgb : PngColorType.Rgba, false);
        chunks.Write("IHDR", header.ToBytes());
        PngText.WriteColorSpace(chunks, picture.IccProfile);
        PngText.WriteMetadata(chunks, picture.Metadata);
        PngText.WriteTexts(chunks, picture.Text);
        WritePixels(picture, header, chunks);
        chunks.Write("IEND", []);
    }

    private static void WritePixels(Picture picture, PngHeader header, PngChunkWriter chunks)
    {
        using PngImageDataStream imageData = new(chunks);
        using ZLibStream compressor = new(imageData, CompressionLevel.Optimal);
        RowInterleaver rows = new(picture, header.Channels, header.BitDepth);
        PngRowFilter filter = new(rows.RowLength, header.FilterDistance);
        for (int y = 0; y < picture.Height; y++)
        {
            rows.Write(y, filter.Row);
            compressor.Write(filter.Apply());
        }
    }
}
