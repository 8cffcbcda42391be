using System.Text.Json;
using Atelier.Workshop;

namespace Atelier.Cli.Output;

/// <summary>An error as shown to users and scripts.</summary>
internal sealed record FailureReport(int ExitCode, string Code, string Message, string? Hint)
{
    public static FailureReport Of(Exception error)
    {
        if (error is CliException own)
        {
            return new FailureReport(own.ExitCode, own.Code, own.Message, own.Hint);
        }

        Failure failure = Failure.FromException(error);
        int exitCode = failure.Kind switch
        {
            ErrorKind.Usage => Cli.ExitCode.Usage,
            ErrorKind.Interrupted => Cli.ExitCode.Interrupted,
            _ => Cli.ExitCode.Failed,
        };
        return new FailureReport(
            exitCode, failure.Code, Hints.Message(failure), Hints.For(error) ?? Hints.Of(failure));
    }

    /// <summary>Reports the error on standard error and, if requested, as a JSON document on standard output.
    /// </summary>
    public int Report(Host host, IReadOnlyList<string> args, Exception error)
    {
        bool color = host.HasColor && !args.Contains("--no-color");
        string all = Hint is null ? Message
            : Message.EndsWith('?') ? $"{Message} {Hint}"
            : $"{Message.TrimEnd('.')}; {Hint}";
        string text = all.ReplaceLineEndings(" ");
        host.Error.WriteLine($"{Notes.Label("error", "31", color)} {text}");
        if (args.Contains("--debug"))
        {
            host.Error.WriteLine(error);
        }

        if (args.Any(arg => arg is "--json" or "--json=true"))
        {
            WriteDocument(host);
        }

        return ExitCode;
    }

    private void WriteDocument(Host host)
    {
        ErrorDocument document = new(new ErrorDetail(Code, Message, Hint), ExitCode);
        try
        {
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.ErrorDocument));
        }
        catch (CodedException)
        {
            // Standard output is closed, and the error has already been reported on standard error.
        }
    }
}
