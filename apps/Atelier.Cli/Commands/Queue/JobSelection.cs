using System.CommandLine;
using Atelier.Jobs;

namespace Atelier.Cli.Commands.Queue;

/// <summary>The jobs that a command is about: identifiers, or beginnings of them that no other has, and
/// groups.</summary>
internal static class JobSelection
{
    /// <summary>Creates the argument.</summary>
    public static Argument<string[]> Create(ArgumentArity arity, string more = "") => new("ID")
    {
        Description = "The jobs, by the first letters of their identifiers, and whole groups" + more,
        Arity = arity,
    };

    /// <summary>Finds all jobs, each once and in the order of their naming; those of a group, oldest first.</summary>
    /// <exception cref="CodedException">One of them does not exist, or is not the only one.</exception>
    public static async Task<IReadOnlyList<Job>> FindAsync(
        JobQueue queue, IEnumerable<string> names, CancellationToken cancel)
    {
        List<Job> found = [];
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                throw CliException.Usage("an ID is empty.", "list the jobs with 'atelier jobs list'.");
            }

            IReadOnlyList<Job> group = await ListAsync(queue, new JobFilter { Group = name }, int.MaxValue, cancel);
            found.AddRange(group.Count > 0 ? group.Reverse() : [await queue.FindAsync(name, cancel)]);
        }

        return [.. found.DistinctBy(job => job.Id)];
    }

    /// <summary>Lists jobs, newest first, page by page.</summary>
    public static async Task<IReadOnlyList<Job>> ListAsync(
        JobQueue queue, JobFilter filter, int count, CancellationToken cancel)
    {
        List<Job> all = [];
        while (all.Count < count)
        {
            int wanted = Math.Min(JobFilter.MaxCount, count - all.Count);
            IReadOnlyList<Job> page = await queue.ListAsync(
                filter with { Count = wanted, Before = all.LastOrDefault() }, cancel);
            all.AddRange(page);
            if (page.Count < wanted)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>Reads jobs anew, in the same order. Those that have been removed stay as they were.</summary>
    public static async Task<IReadOnlyList<Job>> RefreshAsync(
        JobQueue queue, IReadOnlyList<Job> jobs, CancellationToken cancel)
    {
        Dictionary<string, Job> now = [];
        foreach (Job[] part in jobs.Where(job => !job.IsOver).Chunk(JobFilter.MaxCount))
        {
            JobFilter filter = new() { Ids = [.. part.Select(job => job.Id)], Count = JobFilter.MaxCount };
            foreach (Job job in await queue.ListAsync(filter, cancel))
                now[job.Id] = job;
        }

        return [.. jobs.Select(job => now.GetValueOrDefault(job.Id, job))];
    }
}
