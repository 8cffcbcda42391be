namespace Atelier.Imaging;

/// <summary>How a sample of a resized plane is weighed from the samples around its place.</summary>
internal enum ResampleFilter
{
    /// <summary>A sinc in a sinc window of three lobes: sharp, with slight ringing at edges.</summary>
    Lanczos3,

    /// <summary>A triangle: softer, never above or below the samples that it weighs.</summary>
    Bilinear,
}
