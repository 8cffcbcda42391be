using System.Buffers.Binary;
using System.Text;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Reads the chunks of a PNG file one by one, and validates their lengths and checksums.</summary>
internal ref struct PngChunkReader(ReadOnlySpan<byte> file)
{
    /// <summary>The bytes around the data of a chunk: length, type and checksum, four each.</summary>
    public const int Overhead = 12;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _position = Signature.Length;

    /// <summary>The eight bytes at the start of every PNG file; they reveal transfers that converted line endings or
    /// cleared bit 7.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Throws if a file does not begin with the signature.</summary>
    /// <exception cref="ImageFormatException">The signature is missing or damaged.</exception>
    public static void CheckSignature(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(Signature))
        {
            throw new ImageFormatException("PNG: the first eight bytes are damaged, as after a transfer in text mode.");
        }
    }

    /// <summary>Reads the next chunk.</summary>
    /// <param name="mayBeCutOff">Whether the file may end within the chunk, as it may within IDAT.</param>
    /// <exception cref="ImageFormatException">The file ends before the chunk does,
    /// or a critical chunk is damaged.</exception>
    public PngChunk Read(bool mayBeCutOff = false)
    {
        ReadOnlySpan<byte> rest = _file[_position..];
        if (rest.Length < Overhead)
        {
            if (mayBeCutOff) return new PngChunk("IDAT", [], isIntact: false, isCutOff: true);
            throw new ImageFormatException(
                $"PNG: the file ends at byte {_file.Length} without an IEND chunk; it is truncated.");
        }

        string type = Encoding.Latin1.GetString(rest.Slice(4, 4));
        if (!type.All(char.IsAsciiLetter))
        {
            throw new ImageFormatException($"PNG: no chunk begins at byte {_position}; the file is damaged.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
        {
            if (mayBeCutOff || type == "IDAT")
            {
                int there = (int)Math.Min(length, rest.Length - 8);
                return new PngChunk(type, rest.Slice(8, there), isIntact: false, isCutOff: true);
            }

            throw new ImageFormatException(
                $"PNG {type} at byte {_position}: {length} bytes are declared, but the file has only " +
                $"{rest.Length - Overhead} more; it is truncated.");
        }

        ReadOnlySpan<byte> data = rest.Slice(8, (int)length);
        uint declared = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + data.Length)..]);
        PngChunk chunk = new(type, data, Crc32.Compute(rest.Slice(4, 4 + data.Length)) == declared);
        if (chunk is { IsIntact: false, IsCritical: true })
        {
            throw new ImageFormatException(
                $"PNG {type} at byte {_position}: the checksum is wrong; the file is damaged.");
        }

        _position += Overhead + data.Length;
        return chunk;
    }
}
