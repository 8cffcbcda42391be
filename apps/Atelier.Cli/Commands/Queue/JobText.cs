using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Jobs;
using Atelier.Primitives;
using Atelier.Workshop;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Jobs in words.</summary>
internal static class JobText
{
    /// <summary>What a person does about a queue that nobody works for.</summary>
    public const string NoWorker = "no worker runs; the jobs wait for 'atelier worker' or the studio";

    /// <summary>Returns the word for a state.</summary>
    public static string StateOf(Job job) => job.State.ToString().ToLowerInvariant();

    /// <summary>Returns the finished part, such as <c>43%</c>.</summary>
    public static string ProgressOf(Job job)
        => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * job.Progress):F0}%");

    /// <summary>Returns how long ago a time was, such as <c>3 min ago</c>.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now)
        => now - time < TimeSpan.FromSeconds(1) ? "just now" : $"{Length(now - time)} ago";

    /// <summary>Returns a length of time in its largest unit, such as <c>3 min</c>.</summary>
    public static string Length(TimeSpan time)
        => time.TotalSeconds < 60 ? $"{(int)Math.Max(0, time.TotalSeconds)} s"
            : time.TotalMinutes < 60 ? $"{(int)time.TotalMinutes} min"
            : time.TotalHours < 48 ? $"{(int)time.TotalHours} h"
            : $"{(int)time.TotalDays} days";

    /// <summary>Returns for how long a job has run, or ran; empty if it has not begun.</summary>
    public static string RunOf(Job job, DateTimeOffset now)
        => job.Started is DateTimeOffset started && (job.State == JobState.Running || job.Ended is not null)
            ? Length((job.Ended ?? now) - started)
            : "";

    /// <summary>Returns what there is to say about it: why it failed, or what is being done.</summary>
    public static string NoteOf(Job job) => job.Failure?.Message ?? (job.IsOver ? "" : job.Activity) ?? "";

    /// <summary>Returns text of others in one line, without characters that would act on a terminal.</summary>
    public static string Plain(string text)
        => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    /// <summary>Returns what programs are told about a job.</summary>
    public static JobDetail DetailOf(Job job) => new(
        job.Id, job.Kind.ToString().ToLowerInvariant(), job.Name, job.Owner, job.Group, job.Priority, StateOf(job),
        job.Attempts, job.Progress, job.Activity, job.Worker, job.Created, job.Started, job.Ended, job.Output?.Sha256,
        job.Failure is Failure failure ? new ErrorDetail(failure.Code, failure.Message, failure.Remedy) : null);

    /// <summary>Lays out rows in columns, the first of them a heading. Columns in which nothing is written are left
    /// out.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<string[]> rows)
    {
        const string Gap = "  ";
        int[] used = [.. Enumerable.Range(0, rows[0].Length).Where(i => rows.Skip(1).Any(row => row[i].Length > 0))];
        return rows.Select(row => string.Join(Gap, used.Select(
            i => Plain(row[i]).PadRight(rows.Max(each => each[i].Length)))).TrimEnd());
    }

    /// <summary>Says on standard error that a queue has no worker, if it has none.</summary>
    public static async Task WarnWithoutWorkerAsync(Host host, JobQueue queue)
    {
        if (!(await queue.WorkersAsync(host.Interrupt)).Any(worker => worker.IsAlive))
        {
            host.Error.WriteLine(NoWorker);
        }
    }

    /// <summary>Returns <c>1 job</c> or <c>3 jobs</c>.</summary>
    public static string CountOf(int jobs) => Count.Of(jobs, "job");
}
