using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>Looks into the first directory of a TIFF file for what tells a camera's file from a picture.</summary>
internal static class TiffDirectory
{
    private const int EntryLength = 12, FirstLength = 8;
    private const ushort SubfileType = 254, Directories = 330, DngVersion = 50706;

    /// <summary>Whether a file begins as a TIFF or BigTIFF.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> start)
        => start.Length >= FirstLength && start[..4] is
            [(byte)'I', (byte)'I', 42 or 43, 0] or [(byte)'M', (byte)'M', 0, 42 or 43];

    /// <summary>Whether a file has the picture of a sensor, and in its first directory only a preview.</summary>
    public static bool IsCameraRaw(ReadOnlySpan<byte> file)
    {
        bool isLittle = file[0] == 'I';
        if (file[8..].StartsWith("CR\u0002\0"u8)) return true;
        uint start = Word(file[4..]);
        if (Short(file[2..]) != 42 || start > file.Length - 2) return false;
        ReadOnlySpan<byte> entries = file[(int)start..];
        int count = Short(entries);
        bool isReduced = false, hasOthers = false;
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            int tag = Short(entries);
            if (tag == DngVersion) return true;
            isReduced |= tag == SubfileType && (Word(entries[8..]) & 1) != 0;
            hasOthers |= tag == Directories;
        }

        return isReduced && hasOthers;

        int Short(ReadOnlySpan<byte> bytes) => isLittle
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        uint Word(ReadOnlySpan<byte> bytes) => isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
