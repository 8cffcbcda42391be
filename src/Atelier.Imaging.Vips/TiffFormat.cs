using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>TIFF and BigTIFF: 1 to 16 bits and floats, gray, RGB, CMYK and others, in strips, tiles and planes, of
/// several pages.</summary>
internal sealed class TiffFormat : VipsFormat
{
    /// <summary>The place of the directory behind the pixels, and the array of the file, allow no more; compression may
    /// add a little to samples that it cannot shorten.</summary>
    private const long MaxSampleBytes = 2_100_000_000;

    /// <inheritdoc/>
    public override string Name => "TIFF";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = [".tif", ".tiff"];

    /// <inheritdoc/>
    public override EncodeFeatures? Writes => Libvips.UnavailableReason is not null ? null
        : EncodeFeatures.Alpha | EncodeFeatures.SixteenBits | EncodeFeatures.IccProfile;

    /// <inheritdoc/>
    public override long MaxBytes => MaxSampleBytes;

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlySpan<byte> start) => TiffDirectory.IsTiff(start);

    /// <inheritdoc/>
    public override void Encode(Picture picture, Stream output, EncodeOptions options)
    {
        int bits = options.BitDepth ?? (picture.BitDepth > 8 ? 16 : 8);
        if (bits is not (8 or 16))
        {
            throw new ArgumentException($"A TIFF cannot be written with {bits} bits per sample; use 8 or 16.");
        }

        Libvips.Write(Name, () =>
        {
            using VipsImage image = VipsImage.Create(picture, bits);
            byte[] file = image.Pixels.TiffsaveBuffer(
                compression: Enums.ForeignTiffCompression.Deflate, predictor: Enums.ForeignTiffPredictor.Horizontal,
                keep: VipsMetadata.Kept(picture));
            TiffFields.Write(file, FieldsOf(picture.Metadata), output);
        });
    }

    /// <summary>Adds what libvips does not read, or only in part.</summary>
    protected override PictureMetadata Complete(PictureMetadata metadata, ReadOnlySpan<byte> file, int page)
    {
        IReadOnlyList<TiffField> fields = TiffFields.Read(file, page);
        return metadata with
        {
            Exif = TiffFields.ToExif(fields),
            Iptc = fields.FirstOrDefault(field => field.Tag == TiffFields.Iptc)?.Value,
        };
    }

    private static List<TiffField> FieldsOf(PictureMetadata metadata)
    {
        List<TiffField> fields = [.. TiffFields.Read(metadata.Exif.GetValueOrDefault().Span)];
        if (metadata.Iptc is ReadOnlyMemory<byte> iptc) fields.Add(new TiffField(TiffFields.Iptc, 7, iptc.ToArray()));
        return fields;
    }

    /// <inheritdoc/>
    protected override Image Load(byte[] file, int page)
    {
        if (TiffDirectory.IsCameraRaw(file))
        {
            throw new ImageFormatException("this is a camera raw file, of which only a small preview could be read; " +
                "develop it and save it as PNG, TIFF or JPEG first.");
        }

        if (TiffDirectory.IsOffsetLab(file, page)) throw UnreadableLab();
        if (TiffDirectory.IsPlainYCbCr(file, page))
        {
            throw new ImageFormatException(
                "TIFF: YCbCr can be read with JPEG compression only; save the picture as RGB first.");
        }

        try
        {
            return Image.TiffloadBuffer(
                file, page: page - 1, n: 1, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        }
        catch (VipsException error) when (error.Message.Contains("labq", StringComparison.Ordinal))
        {
            throw UnreadableLab();
        }
        catch (VipsException error) when (error.Message.Contains("samples out of range", StringComparison.Ordinal))
        {
            throw new ImageFormatException("TIFF: samples of more than 32 bits cannot be read; " +
                "save the picture with 8, 16 or 32 bits per sample first.");
        }
    }

    private static ImageFormatException UnreadableLab()
        => new("TIFF: Lab can be read with 16 bits per sample only; save the picture as RGB first.");

    /// <inheritdoc/>
    protected override int CountPages(Image stored)
        => stored.Contains("n-pages") && stored.Get("n-pages") is int pages ? pages : 1;
}
