namespace Atelier;

/// <summary>Base class of the errors that this library throws deliberately. The message is written to be shown to the
/// user: it says what is wrong and where, what was expected, and what to do next.</summary>
public class AtelierException : Exception
{
    /// <summary>Creates an error with a message for the user.</summary>
    public AtelierException(string message) : base(message) { }

    /// <summary>Creates an error with a message for the user and its cause.</summary>
    public AtelierException(string message, Exception innerException) : base(message, innerException) { }
}
