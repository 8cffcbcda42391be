using System.Text;

namespace Atelier.Imaging.Codecs;

/// <summary>A kind of file that is recognized, but not read: the error says what it is and what to do.</summary>
/// <param name="Name">What it is, as in "a Photoshop document".</param>
/// <param name="Remedy">What to do, as in "convert it to PNG or JPEG first".</param>
internal sealed partial record ForeignFormat(string Name, string Remedy)
{
    /// <summary>Returns the kind of a file from its first bytes; null if it is unknown.</summary>
    public static ForeignFormat? Find(ReadOnlySpan<byte> start)
    {
        foreach ((string signature, int offset, ForeignFormat format) in Signatures)
        {
            if (Has(start, offset, signature)) return format;
        }

        return Has(start, 4, "ftyp") && start.Length >= 12 ? FindByBrand(start[8..])
            : StyleOrWeights(start) ?? FindText(start);
    }

    /// <summary>Returns the error for a file that no format recognizes.</summary>
    public static ImageFormatException ErrorFor(ReadOnlySpan<byte> start)
    {
        string known = string.Join(", ", ImageFormats.All.Select(format => format.Name));
        return Find(start) is ForeignFormat format
            ? new ImageFormatException($"this is {format.Name}, which is not among the picture formats that are read " +
                $"({known}); {format.Remedy}.")
            : new ImageFormatException($"not a picture format that Atelier reads ({known}); {Convert}.");
    }

    private static ForeignFormat FindByBrand(ReadOnlySpan<byte> brands)
    {
        string brand = Encoding.Latin1.GetString(brands[..4]);
        return Brands.TryGetValue(brand, out ForeignFormat? format) ? format : Video("an MP4 or QuickTime video");
    }

    private static ForeignFormat? StyleOrWeights(ReadOnlySpan<byte> start)
        => start is [_, _, _, < 8, 0, 0, 0, 0, (byte)'{', ..]
            ? new ForeignFormat("a style file or a weight file", "a picture is needed here")
            : null;

    /// <summary>Recognizes texts, whose first word may follow spaces, a byte order mark or a declaration.</summary>
    private static ForeignFormat? FindText(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start).TrimStart(
            '\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        bool Begins(string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        return Begins("<svg") || Begins("<!DOCTYPE svg") || (Begins("<?xml") && text.Contains("<svg")) ? Svg
            : Begins("<!DOCTYPE html") || Begins("<html") || Begins("<head")
                ? new ForeignFormat("a web page", "download the picture itself")
            : Begins("<?xml") ? new ForeignFormat("an XML text", Export)
            : null;
    }

    private static bool Has(ReadOnlySpan<byte> start, int offset, string signature)
    {
        if (start.Length < offset + signature.Length) return false;
        for (int i = 0; i < signature.Length; i++)
        {
            if (signature[i] != start[offset + i] && signature[i] != Any) return false;
        }

        return true;
    }
}
