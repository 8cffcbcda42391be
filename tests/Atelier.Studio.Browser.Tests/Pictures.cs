using System.Buffers.Binary;
using System.IO.Compression;
using Atelier.Imaging;

namespace Atelier.Studio.Browser.Tests;

/// <summary>Pictures as files.</summary>
internal static class Pictures
{
    internal static byte[] Photograph { get; } = Encode(96, 64, (x, y) => (x / 96f, y / 64f, 0.4f));

    internal static byte[] Artwork { get; } = Encode(72, 88, (x, y) => ((x / 7 % 2) * 0.9f, 0.2f, (y / 9 % 2) * 0.8f));

    /// <summary>Writes a gray PNG of any size without having its pixels in memory.</summary>
    internal static void WriteLarge(string path, int width, int height)
    {
        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        WriteChunk(file, "IHDR"u8, header);
        using MemoryStream rows = new();
        using (ZLibStream packed = new(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[width + 1];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                    row[x + 1] = (byte)(((x >> 4) ^ (y >> 4)) * 3);
                packed.Write(row);
            }
        }

        WriteChunk(file, "IDAT"u8, rows.GetBuffer().AsSpan(0, (int)rows.Length));
        WriteChunk(file, "IEND"u8, []);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> contents)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, contents.Length);
        file.Write(number);
        file.Write(type);
        file.Write(contents);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), contents));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
        }

        return crc;
    }

    private static byte[] Encode(int width, int height, Func<int, int, (float Red, float Green, float Blue)> colorAt)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < width * height; i++)
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = colorAt(i % width, i / width);
        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png");
        return png.ToArray();
    }
}
