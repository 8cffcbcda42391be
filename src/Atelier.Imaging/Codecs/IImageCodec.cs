namespace Atelier.Imaging.Codecs;

/// <summary>Reads and, if supported, writes one file format.</summary>
internal interface IImageCodec
{
    /// <summary>Display name of the format, such as "PNG".</summary>
    string Name { get; }

    /// <summary>File name extensions including the dot, in lower case, the most common one first.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether <see cref="Encode"/> is supported.</summary>
    bool CanEncode { get; }

    /// <summary>Whether a file that begins with these bytes is of this format, whatever its name.</summary>
    bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Decodes a whole file. Orientation is applied, and grayscale becomes RGB; alpha, metadata and the
    /// profile are kept. The samples are those of the file, not yet converted from its color space.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, unsupported, or exceeds the limits.</exception>
    Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits);

    /// <summary>Reads the properties of the picture from its headers.</summary>
    /// <param name="file">The file, from its first byte on; only the headers are read.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <exception cref="ImageFormatException">The headers are damaged, unsupported, or exceed the limits.</exception>
    PictureInfo Identify(Stream file, DecodeLimits limits);

    /// <summary>Writes a whole file. The samples are already in the color space of the picture's profile.</summary>
    void Encode(Picture picture, Stream output, EncodeOptions options);
}
