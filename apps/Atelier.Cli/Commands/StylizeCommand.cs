using System.CommandLine;
using Atelier.Recipes;

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
            return new Painting(host, paint.Read(parse, recipe))
            {
                Sources = sources,
                Options = recipe.Options,
                OutputPath = parse.GetRequiredValue(output),
            }.Run();
        });
        return command;
    }
}
