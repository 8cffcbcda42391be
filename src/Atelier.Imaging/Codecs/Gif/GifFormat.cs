namespace Atelier.Imaging.Codecs.Gif;

/// <summary>Reads GIF pictures, and the first frame of animations.</summary>
internal sealed class GifFormat : IImageFormat
{
    /// <inheritdoc/>
    public string Name => "GIF";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".gif"];

    /// <inheritdoc/>
    public EncodeFeatures? Writes => null;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> start) => GifReader.IsGif(start);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        using MemoryStream stream = new(file.ToArray());
        GifReader reader = new(stream, limits);
        GifFrame frame = FirstFrame(reader, withPixels: true);
        GifCanvas canvas = new(reader.Width, reader.Height);
        canvas.Draw(frame);
        Picture picture = canvas.ToPicture();
        return reader.Damage is string damage
            ? picture.WithMetadata(picture.Metadata, $"GIF: {damage}; part of the picture is missing.")
            : picture;
    }

    /// <inheritdoc/>
    public PictureInfo Identify(Stream file, DecodeLimits limits)
    {
        GifReader reader = new(file, limits);
        GifFrame frame = FirstFrame(reader, withPixels: false);
        bool covers = frame is { Left: 0, Top: 0 } && frame.Width >= reader.Width && frame.Height >= reader.Height;
        return PictureInfo.Create(Name, reader.Width, reader.Height) with
        {
            HasAlpha = frame.Transparent is not null || !covers,
        };
    }

    private static GifFrame FirstFrame(GifReader reader, bool withPixels)
        => reader.Read(withPixels)
        ?? throw new ImageFormatException(
            $"GIF: the file contains no picture{(reader.Damage is string damage ? $": {damage}" : "")}.");
}
