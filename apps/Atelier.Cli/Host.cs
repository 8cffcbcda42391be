using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Workshop;
using Atelier.Workshop.Networks;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli;

/// <summary>Everything outside the tool that it touches, so that tests can replace it.</summary>
internal sealed record Host
{
    private const int WidestHelp = 100, NarrowestHelp = 60;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Whether standard error is an interactive terminal that can rewrite a line.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether standard error shows colors.</summary>
    public bool HasColor { get; init; }

    /// <summary>Whether standard output is a terminal, to which the bytes of a picture must not be written.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Width of the terminal in columns.</summary>
    public int Columns { get; init; } = 80;

    /// <summary>Width of help texts on standard output.</summary>
    public int OutColumns { get; init; } = WidestHelp;

    /// <summary>Returns an environment variable; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken Interrupt { get; init; }

    public Func<EngineOptions, IPainter> CreatePainter { get; init; } =
        engine => new Painter(engine, NetworkCache.ForCurrentUser());

    /// <summary>Whether a picture would be saved if the work were interrupted now.</summary>
    public bool WouldSave { get; set; }

    /// <summary>Removes the progress line, before something else is written.</summary>
    public Action ClearLine { get; set; } = () => { };

    /// <summary>The warnings that have been shown; none is shown twice.</summary>
    public HashSet<string> Warnings { get; } = [];

    /// <summary>Creates the context of a run in the workshop.</summary>
    /// <param name="quiet">Whether to report only warnings.</param>
    /// <param name="noColor">Whether to report them without colors.</param>
    public WorkshopContext CreateContext(bool quiet = false, bool noColor = false) => new()
    {
        OpenInput = OpenInput,
        OpenOutput = OpenOutput,
        CreatePainter = CreatePainter,
        Clock = Clock,
        Report = note => Notes.Report(this, note, quiet, HasColor && !noColor),
        Cancel = Interrupt,
    };

    /// <summary>Throws if a picture would be written to a terminal.</summary>
    public void RequireNoTerminal(string output)
    {
        if (output == OutputFile.StandardOutput && OutIsTerminal)
        {
            throw CliException.Usage("-o -: a terminal cannot show a picture.", "send it to a file or a pipe.");
        }
    }

    /// <summary>Reports at the first Ctrl+C that the work is ending, and whether a picture is being saved.</summary>
    public void ReportStopping() => Error.WriteLine(
        $"{(IsLive ? Environment.NewLine : "")}{(WouldSave ? "saving" : "stopping")}; press Ctrl+C again to quit at " +
        "once");

    public static Host CreateForProcess(CancellationToken interrupt)
    {
        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        return new Host
        {
            Out = new GuardedWriter(Console.Out, error => throw OutputFile.ClosedStream(error)),

            // The reader may be gone, which is no reason to abort hours of work.
            Error = new GuardedWriter(Console.Error, _ => { }),
            IsLive = isTerminal,
            HasColor = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && EscapeSequences.AreShown(),
            OutColumns = Math.Clamp(AskedColumns() ?? WidestHelp, NarrowestHelp, WidestHelp),
            OutIsTerminal = !Console.IsOutputRedirected,
            Columns = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : 80,
            Interrupt = interrupt,
        };
    }

    /// <summary>Returns the width that the environment asks for, or that of the terminal; null if there is
    /// neither.</summary>
    private static int? AskedColumns()
        => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int columns)
            && columns > 0 ? columns
            : !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : null;
}
