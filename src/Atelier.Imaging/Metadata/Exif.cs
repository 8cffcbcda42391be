using System.Buffers.Binary;

namespace Atelier.Imaging.Metadata;

/// <summary>Reads the one EXIF field that changes how a picture looks.</summary>
internal static class Exif
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>Finds the orientation in the first directory of an EXIF block.</summary>
    /// <param name="tiff">The block, starting at its TIFF header ("II*" or "MM*").</param>
    /// <returns>The orientation; <see cref="Orientation.Normal"/> if it is absent or the block is damaged.</returns>
    internal static Orientation ReadOrientation(ReadOnlySpan<byte> tiff)
    {
        bool isLittleEndian = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(isLittleEndian || tiff.StartsWith("MM"u8)) || Short(tiff[2..]) != 42)
        {
            return Orientation.Normal;
        }

        uint directory = isLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return Orientation.Normal;
        }

        ReadOnlySpan<byte> entries = tiff[(int)directory..];
        int count = Short(entries);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (Short(entries) == OrientationTag && Short(entries[2..]) == ShortType)
            {
                int value = Short(entries[8..]);
                return value is >= (int)Orientation.Normal and <= (int)Orientation.Rotate270
                    ? (Orientation)value
                    : Orientation.Normal;
            }
        }

        return Orientation.Normal;

        ushort Short(ReadOnlySpan<byte> bytes) => isLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
