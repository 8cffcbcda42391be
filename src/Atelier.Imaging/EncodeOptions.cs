namespace Atelier.Imaging;

/// <summary>How a picture is written.</summary>
/// <remarks>JPEG does not support transparency: a picture with alpha is composited over white.</remarks>
public sealed record EncodeOptions
{
    /// <summary>The default options: JPEG 4:4:4 at quality 95, PNG at the picture's own bit depth.</summary>
    public static EncodeOptions Default { get; } = new();

    /// <summary>JPEG quality, 1–100, on the scale of the Independent JPEG Group.</summary>
    public int JpegQuality { get; init; } = 95;

    /// <summary>Whether JPEG uses 4:2:0 chroma subsampling: smaller files, but softer colored edges.</summary>
    public bool JpegSubsampling { get; init; }

    /// <summary>Bits per sample of a PNG, 8 or 16; null uses 16 for pictures with more than 8 bits, otherwise
    /// 8.</summary>
    public int? PngBitDepth { get; init; }

    /// <summary>Whether <see cref="Picture.Metadata"/> and <see cref="Picture.Text"/> are left out. The color profile
    /// is always written, because colors would be wrong without it.</summary>
    public bool StripMetadata { get; init; }

    /// <summary>Whether the position at which the photograph was taken is kept in EXIF and XMP.</summary>
    public bool KeepLocation { get; init; }
}
