using System.CommandLine;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier stylize</c>: paints a photograph in the style of artworks.</summary>
internal static class StylizeCommand
{
    public static Command Create(Host host)
    {
        Option<string> output = SharedOptions.Output();
        Command command = new("stylize", "Paint a photograph in the style of artworks.");
        StylizeInputs inputs = new(host, command, output);
        PaintOptions paint = new(command);
        command.SetAction((ParseResult parse) =>
        {
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            return new PaintRun(host, paint.Read(parse, recipe)).Run(
                sources, recipe.Options, parse.GetRequiredValue(output));
        });
        return command;
    }
}
