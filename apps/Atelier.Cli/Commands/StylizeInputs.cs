using System.CommandLine;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Cli.Commands;

/// <summary>The photograph, the artworks and all options, shared by all commands that paint photographs.</summary>
internal sealed class StylizeInputs
{
    private readonly Argument<string?> _content = new("CONTENT")
    {
        Description = "The photograph, or - for standard input; may come from a recipe instead",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly GuideOptions _guides;
    private readonly OptionSet _options;
    private readonly string _command;

    /// <summary>Adds the arguments and options to a command.</summary>
    /// <param name="own">Options of the command, between the pictures and those of the table.</param>
    public StylizeInputs(Host host, Command command, params Option[] own)
    {
        _command = command.Name;
        command.Add(_content);
        command.Add(_styles);
        command.Add(_palette);
        foreach (Option option in own)
            command.Add(option);
        _guides = new GuideOptions(command);
        _options = new OptionSet(host, command, TableOptions.All);
    }

    /// <summary>Returns the options for a preset, with those that override it.</summary>
    public StylizeOptions OptionsOf(ParseResult parse, string preset) => _options.Resolve(parse, preset).Options;

    /// <summary>Throws if artworks are both given and varied.</summary>
    public void RequireNotGiven(ParseResult parse, IEnumerable<Variation> variations)
    {
        if (variations.Any(each => each.Name == Variation.Style) && parse.GetResult(_styles) is not null)
        {
            throw CliException.Usage("artworks are given with both --style and --vary style.", "leave out --style.");
        }
    }

    /// <summary>Reads the given values, or else those of the recipe.</summary>
    public (PaintSources Sources, Recipe Recipe) Read(ParseResult parse)
    {
        Recipe recipe = _options.Resolve(parse);
        string content = parse.GetValue(_content) ?? recipe.Content?.Path
            ?? throw CliException.Usage(
                "the photograph (CONTENT) is missing.",
                $"write 'atelier {_command} photo.png --style art.png{(_command == "plan" ? "" : " -o out.png")}'.");
        PaintSources sources = _options.Sources(
            parse, recipe, parse.GetValue(_styles), parse.GetValue(_palette), _guides.Read(parse)) with
        {
            Content = new PictureSource("content", content),
        };
        return (sources, recipe);
    }
}
