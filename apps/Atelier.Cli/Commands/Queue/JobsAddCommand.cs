using System.CommandLine;
using Atelier.Jobs;
using Atelier.Jobs.Work;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

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
        Option<int> priority = SharedOptions.Whole(
            "--priority", "Jobs of a higher priority are painted first", -1000, 1000);
        Option<string> owner = QueueOptions.Owner();
        Command command = new("add", "Add a painting to the queue.");
        StylizeInputs inputs = new(host, command, name, priority, owner);
        QueueOptions queues = new(command);
        WriteOptions write = new(command);
        command.SetAction((ParseResult parse) =>
        {
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            PictureJob job = new(sources, recipe.Options, parse.GetValue(name) ?? NameOf(sources))
            {
                Encode = write.Read(parse).Encode,
            };
            return AddAsync(host, parse, queues, job, parse.GetRequiredValue(owner), parse.GetValue(priority))
                .GetAwaiter().GetResult();
        });
        return command;
    }

    private static async Task<int> AddAsync(
        Host host, ParseResult parse, QueueOptions queues, PictureJob job, string owner, int priority)
    {
        await using JobQueue queue = await queues.OpenAsync(host, parse);
        NewJob added = await job.StoreAsync(host.CreateContext(), queue, owner) with { Priority = priority };
        await queue.AddAsync([added], host.Interrupt);
        host.Out.WriteLine(added.Id);
        return ExitCode.Done;
    }

    private static string NameOf(PaintSources sources)
        => $"{Path.GetFileNameWithoutExtension(sources.Content?.Path)}.png";
}
