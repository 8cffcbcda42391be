using System.Buffers.Binary;
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

    /// <summary>Returns how long each frame of a file is shown, in milliseconds; a single 0 if it has no frames.</summary>
    /// <exception cref="ImageFormatException">There are too many frames.</exception>
    internal static List<int> DurationsOf(ReadOnlySpan<byte> file)
    {
        const int HeaderLength = 12, ChunkHeader = 8, FrameHeader = 16, DurationOffset = 12;
        List<int> durations = [];
        for (long at = HeaderLength; at <= file.Length - ChunkHeader;)
        {
            ReadOnlySpan<byte> chunk = file[(int)at..];
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("ANMF"u8) && chunk.Length >= ChunkHeader + FrameHeader)
            {
                ReadOnlySpan<byte> duration = chunk.Slice(ChunkHeader + DurationOffset, 3);
                durations.Add(duration[0] | (duration[1] << 8) | (duration[2] << 16));
            }

            at += ChunkHeader + length + (length & 1);
        }

        return durations.Count <= MaxFrames ? durations is [] ? [0] : durations : throw new ImageFormatException(
            $"WebP: an animation of {durations.Count} frames; at most {MaxFrames} are read.");
    }

    /// <summary>Reads the headers of frames, which follow each other from top to bottom.</summary>
    /// <exception cref="VipsException">The file is damaged.</exception>
    internal static Image Open(byte[] file, int page, int pages) => Image.WebploadBuffer(
        file, page: page, n: pages, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);

    /// <inheritdoc/>
    protected override Image Load(byte[] file, int page)
    {
        _ = DurationsOf(file);
        return Open(file, page: 0, pages: 1);
    }
}
