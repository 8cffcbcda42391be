namespace Atelier.Imaging;

/// <summary>Thrown if a picture file is damaged, unsupported, or exceeds the limits. The only exception that a codec
/// throws for invalid input.</summary>
public sealed class ImageFormatException : AtelierException
{
    /// <summary>Creates an error that names the format, the position in the file and the problem.</summary>
    public ImageFormatException(string message) : base(message) { }

    /// <summary>Creates an error that names the format, the position in the file and the problem, with its
    /// cause.</summary>
    public ImageFormatException(string message, Exception innerException) : base(message, innerException) { }
}
