using System.CommandLine;
using System.CommandLine.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>Which queue a command uses.</summary>
internal sealed class QueueOptions
{
    /// <summary>The environment variable with the address of the queue, which may contain a password.</summary>
    public const string Variable = "ATELIER_QUEUE";

    private readonly Option<string?> _queue = new("--queue")
    {
        Description = "The queue: a folder, or a PostgreSQL database as 'Host=db;Database=atelier;Username=painter', " +
            "whose password comes from PGPASSWORD or PGPASSFILE " +
            $"[default: {Variable}, or else the folder of the studio]",
        HelpName = "WHERE",
    };

    private readonly Option<string?> _blobs = new("--blobs")
    {
        Description = "A folder that all machines share, for the files of a PostgreSQL queue [default: the database]",
        HelpName = "DIR",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="choice">What <c>--queue</c> does, if the command needs no queue; null if it does.</param>
    public QueueOptions(Command command, string? choice = null)
    {
        if (choice is not null)
        {
            _queue.Description = $"{choice}: a folder, or a PostgreSQL database " +
                $"[default: {Variable}, or else the folder of the studio]";
            _queue.Arity = ArgumentArity.ZeroOrOne;
        }

        command.Add(_queue);
        command.Add(_blobs);
    }

    /// <summary>Whether a queue was asked for.</summary>
    public bool IsGiven(CommandResult command) => command.GetResult(_queue) is not null;

    /// <summary>Returns the address that was given; null if none was.</summary>
    public string? Address(ParseResult parse) => parse.GetValue(_queue);

    /// <summary>Returns the folder of the files; null for none.</summary>
    public string? Blobs(ParseResult parse) => parse.GetValue(_blobs);

    /// <summary>Creates the option of who adds jobs.</summary>
    public static Option<string?> Owner() => new("--owner")
    {
        Description = "Who adds it; owners take turns [default: your user name]",
        HelpName = "NAME",
    };

    /// <summary>Creates the option of which jobs run first.</summary>
    public static Option<int> Priority() => SharedOptions.Whole(
        "--priority", "Jobs of a higher priority are painted first [default: 0]", -1000, 1000);
}
