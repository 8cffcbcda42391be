using System.CommandLine;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs</c>: adds jobs to a queue, and looks after them.</summary>
internal static class JobsCommand
{
    public static void AddTo(Command command, Host host)
    {
        command.Add(JobsAddCommand.Create(host));
        command.Add(JobsAddStyleCommand.Create(host));
        command.Add(JobsAddFilmCommand.Create(host));
        command.Add(JobsListCommand.Create(host));
        command.Add(JobsShowCommand.Create(host));
        command.Add(JobsWatchCommand.Create(host));
        command.Add(JobsGetCommand.Create(host));
        foreach (JobChange change in JobChange.All)
            command.Add(JobsChangeCommand.Create(host, change));
        command.Add(JobsSetupCommand.Create(host));
    }
}
