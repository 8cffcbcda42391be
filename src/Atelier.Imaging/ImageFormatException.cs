namespace Atelier.Imaging;

/// <summary>An image file is damaged, of an unsupported kind, or larger than the limits. The only exception that a
/// codec throws for bad input.</summary>
public sealed class ImageFormatException : AtelierException
{
    /// <summary>Names the format, the place in the file and what is wrong there.</summary>
    public ImageFormatException(string message) : base(message) { }

    /// <summary>Names the format, the place in the file and what is wrong there, with the cause.</summary>
    public ImageFormatException(string message, Exception innerException) : base(message, innerException) { }
}
