using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>The checksum at the end of every PNG chunk: CRC-32 of ISO 3309, computed eight bytes at a time.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Table k holds the remainder of every byte followed by k zero bytes.</summary>
    private static readonly uint[][] Tables = BuildTables();

    /// <summary>Returns the checksum of bytes, continuing from the checksum <paramref name="crc"/> of any bytes before
    /// them.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Tables[7][(byte)low] ^ Tables[6][(byte)(low >> 8)]
                ^ Tables[5][(byte)(low >> 16)] ^ Tables[4][low >> 24]
                ^ Tables[3][(byte)high] ^ Tables[2][(byte)(high >> 8)]
                ^ Tables[1][(byte)(high >> 16)] ^ Tables[0][high >> 24];
        }

        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ Tables[0][(byte)(crc ^ value)];
        }

        return ~crc;
    }

    private static uint[][] BuildTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint remainder = value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * Polynomial);
            }

            tables[0][value] = remainder;
        }

        for (int zeros = 1; zeros < 8; zeros++)
        {
            for (int value = 0; value < 256; value++)
            {
                uint shorter = tables[zeros - 1][value];
                tables[zeros][value] = (shorter >> 8) ^ tables[0][(byte)shorter];
            }
        }

        return tables;
    }
}
