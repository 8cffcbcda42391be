namespace Atelier.Imaging;

/// <summary>How a picture is written. Each format follows those options that it has (<see cref="EncodeFeatures"/>).
/// </summary>
/// <remarks>JPEG does not support transparency: a picture with alpha is composited over white.</remarks>
public sealed record EncodeOptions
{
    /// <summary>The default options: JPEG 4:4:4 and WebP at quality 95, PNG and TIFF at the picture's own bit
    /// depth.</summary>
    public static EncodeOptions Default { get; } = new();

    /// <summary>Quality of a JPEG or lossy WebP, 1–100, each on the scale of its own standard library.</summary>
    public int Quality { get; init; } = 95;

    /// <summary>Whether a WebP keeps every sample exactly, in a larger file.</summary>
    public bool Lossless { get; init; }

    /// <summary>Whether JPEG uses 4:2:0 chroma subsampling: smaller files, but softer colored edges.</summary>
    public bool JpegSubsampling { get; init; }

    /// <summary>Bits per sample of a PNG or TIFF, 8 or 16; null uses 16 for pictures with more than 8 bits, otherwise
    /// 8.</summary>
    public int? BitDepth { get; init; }

    /// <summary>Whether <see cref="Picture.Metadata"/> and <see cref="Picture.Text"/> are left out. The color profile
    /// is always written, because colors would be wrong without it.</summary>
    public bool StripMetadata { get; init; }

    /// <summary>Whether the position at which the photograph was taken is kept in EXIF and XMP.</summary>
    public bool KeepLocation { get; init; }
}
