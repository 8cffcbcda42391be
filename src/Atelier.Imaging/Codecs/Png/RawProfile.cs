using System.Globalization;
using System.Text;
using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Metadata as hexadecimal digits in a text, a convention of ImageMagick from the time when PNG had no chunks
/// for it: an empty line, a name, the number of bytes, and the digits in lines.</summary>
internal static class RawProfile
{
    /// <summary>The keyword of IPTC, which still has no chunk.</summary>
    public const string IptcKeyword = $"{Prefix}iptc";

    private const string Prefix = "Raw profile type ";
    private const int BytesPerLine = 36;

    /// <summary>Returns the metadata in a text; null if its keyword announces none, or if it is malformed.</summary>
    public static PictureMetadata? Read(string keyword, string text)
    {
        if (!keyword.StartsWith(Prefix, StringComparison.Ordinal) || Bytes(text) is not byte[] bytes)
        {
            return null;
        }

        return keyword[Prefix.Length..].ToLowerInvariant() switch
        {
            "iptc" or "8bim" => new PictureMetadata
            {
                Iptc = PhotoshopResources.FindIptc(bytes) ?? (bytes is [0x1C, ..] ? bytes : null),
            },
            "xmp" => new PictureMetadata { Xmp = bytes },
            "exif" or "app1" when bytes.AsSpan().StartsWith("Exif\0\0"u8)
                => new PictureMetadata { Exif = bytes.AsMemory(6) },
            "exif" => new PictureMetadata { Exif = bytes },
            "app1" when bytes.AsSpan().StartsWith("http://ns.adobe.com/xap/1.0/\0"u8)
                => new PictureMetadata { Xmp = bytes.AsMemory(29) },
            _ => null,
        };
    }

    /// <summary>Returns the text that stores IPTC.</summary>
    public static string WriteIptc(ReadOnlySpan<byte> iptc)
    {
        byte[] bytes = PhotoshopResources.FromIptc(iptc);
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"\niptc\n{bytes.Length,8}\n"));
        foreach (byte[] line in bytes.Chunk(BytesPerLine)) text.Append(Convert.ToHexStringLower(line)).Append('\n');
        return text.ToString();
    }

    private static byte[]? Bytes(string text)
    {
        string[] parts = text.Split('\n', 4);
        if (parts.Length < 4 || !int.TryParse(parts[2], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture,
            out int count))
        {
            return null;
        }

        string digits = string.Concat(parts[3].Where(char.IsAsciiHexDigit));
        return digits.Length == 2L * count ? Convert.FromHexString(digits) : null;
    }
}
