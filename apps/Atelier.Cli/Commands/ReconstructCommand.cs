using System.CommandLine;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier reconstruct</c>: reconstructs a picture from the features of a layer.</summary>
internal static class ReconstructCommand
{
    private const string Layer = "--layer";

    public static Command Create(Host host)
    {
        Argument<string> content = new("CONTENT") { Description = "The picture, or - for standard input" };
        Option<string> output = SharedOptions.Output();
        Command command = new("reconstruct", "Reconstruct a picture from the features of one network layer.")
        {
            content, output,
        };
        OptionSet options = new(
            host, command, TableOptions.OfContent, "reconstruct",
            option => option == TableOptions.ContentLayers ? Layer : TableOptions.NameOf(option));
        command.Options.Single(option => option.Name == Layer).Description =
            "The layer whose features to match, or several, as in relu1_2=1,relu4_2=2";
        PaintOptions paint = new(command);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            PaintSources sources = new()
            {
                Content = new PictureSource("content", parse.GetRequiredValue(content)),
                Styles = [],
                Initial = options.Initial(parse, recipe),
            };
            return new PaintRun(host, paint.Read(parse, recipe)).Run(
                sources, recipe.Options with { StyleWeight = 0, StyleWeights = [] }, parse.GetRequiredValue(output));
        });
        return command;
    }
}
