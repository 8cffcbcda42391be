namespace Atelier;

/// <summary>Base of every error that this library reports on purpose. The message says what is wrong, where,
/// what was expected, and what to do next; it is written to be shown to a person.</summary>
public class AtelierException : Exception
{
    /// <summary>An error with a message for the person who gave the input.</summary>
    public AtelierException(string message) : base(message) { }

    /// <summary>An error with a message for the person who gave the input, and its cause.</summary>
    public AtelierException(string message, Exception innerException) : base(message, innerException) { }
}
