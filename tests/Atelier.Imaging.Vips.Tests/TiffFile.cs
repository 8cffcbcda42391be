namespace Atelier.Imaging.Vips.Tests;

/// <summary>Changes little-endian TIFF files.</summary>
internal static class TiffFile
{
    private const int EntryLength = 12;
    private const ushort Photometric = 262;

    /// <summary>Sets what the samples of a page are said to mean.</summary>
    internal static void SetColors(byte[] file, int page, ushort colors)
    {
        int directory = BitConverter.ToInt32(file, 4);
        for (; page > 1; page--)
            directory = BitConverter.ToInt32(file, directory + 2 + (EntryLength * CountAt(file, directory)));
        for (int i = 0; i < CountAt(file, directory); i++)
        {
            Span<byte> entry = file.AsSpan(directory + 2 + (EntryLength * i), EntryLength);
            if (BitConverter.ToUInt16(entry) == Photometric) BitConverter.TryWriteBytes(entry[8..], colors);
        }
    }

    private static int CountAt(byte[] file, int directory) => BitConverter.ToUInt16(file, directory);
}
