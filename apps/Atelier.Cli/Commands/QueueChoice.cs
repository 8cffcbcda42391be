using System.CommandLine;
using System.CommandLine.Parsing;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Commands;

/// <summary>The option <c>--queue</c> of commands that paint many pictures: they are added to a queue instead, as the
/// jobs of one group.</summary>
internal sealed class QueueChoice
{
    // Workers have their own, and results stay in the queue.
    private static readonly string[] OptionsOfPainting = ["--engine", "--threads", "--precision", "--force"];

    private readonly QueueOptions _queues;
    private readonly Option<string?> _owner = QueueOptions.Owner();
    private readonly Option<int> _priority = QueueOptions.Priority();
    private readonly Option[] _others;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">Its option of the result, which is needed without a queue.</param>
    /// <param name="others">More options that mean nothing in a queue.</param>
    public QueueChoice(Command command, Option<string> output, params Option[] others)
    {
        _others = [output, .. others];
        output.Required = false;
        output.Description += ". Needed, unless --queue is given";
        _queues = new QueueOptions(command, "Add the pictures to a queue instead of painting them here");
        command.Add(_owner);
        command.Add(_priority);
        command.Validators.Add(result =>
        {
            if (!_queues.IsGiven(result) && result.GetResult(output) is null)
            {
                result.AddError("Option '--output' is required.");
            }
        });
    }

    /// <summary>Whether the pictures are to be added to a queue.</summary>
    public bool IsGiven(ParseResult parse) => _queues.IsGiven(parse.CommandResult);

    /// <summary>Adds them.</summary>
    /// <param name="host">The process.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="write">How they are written.</param>
    /// <param name="jobs">The pictures.</param>
    /// <exception cref="CliException">An option means nothing in a queue.</exception>
    public int Add(Host host, ParseResult parse, WriteSettings write, IReadOnlyList<PaintJob> jobs)
    {
        Command command = parse.CommandResult.Command;
        Option? other = _others.Concat(command.Options.Where(option => OptionsOfPainting.Contains(option.Name)))
            .FirstOrDefault(option => parse.GetResult(option) is OptionResult { Implicit: false });
        if (other is not null)
        {
            throw CliException.Usage($"{other.Name} means nothing with --queue.", other == _others[0]
                ? "leave it out; 'atelier jobs get' fetches the results."
                : "leave it out; 'atelier worker' paints, and the results stay in the queue.");
        }

#if STUDIO
        Queue.JobAddition addition = new(parse.GetValue(_owner), parse.GetValue(_priority), command.Name);
        return Queue.QueueAccess.Run(host, parse, _queues, queue => Queue.JobsAddCommand.AddAsync(
            host, queue, [.. jobs.Select(job => Queue.JobsAddCommand.JobOf(job, write))], addition, write));
#else
        throw QueueCommands.Missing();
#endif
    }
}
