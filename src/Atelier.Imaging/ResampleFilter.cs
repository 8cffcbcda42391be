namespace Atelier.Imaging;

/// <summary>The filter that computes a sample of a resized plane from the samples around its position.</summary>
internal enum ResampleFilter
{
    /// <summary>A Lanczos filter with three lobes: sharp, with slight ringing at edges.</summary>
    Lanczos3,

    /// <summary>A triangle filter: softer, and never overshoots the samples.</summary>
    Bilinear,
}
