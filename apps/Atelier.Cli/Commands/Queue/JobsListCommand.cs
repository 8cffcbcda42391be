using System.CommandLine;
using System.Globalization;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs list</c>.</summary>
internal static class JobsListCommand
{
    public static Command Create(Host host)
    {
        Command command = new("list", "List jobs, newest first.");
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => ListAsync(host, parse, queues).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> ListAsync(Host host, ParseResult parse, QueueOptions queues)
    {
        await using JobQueue queue = await queues.OpenAsync(host, parse);
        foreach (Job job in await queue.ListAsync(new JobFilter(), host.Interrupt))
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{job.Id}  {job.State,-8}  {job.Progress,4:P0}  {job.Owner}  {job.Name}  {job.Failure?.Message}"));
        }

        return ExitCode.Done;
    }
}
