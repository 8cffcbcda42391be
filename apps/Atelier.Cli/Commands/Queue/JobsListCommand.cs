using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs list</c>.</summary>
internal sealed class JobsListCommand
{
    private const int Shown = 20;

    private readonly Host _host;
    private readonly Option<string?> _state = new("--state")
    {
        Description = "Only jobs in this state",
        HelpName = "queued|running|paused|done|failed|canceled",
    };

    private readonly Option<string?> _owner = new("--owner")
    {
        Description = "Only jobs of this owner",
        HelpName = "NAME",
    };

    private readonly Option<string?> _group = new("--group")
    {
        Description = "Only jobs of this group, such as a batch",
        HelpName = "ID",
    };

    private readonly Option<int> _count = SharedOptions.Whole("--count", "How many at most", 1, 1_000_000);
    private readonly Option<bool> _all = new("--all") { Description = "All of them, however many there are" };
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly QueueOptions _queues;

    private JobsListCommand(Host host, Command command)
    {
        _host = host;
        _state.AcceptOnlyFromAmong([.. Enum.GetNames<JobState>().Select(name => name.ToLowerInvariant())]);
        _count.DefaultValueFactory = _ => Shown;
        foreach (Option option in (Option[])[_state, _owner, _group, _count, _all, _json])
            command.Add(option);
        _queues = new QueueOptions(command);
        command.SetAction((ParseResult parse)
            => QueueAccess.Run(_host, parse, _queues, queue => ListAsync(parse, queue)));
    }

    public static Command Create(Host host)
    {
        Command command = new("list", "List jobs, newest first.");
        _ = new JobsListCommand(host, command);
        return command;
    }

    private async Task<int> ListAsync(ParseResult parse, JobQueue queue)
    {
        JobFilter filter = new()
        {
            State = parse.GetValue(_state) is string state ? Enum.Parse<JobState>(state, ignoreCase: true) : null,
            Owner = parse.GetValue(_owner),
            Group = parse.GetValue(_group),
        };
        int count = parse.GetValue(_all) ? int.MaxValue : parse.GetValue(_count);

        // One more tells whether there are others.
        IReadOnlyList<Job> found = await JobSelection.ListAsync(
            queue, filter, count == int.MaxValue ? count : count + 1, _host.Interrupt);
        Job[] jobs = [.. found.Take(count)];
        if (parse.GetValue(_json))
        {
            _host.Out.WriteLine(JsonSerializer.Serialize(
                new JobsListDocument([.. jobs.Select(JobText.DetailOf)]), Documents.Readable.JobsListDocument));
            return ExitCode.Done;
        }

        foreach (string line in jobs.Length == 0 ? [] : JobText.Table(Rows(jobs)))
            _host.Out.WriteLine(line);
        if (jobs.Length == 0)
        {
            _host.Error.WriteLine($"no such jobs in {queue.Address}");
        }
        else if (found.Count > count)
        {
            _host.Error.WriteLine("there are older ones; --all lists all, --count N more");
        }

        if (jobs.Any(job => job.State is JobState.Queued or JobState.Running))
        {
            await JobText.WarnWithoutWorkerAsync(_host, queue);
        }

        return ExitCode.Done;
    }

    private string[][] Rows(IEnumerable<Job> jobs)
    {
        DateTimeOffset now = _host.Clock.GetUtcNow();
        return
        [
            ["ID", "STATE", "DONE", "ADDED", "RAN", "OWNER", "GROUP", "NAME", "NOTE"],
            .. jobs.Select(job => (string[])
            [
                job.Id, JobText.StateOf(job), JobText.ProgressOf(job), JobText.Ago(job.Created, now),
                JobText.RunOf(job, now), job.Owner, job.Group ?? "", job.Name, JobText.NoteOf(job),
            ]),
        ];
    }
}
