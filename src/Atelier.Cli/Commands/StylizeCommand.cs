using System.CommandLine;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier stylize</c>: paints a photograph in the style of artworks.</summary>
internal static class StylizeCommand
{
    public static Command Create(Host host)
    {
        Argument<string?> content = new("CONTENT")
        {
            Description = "The photograph, or - for standard input; a recipe may name it instead",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        Option<string> output = SharedOptions.Output();
        Command command = new("stylize", "Paint a photograph in the style of artworks.")
        {
            content, styles, palette, output,
        };
        GuideOptions guides = new(command);
        KnobSet knobs = new(host, command, Knobs.All);
        PaintOptions paint = new(command);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = knobs.Resolve(parse);
            string contentPath = parse.GetValue(content) ?? recipe.Content?.Path
                ?? throw CliException.Usage(
                    "CONTENT, the photograph, is missing.",
                    "write 'atelier stylize photo.png --style art.png -o out.png'.");
            string[] stylePaths = parse.GetValue(styles) is { Length: > 0 } given
                ? given
                : [.. recipe.Styles.Select(style => style.Path)];
            return new Painting(host, paint.Read(parse, recipe))
            {
                Content = new PictureSource("content", contentPath),
                Styles = [.. stylePaths.Select(path => new PictureSource("style", path, "--style"))],
                Guides = guides.Read(parse, recipe),
                Initial = knobs.Initial(parse, recipe),
                Palette = SharedOptions.PaletteSource(parse.GetValue(palette), recipe),
                Options = recipe.Options,
                OutputPath = parse.GetRequiredValue(output),
            }.Run();
        });
        return command;
    }
}
