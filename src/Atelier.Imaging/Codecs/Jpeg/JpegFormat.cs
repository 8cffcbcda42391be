namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>JPEG (ITU-T T.81) in a JFIF, EXIF or Adobe file.</summary>
internal sealed class JpegFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "JPEG";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe", ".jfif"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => EncodeFeatures.Quality | EncodeFeatures.IccProfile | EncodeFeatures.Text;

    /// <inheritdoc/>
    public int MaxSide => JpegEncoder.MaxSide;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start)
        => start.StartsWith((ReadOnlySpan<byte>)[JpegMarkers.Prefix, JpegMarkers.Soi]);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => JpegDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
        => JpegHeaders.Read(new HeaderReader(file, Name), limits);

    /// <inheritdoc/>
    public void Encode(Picture picture, Stream output, EncodeOptions options)
        => JpegEncoder.Encode(picture, output, options);
}
