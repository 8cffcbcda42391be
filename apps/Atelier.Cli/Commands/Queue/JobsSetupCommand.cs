using System.CommandLine;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs setup</c>: creates the tables of a queue, as the owner of its database.</summary>
internal static class JobsSetupCommand
{
    public static Command Create(Host host)
    {
        Command command = new("setup",
            "Create the tables of a queue in PostgreSQL, as the owner of the database; workers and those who add " +
                "jobs then need fewer rights. A queue in a folder needs no setup.");
        Option<bool> roles = new("--roles")
        {
            Description = "Also give the roles atelier_worker and atelier_client the rights that workers, and " +
                "programs that add jobs, need; creates roles that are missing",
        };
        command.Add(roles);
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) =>
        {
            QueueAddress address = QueueAccess.AddressOf(host, parse, queues);
            JobQueue.SetUpAsync(address, parse.GetValue(roles), host.Interrupt).GetAwaiter().GetResult();
            host.Error.WriteLine($"the queue {address} is ready");
            return ExitCode.Done;
        });
        return command;
    }
}
