using System.CommandLine;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier texture</c>: synthesizes a texture from style alone.</summary>
internal static class TextureCommand
{
    private const string Preset = "texture";

    public static Command Create(Host host)
    {
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        palette.Description = "A picture whose colors are applied to the artworks first, with --color match";
        Option<string> output = SharedOptions.Output();
        Option<int?> width = Side("--width"), height = Side("--height");
        Command command = new("texture", "Synthesize a texture of any size in the style of artworks.")
        {
            styles, palette, output, width, height,
        };
        OptionSet options = new(host, command, TableOptions.OfStyle, Preset);
        PaintOptions paint = new(command);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            PaintSources sources = new()
            {
                Styles = PaintSources.ResolveStyles(parse.GetValue(styles), recipe),
                Initial = options.Initial(parse, recipe),
                Palette = PaintSources.ResolvePalette(parse.GetValue(palette), recipe),
            };
            return new PaintRun(host, paint.Read(parse, recipe)).Run(
                sources, Sized(WithoutContent(recipe.Options), parse.GetValue(width), parse.GetValue(height)),
                parse.GetRequiredValue(output));
        });
        return command;
    }

    private static Option<int?> Side(string name)
    {
        Option<int?> side = new(name)
        {
            Description = $"{char.ToUpperInvariant(name[2])}{name[3..]} of the result, in pixels [default: --size]",
            HelpName = "N",
        };
        side.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }]
                && !(int.TryParse(text, out int pixels) && pixels is >= 16 and <= 65_535))
            {
                result.AddError($"{name} is '{text}'; give 16 to 65535 pixels.");
            }
        });
        return side;
    }

    /// <summary>Uses the weights and sizes of a preset for photographs, but removes the content term and the content
    /// initialization. </summary>
    private static StylizeOptions WithoutContent(StylizeOptions options) => options with
    {
        ContentWeight = 0,
        Init = options.Init == InitKind.Content ? Presets.ByName[Preset].Init : options.Init,
    };

    private static StylizeOptions Sized(StylizeOptions options, int? width, int? height)
    {
        if ((width ?? height) is null)
        {
            return options;
        }

        (int w, int h) = (width ?? height!.Value, height ?? width!.Value);
        return options with { Size = Math.Max(w, h), Aspect = (double)w / h };
    }
}
