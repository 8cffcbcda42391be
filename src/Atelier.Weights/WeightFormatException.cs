namespace Atelier.Weights;

/// <summary>Thrown if a weight file is damaged, or does not contain the expected network. The only exception that a
/// weight reader throws for invalid input.</summary>
public sealed class WeightFormatException : AtelierException
{
    /// <summary>Creates an error that names the tensor or position in the file, and the problem.</summary>
    public WeightFormatException(string message) : base(message) { }

    /// <summary>Creates an error that names the tensor or position in the file, and the problem, with its
    /// cause.</summary>
    public WeightFormatException(string message, Exception innerException) : base(message, innerException) { }
}
