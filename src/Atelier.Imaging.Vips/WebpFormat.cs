using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>WebP, lossy and lossless; of an animation, the first frame.</summary>
internal sealed class WebpFormat : VipsFormat
{
    /// <inheritdoc/>
    public override string Name => "WebP";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".webp"];

    /// <inheritdoc/>
    public override EncodeFeatures? Writes => Libvips.UnavailableReason is not null ? null
        : EncodeFeatures.Alpha | EncodeFeatures.IccProfile | EncodeFeatures.Quality | EncodeFeatures.Lossless;

    /// <summary>To find a frame, libwebp walks over all those before it, and does so for each of them.</summary>
    private const int MaxFrames = 20_000;

    /// <inheritdoc/>
    public override int MaxSide => 16383;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> start)
        => start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8);

    /// <inheritdoc/>
    public override void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, 100);
        if (Math.Max(picture.Width, picture.Height) > MaxSide)
        {
            throw new AtelierException($"WebP: {picture.Width} x {picture.Height} pixels cannot be written; the " +
                $"format allows {MaxSide} on a side. Use PNG or TIFF, or a smaller size.");
        }

        Libvips.Write(Name, () =>
        {
            using VipsImage image = VipsImage.Create(picture, bits: 8);
            output.Write(image.Pixels.WebpsaveBuffer(
                q: options.Quality, lossless: options.Lossless, exact: options.Lossless, smartSubsample: true,
                alphaQ: 100, keep: VipsMetadata.Kept(picture)));
        });
    }

    /// <inheritdoc/>
    protected override Image Load(byte[] file, int page)
    {
        int frames = WebpFrame.FindIn(file).Count;
        if (frames > MaxFrames)
        {
            throw new ImageFormatException(
                $"WebP: an animation of {frames} frames, of which at most {MaxFrames} are read as a picture.");
        }

        // Without "memory", libvips stores larger pictures in a file first.
        return Image.WebploadBuffer(
            file, memory: true, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
    }
}
