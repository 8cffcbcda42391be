using Atelier.Imaging;

namespace Atelier.Workshop;

/// <summary>An error of any kind as programs tell it: the same code for the same cause, whoever reports it.</summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Code">A stable word for it.</param>
/// <param name="Message">What is wrong and where, a sentence.</param>
/// <param name="Remedy">What to do next, a clause without a full stop; null where nothing is known to help.</param>
/// <param name="Option">The option or input that it concerns, by its name in the option table; null for none.</param>
public sealed record Failure(
    ErrorKind Kind, string Code, string Message, string? Remedy = null, string? Option = null)
{
    private const int DiskFullOnUnix = 28, DiskFullOnWindows = 0x70;

    /// <summary>The failure that an exception stands for.</summary>
    public static Failure FromException(Exception error) => error switch
    {
        CodedException coded => new(coded.Kind, coded.Code, coded.Message, coded.Remedy, coded.Option),
        OperationCanceledException => new(
            ErrorKind.Interrupted, "interrupted", "interrupted before the first picture was available."),
        OptionsException => new(ErrorKind.Usage, "options", error.Message),
        ImageFormatException => new(ErrorKind.Failed, "image.format", error.Message),
        AtelierException => new(ErrorKind.Failed, "failed", error.Message),
        IOException when (error.HResult & 0xFFFF) is DiskFullOnUnix or DiskFullOnWindows => new(
            ErrorKind.Failed, "disk.full", error.Message, "free some space, or write to another disk"),
        UnauthorizedAccessException => new(
            ErrorKind.Failed, "io", error.Message, "check who may read and write there"),
        IOException => new(ErrorKind.Failed, "io", error.Message),
        OutOfMemoryException => new(ErrorKind.Failed, "memory", "out of memory.", "use a smaller size"),
        _ => new(ErrorKind.Failed, "internal", $"unexpected: {error.Message}"),
    };
}
