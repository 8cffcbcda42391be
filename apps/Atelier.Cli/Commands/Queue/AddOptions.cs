using System.CommandLine;
using Atelier.Jobs;
using Atelier.Workshop;

namespace Atelier.Cli.Commands.Queue;

/// <summary>The options of the commands that add a job other than a painting: where, for whom, and how
/// urgently.</summary>
internal sealed class AddOptions
{
    private readonly Option<int> _priority = QueueOptions.Priority();
    private readonly Option<string?> _owner = QueueOptions.Owner();
    private readonly QueueOptions _queues;

    public AddOptions(Command command)
    {
        command.Add(_priority);
        command.Add(_owner);
        _queues = new QueueOptions(command);
    }

    /// <summary>Stores the files of a job, adds it, and writes its identifier.</summary>
    public int Add(Host host, ParseResult parse, Func<WorkshopContext, JobQueue, string, Task<NewJob>> store)
        => QueueAccess.Run(host, parse, _queues, async queue =>
        {
            NewJob job = await store(host.CreateContext(), queue, QueueAccess.OwnerOf(parse.GetValue(_owner)));
            await queue.AddAsync([job with { Priority = parse.GetValue(_priority) }], host.Interrupt);
            host.Out.WriteLine(job.Id);
            await JobText.WarnWithoutWorkerAsync(host, queue);
            return ExitCode.Done;
        });
}
