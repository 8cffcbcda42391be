using System.Text.Json;
using Atelier.Imaging;

namespace Atelier.Cli.Output;

/// <summary>An error as people and scripts see it.</summary>
internal sealed record Failure(int ExitCode, string Code, string Message, string? Hint = null)
{
    private const int DiskFullOnUnix = 28, DiskFullOnWindows = 0x70;

    public static Failure Of(Exception error) => error switch
    {
        CliException own => new(own.ExitCode, own.Code, own.Message, own.Hint),
        OperationCanceledException => new(
            Cli.ExitCode.Interrupted, "interrupted", "interrupted before there was a picture."),
        OptionsException options => new(Cli.ExitCode.Usage, "options", options.Message, HintFor(options)),
        ImageFormatException => new(Cli.ExitCode.Failed, "image.format", error.Message),
        AtelierException => new(Cli.ExitCode.Failed, "failed", error.Message),
        IOException when (error.HResult & 0xFFFF) is DiskFullOnUnix or DiskFullOnWindows => new(
            Cli.ExitCode.Failed, "disk.full", error.Message, "free some space, or write to another disk."),
        UnauthorizedAccessException => new(
            Cli.ExitCode.Failed, "io", error.Message, "check who may read and write there."),
        IOException => new(Cli.ExitCode.Failed, "io", error.Message),
        OutOfMemoryException => new(Cli.ExitCode.Failed, "memory", "the memory is exhausted.", "use a smaller --size."),
        _ => new(Cli.ExitCode.Failed, "internal", $"unexpected: {error.Message}", "--debug shows where it happened."),
    };

    /// <summary>Tells the error on standard error and, when asked for, as the one JSON document on standard output.
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

    /// <summary>What to type, where a problem's remedy is a command of its own.</summary>
    private static string? HintFor(OptionsException error)
        => error.Problems.Any(problem => problem.Option == "style-region"
            && problem.Fault.Contains("style file", StringComparison.Ordinal))
            ? "'atelier style extract --region' takes a part of an artwork."
            : null;

    private void WriteDocument(Host host)
    {
        ErrorDocument document = new(new ErrorDetail(Code, Message, Hint), ExitCode);
        try
        {
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.ErrorDocument));
        }
        catch (CliException)
        {
            // Standard output is closed, and what went wrong already stands on standard error.
        }
    }
}
