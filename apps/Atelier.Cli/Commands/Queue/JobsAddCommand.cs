using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Jobs;
using Atelier.Jobs.Work;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs add</c>: adds a painting to a queue.</summary>
internal static class JobsAddCommand
{
    public static Command Create(Host host)
    {
        Option<string?> name = new("--name")
        {
            Description = "Name of the result; the extension selects the format [default: as CONTENT, in PNG]",
            HelpName = "NAME",
        };
        Option<int> priority = QueueOptions.Priority();
        Option<string?> owner = QueueOptions.Owner();
        Command command = new("add", "Add a painting to the queue; 'atelier batch --queue' adds many.");
        StylizeInputs inputs = new(host, command, name, priority, owner);
        QueueOptions queues = new(command);
        WriteOptions write = new(command);
        command.SetAction((ParseResult parse) =>
        {
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            WriteSettings settings = write.Read(parse);
            PictureJob job = new(sources, recipe.Options, parse.GetValue(name) ?? NameOf(sources))
            {
                Encode = settings.Encode,
            };
            return QueueAccess.Run(host, parse, queues, queue => AddAsync(
                host, queue, [job], new JobAddition(parse.GetValue(owner), parse.GetValue(priority), null), settings));
        });
        return command;
    }

    /// <summary>Stores the files of jobs, adds all or none, and says which they are.</summary>
    public static async Task<int> AddAsync(
        Host host, JobQueue queue, IReadOnlyList<PictureJob> jobs, JobAddition addition, WriteSettings write)
    {
        List<NewJob> added = [];
        string owner = QueueAccess.OwnerOf(addition.Owner);
        foreach (PictureJob job in jobs)
            added.Add(await job.StoreAsync(host.CreateContext(write.Quiet, write.NoColor), queue, owner));
        string? group = addition.GroupPrefix is string prefix ? $"{prefix}-{added[0].Id}" : null;
        await queue.AddAsync(
            [.. added.Select(job => job with { Priority = addition.Priority, Group = group })], host.Interrupt);
        host.Out.WriteLine(write.Json
            ? JsonSerializer.Serialize(
                new JobsAddDocument([.. added.Select(job => job.Id)], group, $"{queue.Address}"),
                Documents.Readable.JobsAddDocument)
            : group ?? added[0].Id);
        if (!write.Quiet)
        {
            if (group is not null)
            {
                host.Error.WriteLine($"{JobText.CountOf(added.Count)} added to {queue.Address}; follow them with " +
                    $"'atelier jobs watch {group}', fetch them with 'atelier jobs get {group} -o FOLDER'");
            }

            await JobText.WarnWithoutWorkerAsync(host, queue);
        }

        return ExitCode.Done;
    }

    /// <summary>Returns the job of one of many pictures.</summary>
    public static PictureJob JobOf(PaintJob job, WriteSettings write)
        => new(job.Sources, job.Options, Path.GetFileName(job.OutputPath)) { Encode = write.Encode };

    private static string NameOf(PaintSources sources)
    {
        string path = sources.Content!.Path;
        return path == InputFile.StandardInput ? "result.png"
            : $"{Path.GetFileNameWithoutExtension(path)}.png";
    }
}

/// <summary>How jobs are added.</summary>
/// <param name="Owner">Who adds them; null for the user of the process.</param>
/// <param name="Priority">Those of a higher priority run first.</param>
/// <param name="GroupPrefix">What their group is, such as <c>batch</c>; null for no group.</param>
internal sealed record JobAddition(string? Owner, int Priority, string? GroupPrefix);
