using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Qoi;

/// <summary>The header of a QOI file.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="HasAlpha">Whether pixels have alpha.</param>
internal sealed record QoiHeader(int Width, int Height, bool HasAlpha)
{
    /// <summary>Length of the header in bytes.</summary>
    public const int Length = 14;

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => "qoif"u8;

    /// <summary>Reads the header from the start of a file.</summary>
    /// <exception cref="ImageFormatException">The header is malformed or exceeds the limits.</exception>
    public static QoiHeader Parse(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        if (file.Length < Length)
        {
            throw new ImageFormatException("QOI: the file ends within its header; it is cut off.");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(file[4..]);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(file[8..]);
        int channels = file[12];
        limits.Check("QOI", width, height);
        return channels is 3 or 4
            ? new QoiHeader((int)width, (int)height, channels == 4)
            : throw new ImageFormatException($"QOI: a pixel has {channels} channels; 3 or 4 were expected.");
    }

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> bytes)
    {
        Signature.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], Width);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], Height);
        bytes[12] = (byte)(HasAlpha ? 4 : 3);
        bytes[13] = 0;
    }
}
