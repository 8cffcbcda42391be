using System.CommandLine;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Commands that change jobs: <c>cancel</c>, <c>pause</c>, <c>resume</c> and <c>retry</c>.</summary>
internal static class JobsChangeCommand
{
    public static Command Create(Host host, JobChange change)
    {
        Argument<string[]> ids = JobSelection.Create(ArgumentArity.OneOrMore);
        Command command = new(change.Name, change.Help) { ids };
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => QueueAccess.Run(host, parse, queues, async queue =>
        {
            IReadOnlyList<Job> jobs = await JobSelection.FindAsync(queue, parse.GetRequiredValue(ids), host.Interrupt);
            bool isComplete = true;
            foreach (Job job in jobs)
            {
                bool isChanged = await change.Apply(queue, job, host.Interrupt);
                Job now = await queue.FindAsync(job.Id, host.Interrupt);

                // Those of a group that are over need no change.
                bool isRight = isChanged || change.IsDone(now) || (jobs.Count > 1 && now.IsOver);
                string state = isChanged && now.State == JobState.Running ? change.Pending : JobText.StateOf(now);
                (isRight ? host.Out : host.Error).WriteLine(JobText.Plain(
                    $"{job.Id}  {job.Name}  {state}{(isRight ? "" : $"; it cannot be {change.Past}")}"));
                isComplete &= isRight;
            }

            return isComplete ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }
}

/// <summary>A change of jobs that a person wants.</summary>
/// <param name="Name">The command.</param>
/// <param name="Help">What it does.</param>
/// <param name="Past">What a job is then, in messages.</param>
/// <param name="Apply">Does it. Returns whether the job was in a state for that.</param>
/// <param name="IsDone">Whether a job is as if it had been changed.</param>
internal sealed record JobChange(
    string Name, string Help, string Past, Func<JobQueue, Job, CancellationToken, Task<bool>> Apply,
    Func<Job, bool> IsDone)
{
    /// <summary>All changes.</summary>
    public static IReadOnlyList<JobChange> All { get; } =
    [
        new("cancel", "End jobs that are not over; what is painted is lost.", "canceled",
            (queue, job, cancel) => queue.CancelAsync(job, cancel), job => job.State == JobState.Canceled),
        new("pause", "Make jobs wait; those that run stop within seconds, and go on later from where they were.",
            "paused",
            (queue, job, cancel) => queue.PauseAsync(job, cancel), job => job.State == JobState.Paused)
        {
            Pending = "is being paused",
        },
        new("resume", "Let paused jobs go on.", "resumed",
            (queue, job, cancel) => queue.ResumeAsync(job, cancel), IsOpen),
        new("retry", "Queue jobs again that failed or were canceled.", "tried again",
            (queue, job, cancel) => queue.RetryAsync(job, cancel), IsOpen),
    ];

    /// <summary>What is said of a job that still runs after the change.</summary>
    public string Pending { get; init; } = "running";

    private static bool IsOpen(Job job) => job.State is JobState.Queued or JobState.Running;
}
