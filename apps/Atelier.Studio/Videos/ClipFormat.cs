using System.Collections.Immutable;

namespace Atelier.Studio.Videos;

/// <summary>The formats of clips, recognized by their first bytes: what a program opens must not depend on a name that
/// came from elsewhere, and playlists, which name other files, are no clips.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extensions">Extensions of its files; the first is the usual one.</param>
/// <param name="MediaType">Its media type.</param>
public sealed record ClipFormat(string Name, ImmutableArray<string> Extensions, string MediaType)
{
    /// <summary>How many bytes <see cref="Of"/> needs.</summary>
    public const int SignatureBytes = 12;

    /// <summary>Animated GIF.</summary>
    public static ClipFormat Gif { get; } = new("GIF", [".gif"], "image/gif");

    /// <summary>Animated WebP.</summary>
    public static ClipFormat Webp { get; } = new("WebP", [".webp"], "image/webp");

    /// <summary>MP4 and QuickTime.</summary>
    public static ClipFormat Mp4 { get; } = new("MP4", [".mp4", ".mov", ".m4v"], "video/mp4");

    /// <summary>WebM and Matroska.</summary>
    public static ClipFormat Webm { get; } = new("WebM", [".webm", ".mkv"], "video/webm");

    /// <summary>AVI.</summary>
    public static ClipFormat Avi { get; } = new("AVI", [".avi"], "video/x-msvideo");

    /// <summary>All formats.</summary>
    public static ImmutableArray<ClipFormat> All { get; } = [Gif, Webp, Mp4, Webm, Avi];

    /// <summary>The extensions of all formats.</summary>
    public static IEnumerable<string> AllExtensions => All.SelectMany(format => format.Extensions);

    /// <summary>Whether it is read without ffmpeg.</summary>
    public bool IsAnimation => this == Gif || this == Webp;

    /// <summary>Returns the format of a name's extension; null for any other.</summary>
    public static ClipFormat? OfName(string name)
    {
        string extension = Path.GetExtension(name).ToLowerInvariant();
        return All.FirstOrDefault(format => format.Extensions.Contains(extension));
    }

    /// <summary>Returns the format of a file; null for any other.</summary>
    /// <param name="start">Its first bytes.</param>
    public static ClipFormat? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("GIF8"u8))
        {
            return Gif;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return Webm;
        }

        if (start.Length < SignatureBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> box = start[4..8], form = start[8..12];
        bool isRiff = start.StartsWith("RIFF"u8);
        return isRiff && form.SequenceEqual("WEBP"u8) ? Webp
            : isRiff && form.SequenceEqual("AVI "u8) ? Avi
            : box.SequenceEqual("ftyp"u8) || box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8)
                || box.SequenceEqual("wide"u8) || box.SequenceEqual("free"u8) || box.SequenceEqual("skip"u8) ? Mp4
            : null;
    }
}
