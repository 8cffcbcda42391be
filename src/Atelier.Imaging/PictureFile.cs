using Atelier.Imaging.Codecs;
using Atelier.Imaging.Codecs.Bmp;
using Atelier.Imaging.Codecs.Gif;
using Atelier.Imaging.Codecs.Jpeg;
using Atelier.Imaging.Codecs.Png;
using Atelier.Imaging.Codecs.Pnm;
using Atelier.Primitives;

namespace Atelier.Imaging;

/// <summary>Pictures from and to files. The format of a file that is read is told by its first bytes, that of a file
/// that is written by its extension.</summary>
public static class PictureFile
{
    private static readonly IImageCodec[] Codecs =
        [new PngCodec(), new JpegCodec(), new BmpCodec(), new PnmCodec(), new GifCodec()];

    /// <summary>Extensions that <see cref="Save"/> can write, with the dot.</summary>
    public static IReadOnlyList<string> WritableExtensions { get; } =
        [.. Codecs.Where(codec => codec.CanEncode).SelectMany(codec => codec.Extensions)];

    /// <summary>Extensions of the formats that <see cref="Load"/> can read, with the dot.</summary>
    internal static IReadOnlyList<string> ReadableExtensions { get; } =
        [.. Codecs.SelectMany(codec => codec.Extensions)];

    /// <summary>Reads a picture.</summary>
    /// <exception cref="ImageFormatException">The file is not a picture, is damaged, or is above the limits; the
    /// message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Load(string path, DecodeLimits? limits = null)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return Decode(bytes, limits);
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Decodes a picture from the bytes of a whole file.</summary>
    /// <exception cref="ImageFormatException">The bytes are not a picture, are damaged,
    /// or are above the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits? limits = null)
    {
        if (file.IsEmpty)
        {
            throw new ImageFormatException("the file is empty; a picture was expected.");
        }

        foreach (IImageCodec codec in Codecs)
        {
            if (codec.Recognizes(file))
            {
                return codec.Decode(file, limits ?? DecodeLimits.Default);
            }
        }

        throw new ImageFormatException(
            $"not a picture that Atelier reads ({string.Join(", ", Codecs.Select(codec => codec.Name))}); " +
            "convert it to PNG or JPEG first.");
    }

    /// <summary>Encodes a picture in the format of an extension.</summary>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    public static void Encode(Picture picture, Stream output, string extension, EncodeOptions? options = null)
        => CodecFor(extension).Encode(picture, output, options ?? EncodeOptions.Default);

    /// <summary>Writes a picture in the format of the path's extension. The file appears whole or not at all.</summary>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Picture picture, string path, EncodeOptions? options = null)
    {
        IImageCodec codec = CodecFor(Path.GetExtension(path));
        AtomicFile.Write(path, stream => codec.Encode(picture, stream, options ?? EncodeOptions.Default));
    }

    private static IImageCodec CodecFor(string extension)
        => Codecs.FirstOrDefault(codec => codec.CanEncode
            && codec.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"Pictures cannot be written as '{extension}'; use {string.Join(", ", WritableExtensions)}.",
            nameof(extension));
}
