using Atelier.Cli.Commands;
using Atelier.Primitives;

namespace Atelier.Cli.Output;

/// <summary>What is said after many paintings.</summary>
/// <param name="Output">The file or folder that was written.</param>
/// <param name="Seconds">Total time, in seconds.</param>
/// <param name="Total">Number of paintings.</param>
/// <param name="Missing">Number of paintings without a finished result.</param>
/// <param name="Failures">The paintings that failed, and why.</param>
/// <param name="Json">The JSON document.</param>
internal sealed record JobsSummary(
    string Output, double Seconds, int Total, int Missing, IReadOnlyList<(string Label, string Failure)> Failures,
    string Json)
{
    /// <summary>Writes it, and returns the exit code.</summary>
    public int Report(Host host, WriteSettings write)
    {
        bool color = host.HasColor && !write.NoColor, isInterrupted = host.Interrupt.IsCancellationRequested;
        foreach ((string label, string failure) in Failures)
            host.Error.WriteLine($"{Notes.Label("error", "31", color)} {label}: {failure}");
        if (Missing > 0)
        {
            string why = isInterrupted ? "interrupted; " : "";
            Notes.Warn(host, color,
            [
                $"{why}{Missing} of {Count.Of(Total, "picture")} {(Missing == 1 ? "is" : "are")} missing. Run the " +
                $"same command again to paint only {(Missing == 1 ? "that one" : "those")}.",
            ]);
        }

        if (!write.Quiet)
        {
            host.Error.WriteLine(FormattableString.Invariant($"{Output}  {Seconds:F1} s"));
        }

        if (write.Json)
        {
            host.Out.WriteLine(Json);
        }

        return Missing == 0 ? ExitCode.Done : isInterrupted ? ExitCode.Interrupted : ExitCode.Failed;
    }
}
