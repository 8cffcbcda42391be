namespace Atelier.Imaging.Codecs.Tga;

/// <summary>Reads Truevision TGA files. They have no signature: a file is taken for one if its header is that of a
/// picture.</summary>
internal sealed class TgaFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "TGA";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".tga"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => null;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) => TgaHeader.IsPlausible(start);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits) => TgaDecoder.Decode(file, limits);

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        TgaHeader header = TgaHeader.Parse(new HeaderReader(file, Name).TakeUpTo(TgaHeader.Length), limits);
        return PictureInfo.Create(Name, header.Width, header.Height) with { HasAlpha = header.HasAlpha };
    }
}
