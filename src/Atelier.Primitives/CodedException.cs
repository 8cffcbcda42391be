namespace Atelier;

/// <summary>The kinds of errors.</summary>
public enum ErrorKind
{
    /// <summary>The request is invalid: repeating it fails again.</summary>
    Usage,

    /// <summary>Something failed that may work another time: a missing file, a full disk, a server that does not
    /// respond.</summary>
    Failed,

    /// <summary>The work was canceled before there was a result.</summary>
    Interrupted,
}

/// <summary>An error with a stable code by which programs can identify it. The message does not mention the
/// command-line options of any program: each program words its own hint from <see cref="Code"/>, <see cref="Option"/>
/// and <see cref="Remedy"/>.</summary>
public sealed class CodedException : AtelierException
{
    /// <summary>Creates an error.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="code">A stable identifier, such as <c>output.exists</c>.</param>
    /// <param name="message">A sentence that says what is wrong and where.</param>
    /// <param name="remedy">A clause that says what to do next, such as <c>name another file</c>; null if nothing
    /// helps.</param>
    /// <param name="option">The option or input that the error is about, by its name in the option table; null for
    /// none.</param>
    public CodedException(
        ErrorKind kind, string code, string message, string? remedy = null, string? option = null)
        : base(message)
        => (Kind, Code, Remedy, Option) = (kind, code, remedy, option);

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>A stable identifier, such as <c>output.exists</c>.</summary>
    public string Code { get; }

    /// <summary>A clause, without a period, that says what to do next; null if nothing helps.</summary>
    public string? Remedy { get; }

    /// <summary>The option or input that the error is about, by its name in the option table; null for none. If the
    /// message begins with this name, the option is its subject.</summary>
    public string? Option { get; }

    /// <summary>Creates an error in the request, with the code <c>usage</c>.</summary>
    public static CodedException Usage(string message, string? remedy = null, string? option = null)
        => new(ErrorKind.Usage, "usage", message, remedy, option);

    /// <summary>Creates an error for something that failed.</summary>
    public static CodedException Failed(string code, string message, string? remedy = null, string? option = null)
        => new(ErrorKind.Failed, code, message, remedy, option);
}
