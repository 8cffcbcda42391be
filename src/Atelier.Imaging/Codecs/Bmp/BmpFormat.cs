namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>Reads Windows and OS/2 bitmaps.</summary>
internal sealed class BmpFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "BMP";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".bmp"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => null;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("BM"u8);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => BmpDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        // The header is parsed as if the pixels were present.
        byte[] start = new HeaderReader(file, Name).TakeUpTo(BmpHeader.MaxLength);
        BmpHeader header = BmpHeader.Parse(start, long.MaxValue, limits);
        return PictureInfo.Create(Name, header.Width, header.Height) with
        {
            BitDepth = header.BitDepth,
            HasAlpha = header.HasAlpha,
        };
    }
}
