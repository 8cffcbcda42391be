using System.CommandLine;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs</c>: adds jobs to a queue, and looks after them.</summary>
internal static class JobsCommand
{
    public static Command Create(Host host)
        => new("jobs", "Add paintings to a queue, and look after them; 'atelier worker' paints them.")
        {
            JobsAddCommand.Create(host), JobsListCommand.Create(host),
        };
}
