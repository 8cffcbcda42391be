using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Reports the progress of jobs on standard error: a line for each that is over, and on a terminal a single
/// updating line for the others. Dispose it before writing anything else.</summary>
internal sealed class JobsWatcher(Host host, bool isQuiet) : IDisposable
{
    private readonly long _start = host.Clock.GetTimestamp();
    private readonly LiveLine _line = new(host);
    private readonly HashSet<(string Id, JobState State)> _told = [];

    /// <summary>Shows jobs as they are now.</summary>
    public void Report(IReadOnlyList<Job> jobs)
    {
        foreach (Job job in jobs.Where(job => job.IsOver || job.State == JobState.Paused)
            .Where(job => _told.Add((job.Id, job.State)) && (!isQuiet || job.State == JobState.Failed)))
        {
            _line.Dispose();
            host.Error.WriteLine(JobText.Plain(
                $"{jobs.Count(each => each.IsOver)}/{jobs.Count}  {job.Id}  {job.Name}  {Ending(job)}"));
        }

        if (host.IsLive && !isQuiet && jobs.FirstOrDefault(job => !job.IsOver) is Job open)
        {
            Job shown = jobs.FirstOrDefault(job => job.State == JobState.Running) ?? open;
            double fraction = jobs.Average(job => job.IsOver ? 1 : job.Progress);
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{jobs.Count(job => job.IsOver)}/{jobs.Count}  {fraction:P0}");
            _line.Show(JobText.Plain($"{line}  {LiveLine.Clock(host.Clock.GetElapsedTime(_start))}  {shown.Name}  " +
                (shown.State == JobState.Running ? JobText.NoteOf(shown) : JobText.StateOf(shown))));
        }
    }

    public void Dispose() => _line.Dispose();

    private string Ending(Job job) => job.State switch
    {
        JobState.Failed => $"failed: {job.Failure?.Message}",
        JobState.Done => $"done, {JobText.RunOf(job, host.Clock.GetUtcNow())}",
        JobState.Paused => $"paused; 'atelier jobs resume {job.Id}' lets it go on",
        _ => JobText.StateOf(job),
    };
}
