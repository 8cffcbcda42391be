using System.CommandLine;

namespace Atelier.Cli.Commands;

/// <summary>The commands of the queue. The queue finds its parts by reflection, so programs that are trimmed or
/// compiled ahead of time do not contain it.</summary>
internal static class QueueCommands
{
#if STUDIO
    private const string Note = "";
#else
    private const string Note = " This program does not contain the queue, which is in the tool.";
#endif

    /// <summary><c>atelier jobs</c>.</summary>
    public static Command CreateJobs(Host host)
    {
        Command command = new(
            "jobs", "Add paintings to a queue, and look after them; 'atelier worker' paints them." + Note);
#if STUDIO
        Queue.JobsCommand.AddTo(command, host);
#else
        command.Action = new MissingAction();
        command.TreatUnmatchedTokensAsErrors = false;
#endif
        return command;
    }

    /// <summary><c>atelier worker</c>.</summary>
    public static Command CreateWorker(Host host)
    {
        Command command = new("worker", "Paint the jobs of a queue, until it is told to end." + Note);
#if STUDIO
        Queue.WorkerCommand.AddTo(command, host);
#else
        command.Action = new MissingAction();
        command.TreatUnmatchedTokensAsErrors = false;
#endif
        return command;
    }

    /// <summary>Creates the error of programs without the queue.</summary>
    public static CliException Missing() => CliException.Usage(
        "this program does not contain the queue, which is in the tool.",
        "install it with 'dotnet tool install --global Atelier.Cli --prerelease'.");

    /// <summary>Says where the queue is, whatever else is on the command line.</summary>
    internal sealed class MissingAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => throw Missing();
    }
}
