namespace Atelier.Imaging.Vips;

/// <summary>Looks into a directory of a TIFF file for what libvips does not tell.</summary>
internal static class TiffDirectory
{
    private const int ShortestFile = 8;
    private const ushort SubfileType = 254, Compression = 259, Photometric = 262, Directories = 330, DngVersion = 50706;
    private const uint YCbCr = 6, IccLab = 9, ItuLab = 10, FilterArray = 32803;
    private const uint OldJpeg = 6, Jpeg = 7;

    /// <summary>Whether a file begins as a TIFF or BigTIFF.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> start)
        => start.Length >= ShortestFile && start[..4] is
            [(byte)'I', (byte)'I', 42 or 43, 0] or [(byte)'M', (byte)'M', 0, 42 or 43];

    /// <summary>Whether a file has the picture of a sensor, and in its first directory at most a preview.</summary>
    public static bool IsCameraRaw(ReadOnlySpan<byte> file)
    {
        Dictionary<ushort, uint> entries = Entries(file, page: 1);
        bool isReduced = (entries.GetValueOrDefault(SubfileType) & 1) != 0;
        return file[ShortestFile..].StartsWith("CR\u0002\0"u8) || entries.ContainsKey(DngVersion)
            || entries.GetValueOrDefault(Photometric) == FilterArray
            || (isReduced && entries.ContainsKey(Directories));
    }

    /// <summary>Whether the colors of a page are Lab in one of the encodings that libvips takes for RGB.</summary>
    public static bool IsOffsetLab(ReadOnlySpan<byte> file, int page)
        => Entries(file, page).GetValueOrDefault(Photometric) is IccLab or ItuLab;

    /// <summary>Whether the colors of a page are YCbCr that no decoder of JPEG converts, and which libvips takes for
    /// RGB.</summary>
    public static bool IsPlainYCbCr(ReadOnlySpan<byte> file, int page)
    {
        Dictionary<ushort, uint> entries = Entries(file, page);
        return entries.GetValueOrDefault(Photometric) == YCbCr
            && entries.GetValueOrDefault(Compression) is not (OldJpeg or Jpeg);
    }

    /// <summary>Returns the tags of a directory and, of those with one number, the number.</summary>
    private static Dictionary<ushort, uint> Entries(ReadOnlySpan<byte> file, int page)
    {
        TiffReader reader = new(file);
        Dictionary<ushort, uint> entries = [];
        long directory = reader.DirectoryOf(page);
        int count = reader.CountAt(directory);
        for (int i = 0; i < count; i++)
        {
            (ushort tag, ushort type, _, long place) = reader.EntryAt(directory, i);
            entries[tag] = reader.NumberAt(type, place);
        }

        return entries;
    }
}
