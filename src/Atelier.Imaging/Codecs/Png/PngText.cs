using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Writes the metadata of a picture: texts as tEXt, zTXt or iTXt, the profile as iCCP, EXIF as eXIf, XMP and
/// IPTC as texts with agreed keywords, density as pHYs.</summary>
internal static class PngText
{
    /// <summary>Texts with more bytes than this are compressed.</summary>
    private const int LongText = 1024;

    /// <summary>The keyword of a text that is an XMP packet.</summary>
    public const string XmpKeyword = "XML:com.adobe.xmp";

    /// <summary>The length of an inch.</summary>
    public const double MetersPerInch = 0.0254;

    /// <summary>Writes the embedded profile or, if there is none, a chunk that declares the samples as sRGB.</summary>
    public static void WriteColorSpace(PngChunkWriter chunks, ReadOnlyMemory<byte>? profile)
    {
        if (profile is null) chunks.Write("sRGB", [0]);
        else chunks.Write("iCCP", [.. "ICC profile"u8, 0, 0, .. Deflate(profile.Value.Span)]);
    }

    /// <summary>Writes EXIF, XMP, IPTC and density.</summary>
    public static void WriteMetadata(PngChunkWriter chunks, PictureMetadata metadata)
    {
        if (metadata.Resolution is (double x, double y))
        {
            byte[] density = new byte[9];
            BinaryPrimitives.WriteUInt32BigEndian(density, PerMeter(x));
            BinaryPrimitives.WriteUInt32BigEndian(density.AsSpan(4), PerMeter(y));
            density[8] = 1;
            chunks.Write("pHYs", density);
        }

        if (metadata.Exif is ReadOnlyMemory<byte> exif) chunks.Write("eXIf", exif.Span);
        if (metadata.Xmp is ReadOnlyMemory<byte> xmp)
        {
            chunks.Write("iTXt", [.. Encoding.ASCII.GetBytes(XmpKeyword), 0, 0, 0, 0, 0, .. xmp.Span]);
        }

        if (metadata.Iptc is ReadOnlyMemory<byte> iptc)
        {
            byte[] text = Encoding.ASCII.GetBytes(RawProfile.WriteIptc(iptc.Span));
            chunks.Write("zTXt", [.. Encoding.ASCII.GetBytes(RawProfile.IptcKeyword), 0, 0, .. Deflate(text)]);
        }
    }

    /// <summary>Writes texts in the order of their keywords, as tEXt if Latin-1 has all characters, otherwise as
    /// iTXt.</summary>
    /// <exception cref="ArgumentException">A keyword is not 1–79 printable characters of Latin-1.</exception>
    public static void WriteTexts(PngChunkWriter chunks, IReadOnlyDictionary<string, string> texts)
    {
        foreach ((string keyword, string text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (keyword.Length is 0 or > 79 || !keyword.All(IsPrintable))
            {
                throw new ArgumentException(
                    $"'{keyword}' cannot be the keyword of a text in a PNG file: " +
                    "1 to 79 characters of Latin-1 are allowed.");
            }

            Write(chunks, Encoding.Latin1.GetBytes(keyword), text);
        }
    }

    private static void Write(PngChunkWriter chunks, byte[] keyword, string text)
    {
        bool isLatin = text.All(character => character == '\n' || IsPrintable(character));
        byte[] bytes = (isLatin ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text);
        switch (isLatin, isLong: bytes.Length > LongText)
        {
            case (true, false): chunks.Write("tEXt", [.. keyword, 0, .. bytes]); break;
            case (true, true): chunks.Write("zTXt", [.. keyword, 0, 0, .. Deflate(bytes)]); break;
            case (false, false): chunks.Write("iTXt", [.. keyword, 0, 0, 0, 0, 0, .. bytes]); break;
            case (false, true): chunks.Write("iTXt", [.. keyword, 0, 1, 0, 0, 0, .. Deflate(bytes)]); break;
        }
    }

    private static uint PerMeter(double perInch)
        => (uint)Math.Clamp(Math.Round(perInch / MetersPerInch), 1, int.MaxValue);

    private static bool IsPrintable(char character)
        => character is (>= ' ' and <= '~') or (>= '\u00A1' and <= '\u00FF');

    private static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }
}
