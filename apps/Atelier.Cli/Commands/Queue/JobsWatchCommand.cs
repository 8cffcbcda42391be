using System.CommandLine;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs watch</c>: follows jobs until they are over.</summary>
internal static class JobsWatchCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    public static Command Create(Host host)
    {
        Argument<string[]> ids = JobSelection.Create(ArgumentArity.ZeroOrMore, " [default: all that are not over]");
        Option<bool> quiet = new("--quiet") { Description = "Show only what failed" };
        Command command = new("watch", "Follow jobs until they are over; exit code 1 if one has no result.")
        {
            ids, quiet,
        };
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => QueueAccess.Run(
            host, parse, queues, queue => WatchAsync(host, queue, parse.GetValue(ids) ?? [], parse.GetValue(quiet))));
        return command;
    }

    private static async Task<int> WatchAsync(Host host, JobQueue queue, string[] ids, bool isQuiet)
    {
        IReadOnlyList<Job> jobs = ids.Length > 0
            ? await JobSelection.FindAsync(queue, ids, host.Interrupt)
            : [.. await ListAsync(host, queue, JobState.Running), .. await ListAsync(host, queue, JobState.Queued)];
        using JobsWatcher watcher = new(host, isQuiet);
        HashSet<string> watched = [.. jobs.Select(job => job.Id)];
        using NewsFollower news = queue.News.Follow(each => watched.Contains(each.Job));
        if (!isQuiet && jobs.Any(job => !job.IsOver))
        {
            await JobText.WarnWithoutWorkerAsync(host, queue);
        }

        try
        {
            while (true)
            {
                watcher.Report(jobs);
                if (jobs.All(job => job.IsOver))
                {
                    return jobs.All(job => job.State == JobState.Done) ? ExitCode.Done : ExitCode.Failed;
                }

                await news.WaitAsync(Pause, host.Interrupt);
                jobs = await JobSelection.RefreshAsync(queue, jobs, host.Interrupt);
            }
        }
        catch (OperationCanceledException)
        {
            watcher.Dispose();
            host.Error.WriteLine("the jobs go on without being watched");
            return ExitCode.Interrupted;
        }
    }

    private static async Task<IEnumerable<Job>> ListAsync(Host host, JobQueue queue, JobState state)
        => (await JobSelection.ListAsync(queue, new JobFilter { State = state }, int.MaxValue, host.Interrupt))
            .Reverse();
}
