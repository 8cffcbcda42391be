using Atelier.Imaging;

namespace Atelier.Workshop;

/// <summary>An error of any kind, in the form in which programs report it. The same cause always has the same
/// code.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Code">A stable identifier, such as <c>output.exists</c>.</param>
/// <param name="Message">A sentence that says what is wrong and where.</param>
/// <param name="Remedy">A clause, without a period, that says what to do next; null if nothing is known to
/// help.</param>
/// <param name="Option">The option or input that the error is about, by its name in the option table; null for
/// none.</param>
public sealed record Failure(
    ErrorKind Kind, string Code, string Message, string? Remedy = null, string? Option = null)
{
    /// <summary>The code of a full disk.</summary>
    public const string DiskFull = "disk.full";

    private const int DiskFullOnUnix = 28, DiskFullOnWindows = 0x70;

    /// <summary>Converts an exception.</summary>
    public static Failure FromException(Exception error) => error switch
    {
        CodedException coded => new(coded.Kind, coded.Code, coded.Message, coded.Remedy, coded.Option),
        OperationCanceledException => new(
            ErrorKind.Interrupted, "interrupted", "interrupted before there was a result."),
        OptionsException => new(ErrorKind.Usage, "options", error.Message),
        ImageFormatException => new(ErrorKind.Failed, "image.format", error.Message),
        AtelierException => new(ErrorKind.Failed, "failed", error.Message),
        IOException when (error.HResult & 0xFFFF) is DiskFullOnUnix or DiskFullOnWindows => new(
            ErrorKind.Failed, DiskFull, error.Message, "free some space, or write to another disk"),
        UnauthorizedAccessException => new(
            ErrorKind.Failed, "io", error.Message, "check the permissions of the file and its folder"),
        IOException => new(ErrorKind.Failed, "io", error.Message),
        OutOfMemoryException => new(ErrorKind.Failed, "memory", "out of memory.", "use a smaller size"),
        _ => new(ErrorKind.Failed, "internal", $"unexpected: {error.Message}"),
    };
}
