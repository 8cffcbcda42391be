namespace Atelier.Weights;

/// <summary>A weight file is damaged, or does not hold the network that was expected. The only exception that a weight
/// reader throws for bad input.</summary>
public sealed class WeightFormatException : AtelierException
{
    /// <summary>Names the tensor or place in the file, and what is wrong there.</summary>
    public WeightFormatException(string message) : base(message) { }

    /// <summary>Names the tensor or place in the file, and what is wrong there, with the cause.</summary>
    public WeightFormatException(string message, Exception innerException) : base(message, innerException) { }
}
