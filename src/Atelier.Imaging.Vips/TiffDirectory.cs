using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>Looks into the first directory of a TIFF file for what libvips does not tell.</summary>
internal static class TiffDirectory
{
    private const int EntryLength = 12, FirstLength = 8;
    private const ushort SubfileType = 254, Photometric = 262, Directories = 330, DngVersion = 50706;
    private const uint IccLab = 9, ItuLab = 10;

    /// <summary>Whether a file begins as a TIFF or BigTIFF.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> start)
        => start.Length >= FirstLength && start[..4] is
            [(byte)'I', (byte)'I', 42 or 43, 0] or [(byte)'M', (byte)'M', 0, 42 or 43];

    /// <summary>Whether a file has the picture of a sensor, and in its first directory only a preview.</summary>
    public static bool IsCameraRaw(ReadOnlySpan<byte> file)
    {
        Dictionary<int, uint> entries = Entries(file);
        bool isReduced = (entries.GetValueOrDefault(SubfileType) & 1) != 0;
        return file[FirstLength..].StartsWith("CR\u0002\0"u8) || entries.ContainsKey(DngVersion)
            || (isReduced && entries.ContainsKey(Directories));
    }

    /// <summary>Whether the colors are Lab in one of the encodings that libvips takes for RGB.</summary>
    public static bool IsOffsetLab(ReadOnlySpan<byte> file)
        => Entries(file).GetValueOrDefault(Photometric) is IccLab or ItuLab;

    /// <summary>Returns the tags of the directory and, of those with one number, the number.</summary>
    private static Dictionary<int, uint> Entries(ReadOnlySpan<byte> file)
    {
        bool isLittle = file[0] == 'I';
        uint start = Word(file[4..]);
        Dictionary<int, uint> entries = [];
        if (Short(file[2..]) != 42 || start > file.Length - 2) return entries;
        ReadOnlySpan<byte> rest = file[(int)start..];
        int count = Short(rest);
        rest = rest[2..];
        for (; count > 0 && rest.Length >= EntryLength; count--, rest = rest[EntryLength..])
        {
            const int ShortType = 3;
            entries[Short(rest)] = Short(rest[2..]) == ShortType ? Short(rest[8..]) : Word(rest[8..]);
        }

        return entries;

        ushort Short(ReadOnlySpan<byte> bytes) => isLittle
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        uint Word(ReadOnlySpan<byte> bytes) => isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
