using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Atelier.Imaging.Tests.Codecs.Png;

/// <summary>The plainest possible PNG writer: every color type and depth, all five filters in turn. The specification
/// of what the decoder must understand, and of how a file can be wrong.</summary>
internal sealed record TestPng(int Width, int Height, int Depth, int ColorType, bool IsInterlaced = false)
{
    /// <summary>Chunks between IHDR and IDAT.</summary>
    public List<(string Type, byte[] Data)> Chunks { get; init; } = [];

    /// <summary>The chunk that holds the pixels is cut into this many.</summary>
    public int Parts { get; init; } = 1;

    public int Channels => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>A sample that differs from its neighbors in every bit now and then.</summary>
    public int SampleAt(int x, int y, int channel)
        => (int)(((uint)((x * 73) + (y * 151) + (channel * 59) + (x * y)) * 2654435761u) >> (32 - Depth));

    public byte[] Build(Func<int, int, int, int>? sample = null) => Assemble(Compress(RawRows(sample ?? SampleAt)));

    /// <summary>A file around image data that is already compressed.</summary>
    public byte[] Assemble(byte[] imageData)
    {
        using MemoryStream file = new();
        file.Write([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]);
        byte interlace = IsInterlaced ? (byte)1 : (byte)0;
        byte[] header = [.. BigEndian(Width), .. BigEndian(Height), (byte)Depth, (byte)ColorType, 0, 0, interlace];
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] data) in Chunks) WriteChunk(file, type, data);
        int size = (imageData.Length + Parts - 1) / Parts;
        foreach (byte[] part in imageData.Chunk(Math.Max(1, size))) WriteChunk(file, "IDAT", part);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    public byte[] RawRows(Func<int, int, int, int> sample)
    {
        List<byte> raw = [];
        int[][] passes = IsInterlaced
            ? [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]]
            : [[0, 0, 1, 1]];
        foreach (int[] pass in passes)
        {
            int[] columns = [.. Enumerable.Range(0, Width).Where(x => x >= pass[0] && (x - pass[0]) % pass[2] == 0)];
            byte[] above = new byte[((columns.Length * Channels * Depth) + 7) / 8];
            for (int y = pass[1], row = 0; columns.Length > 0 && y < Height; y += pass[3], row++)
            {
                byte[] bytes = PackRow(columns, y, sample);
                raw.AddRange(Filter(row % 5, bytes, above));
                above = bytes;
            }
        }

        return [.. raw];
    }

    public static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.SmallestSize)) stream.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>Makes the checksums of all chunks right, as far as the lengths lead.</summary>
    public static void RepairChecksums(byte[] file)
    {
        for (int at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) return;
            int end = at + 8 + (int)length;
            BigEndian((int)Checksum(file.AsSpan((at + 4)..end))).CopyTo(file, end);
            at = end + 4;
        }
    }

    public static byte[] BigEndian(int number)
        => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private byte[] PackRow(int[] columns, int y, Func<int, int, int, int> sample)
    {
        byte[] bytes = new byte[((columns.Length * Channels * Depth) + 7) / 8];
        int bit = 0;
        foreach (int x in columns)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                int value = sample(x, y, channel);
                for (int i = Depth - 1; i >= 0; i--, bit++)
                {
                    bytes[bit / 8] |= (byte)(((value >> i) & 1) << (7 - (bit % 8)));
                }
            }
        }

        return bytes;
    }

    private byte[] Filter(int filter, byte[] row, byte[] above)
    {
        int distance = Math.Max(1, Channels * Depth / 8);
        byte[] result = new byte[row.Length + 1];
        result[0] = (byte)filter;
        for (int i = 0; i < row.Length; i++)
        {
            (int left, int corner) = i < distance ? (0, 0) : (row[i - distance], above[i - distance]);
            int up = above[i];
            int guess = left + up - corner;
            int[] nearest = [.. new[] { left, up, corner }.OrderBy(value => Math.Abs(guess - value))];
            int prediction = filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => nearest[0], _ => 0 };
            result[i + 1] = (byte)(row[i] - prediction);
        }

        return result;
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write([.. BigEndian(data.Length), .. body, .. BigEndian((int)Checksum(body))]);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
