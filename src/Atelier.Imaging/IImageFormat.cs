namespace Atelier.Imaging;

/// <summary>Reads and, if supported, writes one file format. <see cref="ImageFormats.Register"/> adds a format to those
/// that <see cref="PictureFile"/> knows.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IImageFormat
{
    /// <summary>Display name of the format, such as "PNG".</summary>
    string Name { get; }

    /// <summary>File name extensions including the dot, in lower case, the most common one first.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>What <see cref="Encode"/> can store; null if the format can only be read.</summary>
    EncodeFeatures? Writes { get; }

    /// <summary>The longest side of a picture that <see cref="Encode"/> can store, in pixels.</summary>
    int MaxSide => int.MaxValue;

    /// <summary>The most bytes of samples that <see cref="Encode"/> can store, before compression.</summary>
    long MaxBytes => long.MaxValue;

    /// <summary>Whether a file that begins with these bytes is of this format, whatever its name.</summary>
    /// <param name="start">The first <see cref="ImageFormats.SignatureLength"/> bytes, or the whole file if it is
    /// shorter.</param>
    bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Decodes a whole file: its first picture if it has several. Orientation is applied, and grayscale
    /// becomes RGB; alpha, metadata and the profile are kept. The samples are those of the file, not yet converted from
    /// its color space.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, unsupported, or exceeds the limits.</exception>
    Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits);

    /// <summary>Decodes one of the pages of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <exception cref="ImageFormatException">There is no such page, or the file is damaged, unsupported, or exceeds
    /// the limits.</exception>
    Picture DecodePage(ReadOnlySpan<byte> file, int page, DecodeLimits limits)
        => page == 1 ? Decode(file, limits)
            : throw new ImageFormatException(
                $"{Name}: there is no page {page}; files of this format have one picture.");

    /// <summary>Reads the properties of the picture from its headers.</summary>
    /// <param name="file">The file, from its first byte on; only the headers are read.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <exception cref="ImageFormatException">The headers are damaged, unsupported, or exceed the limits.</exception>
    PictureInfo Identify(Stream file, DecodeLimits limits);

    /// <summary>Writes a whole file. The samples are already in the color space of the picture's profile.</summary>
    /// <exception cref="NotSupportedException">The format can only be read.</exception>
    void Encode(Picture picture, Stream output, EncodeOptions options)
        => throw new NotSupportedException($"Writing {Name} files is not supported.");
}
