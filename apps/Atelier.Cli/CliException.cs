namespace Atelier.Cli;

/// <summary>An error of the command-line tool: a stable code for scripts, plus a message and a hint for the
/// user.</summary>
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
