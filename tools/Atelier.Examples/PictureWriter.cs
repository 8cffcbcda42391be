using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Text;

namespace Atelier.Examples;

/// <summary>Writes a canvas as an 8-bit RGB PNG file.</summary>
internal static class PictureWriter
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcEntry)];

    public static void Save(Canvas canvas, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), canvas.Height);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(canvas));
        WriteChunk(file, "IEND", []);
    }

    private static byte[] Compress(Canvas canvas)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize))
        {
            int stride = canvas.Width * 3;
            byte[] above = new byte[stride + 3], row = new byte[stride + 3];
            byte[] filtered = new byte[stride + 1];
            filtered[0] = 4;
            for (int y = 0; y < canvas.Height; y++)
            {
                for (int x = 0; x < canvas.Width; x++)
                {
                    Vector3 color = Vector3.Clamp(canvas[x, y], Vector3.Zero, Vector3.One) * 255f;
                    row[(3 * x) + 3] = (byte)MathF.Round(color.X);
                    row[(3 * x) + 4] = (byte)MathF.Round(color.Y);
                    row[(3 * x) + 5] = (byte)MathF.Round(color.Z);
                }

                for (int i = 3; i < stride + 3; i++)
                {
                    filtered[i - 2] = (byte)(row[i] - Paeth(row[i - 3], above[i], above[i - 3]));
                }

                zlib.Write(filtered);
                (above, row) = (row, above);
            }
        }

        return packed.ToArray();
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~body.Aggregate(
            uint.MaxValue, (crc, value) => CrcTable[(byte)(crc ^ value)] ^ (crc >> 8)));
        file.Write(number);
    }

    private static uint CrcEntry(int index)
    {
        uint crc = (uint)index;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}
