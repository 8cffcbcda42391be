using System.CommandLine;
using Atelier.Imaging;
using Atelier.Jobs;
using Atelier.Jobs.Blobs;
using Atelier.Primitives;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs get</c>: fetches the results of jobs.</summary>
internal sealed class JobsGetCommand
{
    private readonly Host _host;
    private readonly Argument<string[]> _ids = JobSelection.Create(ArgumentArity.OneOrMore);
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file of the result, or - for standard output; for several, their folder " +
            "[default: their names, in the current folder]",
        HelpName = "OUT",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Replace a file that is not an earlier result",
    };

    private readonly Option<bool> _quiet = SharedOptions.Quiet();
    private readonly QueueOptions _queues;

    private JobsGetCommand(Host host, Command command)
    {
        _host = host;
        command.Add(_ids);
        foreach (Option option in (Option[])[_output, _force, _quiet])
            command.Add(option);
        _queues = new QueueOptions(command);
        command.SetAction((ParseResult parse)
            => QueueAccess.Run(_host, parse, _queues, queue => GetAsync(parse, queue)));
    }

    public static Command Create(Host host)
    {
        Command command = new("get", "Fetch the results of jobs: one as a file, several into a folder.");
        _ = new JobsGetCommand(host, command);
        return command;
    }

    private async Task<int> GetAsync(ParseResult parse, JobQueue queue)
    {
        string[] ids = parse.GetRequiredValue(_ids);
        IReadOnlyList<Job> found = await JobSelection.FindAsync(queue, ids, _host.Interrupt);

        // The scenes of a film are in its result.
        Job[] jobs = [.. found.Where(job => job.Kind != JobKind.Scene || !ids.Contains(job.Group))];
        bool isSingle = ids.Length == 1 && jobs is [Job only] && only.Group != ids[0];
        string? output = parse.GetValue(_output);
        if (output == OutputFile.StandardOutput)
        {
            await WriteAsync(queue, isSingle ? jobs[0] : throw CliException.Usage(
                "-o -: several results cannot be written to standard output.", "name a folder."));
            return ExitCode.Done;
        }

        bool isFolder = !isSingle || output is null || Directory.Exists(output)
            || Path.EndsInDirectorySeparator(output);
        (Job Job, string Path)[] wanted = isFolder
            ? [.. PathsIn(output ?? ".", [.. jobs.Where(job => job.Output is not null)])]
            : [(jobs[0], output!)];
        if (isSingle)
        {
            RequireResult(jobs[0]);
            RequireExtension(jobs[0], wanted[0].Path);
        }
        else
        {
            CreateFolder(output ?? ".");
        }

        foreach ((Job job, string path) in wanted)
        {
            Save(queue, job, path, parse.GetValue(_force));
            if (!parse.GetValue(_quiet))
            {
                _host.Error.WriteLine(JobText.Plain($"{path}"));
            }
        }

        foreach (Job job in jobs.Where(job => job.Output is null))
            _host.Error.WriteLine(JobText.Plain($"{job.Id}  {job.Name}  has no result: {JobText.StateOf(job)}"));
        return wanted.Length == jobs.Length ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Returns where results are written: under their names, and where several have the same name, with their
    /// identifiers.</summary>
    private static IEnumerable<(Job Job, string Path)> PathsIn(string folder, IReadOnlyList<Job> jobs)
    {
        HashSet<string> twice = [.. jobs.GroupBy(job => job.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any()).SelectMany(group => group.Select(job => job.Name))];
        foreach (Job job in jobs)
        {
            // Whoever can write to the queue chooses the name.
            if (Path.GetFileName(job.Name) != job.Name || job.Name is "." or ".." || job.Name.Any(char.IsControl))
            {
                throw CliException.Failed("job.name", $"the result of job {job.Id} has no plain file name.",
                    $"fetch it alone, with 'atelier jobs get {job.Id} -o FILE'.");
            }

            yield return (job, Path.Combine(folder, !twice.Contains(job.Name) ? job.Name
                : $"{Path.GetFileNameWithoutExtension(job.Name)}-{job.Id}{Path.GetExtension(job.Name)}"));
        }
    }

    private static void RequireResult(Job job)
    {
        if (job.Output is null)
        {
            string next = job.State switch
            {
                JobState.Failed => $"see why with 'atelier jobs show {job.Id}', then 'atelier jobs retry {job.Id}'.",
                JobState.Canceled => $"'atelier jobs retry {job.Id}' queues it again.",
                _ => $"'atelier jobs watch {job.Id}' waits for it.",
            };
            throw CliException.Failed("job.unfinished",
                JobText.Plain($"job {job.Id} ('{job.Name}') has no result: it is {JobText.StateOf(job)}."), next);
        }
    }

    /// <summary>Throws if a file would be called what it is not.</summary>
    private static void RequireExtension(Job job, string path)
    {
        string got = Path.GetExtension(path), expected = Path.GetExtension(job.Name);
        if (!got.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.Usage(
                $"output '{path}' ends with '{got}', but the result of job {job.Id} is a '{expected}'.",
                $"name a file that ends with {expected}.");
        }
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failed("output.folder",
                $"the output folder '{folder}' cannot be created ({error.Message.TrimEnd('.')}).",
                "name another folder with -o FOLDER.");
        }
    }

    private void Save(JobQueue queue, Job job, string path, bool mayReplace)
    {
        BlobKey key = job.Output!;
        if (ImageFormats.FindWritable(Path.GetExtension(path)) is not null)
        {
            _ = new OutputFile(_host.CreateContext(), path, [], mayReplace || IsSame(path, key), EncodeOptions.Default);
        }
        else
        {
            OutputPath.RequireFolder(path);
            OutputPath.RequireReplaceable(path, mayReplace, same => IsSame(same, key), "exists and is another file");
        }

        AtomicFile.Write(
            path, stream => queue.Blobs.CopyToAsync(key, stream, _host.Interrupt).GetAwaiter().GetResult());
    }

    private static bool IsSame(string path, BlobKey key)
        => File.Exists(path) && Sha256.HexOf(File.ReadAllBytes(path)) == key.Sha256;

    private async Task WriteAsync(JobQueue queue, Job job)
    {
        RequireResult(job);
        _host.RequireNoTerminal(OutputFile.StandardOutput);

        // Nothing is sent before it is known to be undamaged.
        using MemoryStream bytes = new();
        await queue.Blobs.CopyToAsync(job.Output!, bytes, _host.Interrupt);
        bytes.Position = 0;
        try
        {
            using Stream output = _host.OpenOutput();
            bytes.CopyTo(output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.ClosedStream(error);
        }
    }
}
