namespace Atelier;

/// <summary>Where an error lies.</summary>
public enum ErrorKind
{
    /// <summary>In what was asked for: the same request fails every time.</summary>
    Usage,

    /// <summary>In what was found or happened: a missing file, a full disk, a server that does not answer.</summary>
    Failed,

    /// <summary>Nowhere: the work was cancelled before there was a result.</summary>
    Interrupted,
}

/// <summary>An error with a stable code, by which programs tell it from others. The text names no option of any program:
/// each words its own hint from <see cref="Code"/>, <see cref="Option"/> and <see cref="Remedy"/>.</summary>
public sealed class CodedException : AtelierException
{
    /// <summary>An error.</summary>
    /// <param name="kind">Where it lies.</param>
    /// <param name="code">A stable word for it, as in <c>output.exists</c>.</param>
    /// <param name="message">What is wrong and where, a sentence.</param>
    /// <param name="remedy">What to do next, a clause as in <c>name another file</c>; null where nothing helps.</param>
    /// <param name="option">The option or input that it concerns, by its name in the option table; null for
    /// none.</param>
    public CodedException(
        ErrorKind kind, string code, string message, string? remedy = null, string? option = null)
        : base(message)
        => (Kind, Code, Remedy, Option) = (kind, code, remedy, option);

    /// <summary>Where the error lies.</summary>
    public ErrorKind Kind { get; }

    /// <summary>A stable word for it.</summary>
    public string Code { get; }

    /// <summary>What to do next, a clause without a full stop; null where nothing helps.</summary>
    public string? Remedy { get; }

    /// <summary>The option or input that it concerns, by its name in the option table; null for none. A message that
    /// begins with this name has it as its subject.</summary>
    public string? Option { get; }

    /// <summary>An error in what was asked for, of code <c>usage</c>.</summary>
    public static CodedException Usage(string message, string? remedy = null, string? option = null)
        => new(ErrorKind.Usage, "usage", message, remedy, option);

    /// <summary>An error in what was found or happened.</summary>
    public static CodedException Failed(string code, string message, string? remedy = null, string? option = null)
        => new(ErrorKind.Failed, code, message, remedy, option);
}
