namespace Atelier.Imaging.Codecs.Qoi;

/// <summary>The Quite OK Image format: lossless, 8 bits, alpha.</summary>
internal sealed class QoiFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "QOI";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".qoi"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => EncodeFeatures.Alpha;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(QoiHeader.Signature);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => QoiDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        QoiHeader header = QoiHeader.Parse(new HeaderReader(file, Name).TakeUpTo(QoiHeader.Length), limits);
        return PictureInfo.Create(Name, header.Width, header.Height) with { HasAlpha = header.HasAlpha };
    }

    /// <inheritdoc/>
    public void Encode(Picture picture, Stream output, EncodeOptions options) => QoiEncoder.Encode(picture, output);
}
