using System.Collections.Immutable;
using Atelier.Imaging.Codecs;
using Atelier.Imaging.Codecs.Bmp;
using Atelier.Imaging.Codecs.Gif;
using Atelier.Imaging.Codecs.Jpeg;
using Atelier.Imaging.Codecs.Png;
using Atelier.Imaging.Codecs.Pnm;
using Atelier.Imaging.Codecs.Qoi;
using Atelier.Imaging.Codecs.Tga;

namespace Atelier.Imaging;

/// <summary>The picture formats of this process: the built-in ones, and those that add-ons register. All members are
/// safe for concurrent use.</summary>
public static class ImageFormats
{
    /// <summary>Number of bytes at the start of a file from which every format recognizes its files.</summary>
    public const int SignatureLength = 144;

    // A TGA file has no signature, only a header that must be plausible, so every other format is asked first.
    private static readonly TgaFormat Last = new();
    private static ImmutableArray<IImageFormat> _others =
        [new PngFormat(), new JpegFormat(), new BmpFormat(), new PnmFormat(), new GifFormat(), new QoiFormat()];

    /// <summary>All formats, in the order in which they are asked whether they recognize a file.</summary>
    public static IReadOnlyList<IImageFormat> All => [.. _others, Last];

    /// <summary>Extensions of the formats that can be written, including the dot.</summary>
    public static IReadOnlyList<string> WritableExtensions
        => [.. All.Where(format => format.Writes is not null).SelectMany(format => format.Extensions)];

    /// <summary>Extensions of the formats that can be read, including the dot.</summary>
    public static IReadOnlyList<string> ReadableExtensions => [.. All.SelectMany(format => format.Extensions)];

    /// <summary>Adds a format for all of this process. A format of the same name is replaced, so registering twice does
    /// no harm.</summary>
    public static void Register(IImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        ImmutableInterlocked.Update(
            ref _others, (all, added) => [.. all.Where(known => known.Name != added.Name), added], format);
    }

    /// <summary>Returns the format that can be written under an extension; null if there is none.</summary>
    /// <param name="extension">The extension with its dot, in any case.</param>
    public static IImageFormat? FindWritable(string extension)
        => All.FirstOrDefault(format => format.Writes is not null
            && format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns the format of a file.</summary>
    /// <exception cref="ImageFormatException">No format recognizes the file; the message names what it seems to
    /// be.</exception>
    internal static IImageFormat Recognize(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            throw new ImageFormatException("the file is empty; a picture was expected.");
        }

        start = start[..Math.Min(start.Length, SignatureLength)];
        foreach (IImageFormat format in _others)
        {
            if (format.Recognizes(start)) return format;
        }

        return ForeignFormat.Find(start) is null && Last.Recognizes(start) ? Last : throw ForeignFormat.ErrorFor(start);
    }
}
