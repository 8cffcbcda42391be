using System.CommandLine;
using Atelier.Jobs;
using Atelier.Jobs.Blobs;
using Atelier.Studio.Storage;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Which queue a command uses.</summary>
internal sealed class QueueOptions
{
    private const string Variable = "ATELIER_QUEUE";

    private readonly Option<string?> _queue = new("--queue")
    {
        Description = "The queue: a folder, or a PostgreSQL database as 'Host=db;Database=atelier;Username=painter', whose " +
            $"password comes from PGPASSWORD or PGPASSFILE [default: {Variable}, or else the folder of the studio]",
        HelpName = "WHERE",
    };

    private readonly Option<string?> _blobs = new("--blobs")
    {
        Description = "A folder that all machines share, for the files of a PostgreSQL queue [default: the database]",
        HelpName = "DIR",
    };

    public QueueOptions(Command command)
    {
        command.Add(_queue);
        command.Add(_blobs);
    }

    /// <summary>Opens the queue.</summary>
    public async Task<JobQueue> OpenAsync(Host host, ParseResult parse)
    {
        string? given = parse.GetValue(_queue);
        if (given is not null && QueueAddress.HasPassword(given))
        {
            throw CliException.Usage("--queue contains a password, which everybody on this machine could read.",
                $"put the address into {Variable}, or the password into PGPASSWORD or a file named by PGPASSFILE.");
        }

        string text = given ?? Environment.GetEnvironmentVariable(Variable) ?? StudioFolder.DefaultPath;
        return await JobQueue.OpenAsync(QueueAddress.Parse(text, parse.GetValue(_blobs)), host.Interrupt);
    }

    /// <summary>The option of who adds jobs.</summary>
    public static Option<string> Owner() => new("--owner")
    {
        Description = "Who adds it; owners take turns",
        HelpName = "NAME",
        DefaultValueFactory = _ => BlobKey.IsOwner(Environment.UserName) ? Environment.UserName : "user",
    };
}
