using System.CommandLine;
using Atelier.Jobs;
using Atelier.Workshop;

namespace Atelier.Cli.Commands.Queue;

/// <summary>The options of the commands that add a job other than a painting: where, for whom, and how
/// urgently.</summary>
internal sealed class AddOptions
{
    private readonly Option<int> _priority = SharedOptions.Whole(
        "--priority", "Jobs of a higher priority are begun first", -1000, 1000);

    private readonly Option<string> _owner = QueueOptions.Owner();
    private readonly QueueOptions _queues;

    public AddOptions(Command command)
    {
        command.Add(_priority);
        command.Add(_owner);
        _queues = new QueueOptions(command);
    }

    /// <summary>Stores the files of a job, adds it, and writes its identifier.</summary>
    public async Task<int> AddAsync(
        Host host, ParseResult parse, Func<WorkshopContext, JobQueue, string, Task<NewJob>> store)
    {
        await using JobQueue queue = await _queues.OpenAsync(host, parse);
        NewJob job = await store(host.CreateContext(), queue, parse.GetRequiredValue(_owner));
        await queue.AddAsync([job with { Priority = parse.GetValue(_priority) }], host.Interrupt);
        host.Out.WriteLine(job.Id);
        return ExitCode.Done;
    }
}
