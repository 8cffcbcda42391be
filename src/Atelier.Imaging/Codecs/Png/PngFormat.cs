namespace Atelier.Imaging.Codecs.Png;

/// <summary>Portable Network Graphics: lossless, 8 and 16 bits, alpha, profile and text.</summary>
internal sealed class PngFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "PNG";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".png"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes
        => EncodeFeatures.Alpha | EncodeFeatures.SixteenBits | EncodeFeatures.IccProfile | EncodeFeatures.Text;

    /// <summary>Checks only the letters of the signature, so that decoding a file whose signature is damaged elsewhere
    /// reports what is wrong.</summary>
    public bool Recognizes(ReadOnlySpan<byte> start) => start.Length >= 4 && start[1..].StartsWith("PNG"u8);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => PngDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
        => PngHeaders.Read(new HeaderReader(file, Name), limits);

    /// <inheritdoc/>
    public void Encode(Picture picture, Stream output, EncodeOptions options)
        => PngEncoder.Encode(picture, output, options);
}
