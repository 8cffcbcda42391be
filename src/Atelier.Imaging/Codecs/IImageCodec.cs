namespace Atelier.Imaging.Codecs;

/// <summary>Reads and, if supported, writes one file format.</summary>
internal interface IImageCodec
{
    /// <summary>The format's name as shown to people, as in "PNG".</summary>
    string Name { get; }

    /// <summary>File name extensions with the dot, in lower case; the first is the usual one.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether <see cref="Encode"/> is supported.</summary>
    bool CanEncode { get; }

    /// <summary>Whether a file that begins with these bytes is of this format, whatever its name.</summary>
    bool Recognizes(ReadOnlySpan<byte> start);

    /// <summary>Decodes a whole file. Orientation is applied, grayscale becomes RGB, and alpha and profile are
    /// kept.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, unsupported, or exceeds the limits.</exception>
    Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits);

    /// <summary>Tells what the headers say about the picture.</summary>
    /// <param name="file">The file, from its first byte on; no more of it is read than the headers.</param>
    /// <param name="limits">What sizes are accepted.</param>
    /// <exception cref="ImageFormatException">The headers are damaged, unsupported or above the limits.</exception>
    PictureInfo Identify(Stream file, DecodeLimits limits);

    /// <summary>Writes a whole file.</summary>
    void Encode(Picture picture, Stream output, EncodeOptions options);
}
