namespace Atelier.Imaging;

/// <summary>How a picture is written.</summary>
/// <remarks>JPEG knows no opacity: a picture with alpha is written as it looks over white.</remarks>
public sealed record EncodeOptions
{
    /// <summary>JPEG 4:4:4 of quality 95, PNG at the picture's own depth.</summary>
    public static EncodeOptions Default { get; } = new();

    /// <summary>JPEG quality, 1–100, on the scale of the Independent JPEG Group.</summary>
    public int JpegQuality { get; init; } = 95;

    /// <summary>Whether JPEG halves the resolution of color in both directions (4:2:0): smaller,
    /// but red edges soften.</summary>
    public bool JpegSubsampling { get; init; }

    /// <summary>Bits per sample of a PNG, 8 or 16; null takes 16 for pictures of more than 8 bits.</summary>
    public int? PngBitDepth { get; init; }
}
