using System.CommandLine;
using Atelier.Jobs.Work;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs add-style</c>: adds the extraction of a style to a queue.</summary>
internal static class JobsAddStyleCommand
{
    public static Command Create(Host host)
    {
        Option<string?> name = new("--name", "-o")
        {
            Description = $"Name of the result [default: as the first ARTWORK, with {StyleJob.Extension}]",
            HelpName = $"NAME{StyleJob.Extension}",
        };
        Command command = new("add-style", "Add the extraction of a style file from artworks to the queue.");
        StyleExtractInputs inputs = new(command, name);
        AddOptions add = new(command);
        command.SetAction((ParseResult parse) =>
        {
            string first = inputs.Artworks(parse)[0].Path;
            StyleJob job = new(inputs.Artworks(parse), inputs.Options(parse),
                parse.GetValue(name) ?? Path.GetFileNameWithoutExtension(first) + StyleJob.Extension)
            {
                Regions = inputs.Regions(parse),
                Sizes = inputs.Sizes(parse),
            };
            return add.Add(host, parse, job.StoreAsync);
        });
        return command;
    }
}
