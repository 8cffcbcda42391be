using Atelier.Imaging.Codecs;
using Atelier.Imaging.Metadata;
using Atelier.Imaging.Profiles;
using Atelier.Primitives;

namespace Atelier.Imaging;

/// <summary>Reads and writes picture files. The format is detected from the contents when reading, and chosen by the
/// extension when writing.</summary>
public static class PictureFile
{
    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">The sizes that are accepted; null for the default.</param>
    /// <param name="page">Which picture of the file, from 1; only TIFF files may have several.</param>
    /// <exception cref="ImageFormatException">The file is not a picture, has no such page, is damaged, or exceeds the
    /// limits; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Load(string path, DecodeLimits? limits = null, int page = 1)
        => Naming(path, () => Decode(File.ReadAllBytes(path), limits, page));

    /// <summary>Reads a picture from the rest of a stream, which stays open.</summary>
    /// <exception cref="ImageFormatException">The bytes are not a picture, are damaged, or exceed the
    /// limits.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Picture Load(Stream stream, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Decode(new HeaderReader(stream, "picture").TakeRest(), limits);
    }

    /// <summary>Reads a picture. It is decoded on a worker thread.</summary>
    /// <inheritdoc cref="Load(string, DecodeLimits?, int)"/>
    /// <exception cref="OperationCanceledException">Cancelled before the file was read.</exception>
    public static async Task<Picture> LoadAsync(
        string path, DecodeLimits? limits = null, int page = 1, CancellationToken cancel = default)
    {
        byte[] file = await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false);
        return await Task.Run(() => Naming(path, () => Decode(file, limits, page)), cancel).ConfigureAwait(false);
    }

    /// <summary>Reads a picture from the rest of a stream, which stays open. It is decoded on a worker
    /// thread.</summary>
    /// <inheritdoc cref="Load(Stream, DecodeLimits?)"/>
    /// <exception cref="OperationCanceledException">Cancelled before the stream was read.</exception>
    public static async Task<Picture> LoadAsync(
        Stream stream, DecodeLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream file = new();
        await stream.CopyToAsync(file, cancel).ConfigureAwait(false);
        return await Task.Run(() => Decode(WrittenTo(file).Span, limits), cancel).ConfigureAwait(false);
    }

    /// <summary>Decodes a picture from the bytes of a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limits">The sizes that are accepted; null for the default.</param>
    /// <param name="page">Which picture of the file, from 1; only TIFF files may have several.</param>
    /// <exception cref="ImageFormatException">The bytes are not a picture, are damaged, or exceed the
    /// limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits? limits = null, int page = 1)
        => FileColors.ToSrgb(DecodeRaw(file, limits, page));

    /// <summary>Decodes a picture whose samples are not colors, such as a mask or labels, from the bytes of a whole
    /// file: the samples as they are stored, whatever color space the file names.</summary>
    /// <inheritdoc cref="Decode"/>
    public static Picture DecodeSamples(ReadOnlySpan<byte> file, DecodeLimits? limits = null, int page = 1)
        => DecodeRaw(file, limits, page).WithProfile(null);

    /// <summary>Returns the format, size and other properties of a picture file. Only its headers are read, so damage
    /// after them goes unnoticed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">The sizes that are accepted; null for those that <see
    /// cref="Load(string, DecodeLimits?, int)"/> accepts.</param>
    /// <exception cref="ImageFormatException">The file is not a picture, or its headers are damaged or exceed the
    /// limits; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PictureInfo Identify(string path, DecodeLimits? limits = null)
    {
        using FileStream file = File.OpenRead(path);
        return Naming(path, () => Identify(file, limits));
    }

    /// <summary>Returns the format, size and other properties of the picture that begins at the current position of a
    /// stream. A seekable stream is returned to that position; any other stream is read to its end.</summary>
    /// <inheritdoc cref="Identify(string, DecodeLimits?)"/>
    /// <param name="stream">A stream, which stays open.</param>
    /// <exception cref="ImageFormatException">It is not a picture, or its headers are damaged or exceed the
    /// limits.</exception>
    public static PictureInfo Identify(Stream stream, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            return Identify(new HeaderReader(stream, "picture").TakeRest(), limits);
        }

        long start = stream.Position;
        try
        {
            IImageFormat format = ImageFormats.Recognize(
                new HeaderReader(stream, "picture").TakeUpTo(ImageFormats.SignatureLength));
            stream.Position = start;
            return format.Identify(stream, limits ?? DecodeLimits.Default);
        }
        finally
        {
            stream.Position = start;
        }
    }

    /// <summary>Returns the format, size and other properties of a picture from the bytes of a file, or from the first
    /// of them.</summary>
    /// <inheritdoc cref="Identify(Stream, DecodeLimits?)"/>
    /// <param name="file">The bytes, which must include all headers.</param>
    public static unsafe PictureInfo Identify(ReadOnlySpan<byte> file, DecodeLimits? limits = null)
    {
        // No picture, no pointer.
        _ = ImageFormats.Recognize(file);
        fixed (byte* bytes = file)
        {
            using UnmanagedMemoryStream stream = new(bytes, file.Length);
            return Identify(stream, limits);
        }
    }

    /// <summary>Writes a picture to a stream, which stays open, in the format given by an extension.</summary>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Save(Picture picture, Stream stream, string extension, EncodeOptions? options = null)
        => Encode(FormatFor(extension), picture, stream, options);

    /// <summary>Writes a picture atomically, in the format given by the extension of the path.</summary>
    /// <exception cref="ArgumentException">No format with that extension can be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Picture picture, string path, EncodeOptions? options = null)
    {
        IImageFormat format = FormatFor(Path.GetExtension(path));
        AtomicFile.Write(path, stream => Encode(format, picture, stream, options));
    }

    /// <summary>Writes a picture to a stream, which stays open, in the format given by an extension. It is encoded
    /// completely, on a worker thread, before anything is written.</summary>
    /// <inheritdoc cref="Save(Picture, Stream, string, EncodeOptions?)"/>
    /// <exception cref="OperationCanceledException">Cancelled before everything was written.</exception>
    public static async Task SaveAsync(
        Picture picture, Stream stream, string extension, EncodeOptions? options = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream file = new();
        await Task.Run(() => Save(picture, file, extension, options), cancel).ConfigureAwait(false);
        await stream.WriteAsync(WrittenTo(file), cancel).ConfigureAwait(false);
    }

    /// <summary>Writes a picture atomically, on a worker thread, in the format given by the extension of the
    /// path.</summary>
    /// <inheritdoc cref="Save(Picture, string, EncodeOptions?)"/>
    /// <exception cref="OperationCanceledException">Cancelled before the write began.</exception>
    public static Task SaveAsync(
        Picture picture, string path, EncodeOptions? options = null, CancellationToken cancel = default)
        => Task.Run(() => Save(picture, path, options), cancel);

    private static ReadOnlyMemory<byte> WrittenTo(MemoryStream stream)
        => stream.GetBuffer().AsMemory(0, (int)stream.Length);

    private static Picture DecodeRaw(ReadOnlySpan<byte> file, DecodeLimits? limits, int page)
        => FileMetadata.Checked(
            ImageFormats.Recognize(file).DecodePage(file, page, limits ?? DecodeLimits.Default));

    private static void Encode(IImageFormat format, Picture picture, Stream output, EncodeOptions? options)
    {
        options ??= EncodeOptions.Default;
        bool hasText = format.Writes?.HasFlag(EncodeFeatures.Text) == true;
        format.Encode(FileColors.ToProfile(FileMetadata.Made(picture, options, hasText)), output, options);
    }

    private static T Naming<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImageFormatException error)
        {
            throw new ImageFormatException($"{path}: {error.Message}", error);
        }
    }

    private static IImageFormat FormatFor(string extension)
        => ImageFormats.FindWritable(extension) ?? throw new ArgumentException(
            $"Pictures cannot be written as '{extension}'; use {string.Join(", ", ImageFormats.WritableExtensions)}.",
            nameof(extension));
}
