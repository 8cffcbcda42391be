namespace Atelier.Cli;

/// <summary>An error of the tool itself: a stable code for scripts, a sentence and a next step for people.</summary>
internal sealed class CliException(int exitCode, string code, string message, string? hint = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    public string? Hint { get; } = hint;

    public static CliException Usage(string message, string? hint = null)
        => new(Cli.ExitCode.Usage, "usage", message, hint);

    public static CliException Failed(string code, string message, string? hint = null)
        => new(Cli.ExitCode.Failed, code, message, hint);
}
