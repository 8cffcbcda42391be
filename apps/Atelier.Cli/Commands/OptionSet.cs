using System.CommandLine;
using System.CommandLine.Parsing;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>The table options of one command, together with the preset and the recipe that they override.
/// </summary>
internal sealed class OptionSet
{
    private readonly Host _host;
    private readonly (OptionDefinition<StylizeOptions> Definition, Option<string> Option)[] _options;
    private readonly Option<string> _preset = new("--preset")
    {
        Description = "Named set of options, which explicit options override",
        HelpName = "NAME",
    };

    private RecipeFile? _file;

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "JSON file with options, or - for standard input; explicit options override it",
        HelpName = "FILE.json",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="definitions">The options.</param>
    /// <param name="preset">The preset to use if none is named; null uses the default options.</param>
    /// <param name="nameOf">Returns the name of an option in this command; null uses the names of the table.</param>
    public OptionSet(
        Host host, Command command, IEnumerable<OptionDefinition<StylizeOptions>> definitions, string? preset = null,
        Func<OptionDefinition<StylizeOptions>, string>? nameOf = null)
    {
        _host = host;
        preset ??= Presets.ByName.First(pair => pair.Value == StylizeOptions.Default).Key;
        _preset.DefaultValueFactory = _ => preset;
        _preset.CompletionSources.Add([.. Presets.ByName.Keys]);
        StylizeOptions defaults = Presets.ByName[preset];
        _options = [.. definitions.Select(definition =>
            (definition, TableOptions.Create(definition, defaults, nameOf?.Invoke(definition))))];
        foreach ((OptionDefinition<StylizeOptions> _, Option<string> option) in _options)
            command.Add(option);
        command.Add(_preset);
        command.Add(_recipe);
    }

    /// <summary>Applies the defaults, then the preset, then the recipe, then the explicit options.</summary>
    public Recipe Resolve(ParseResult parse) => Resolve(parse, parse.GetRequiredValue(_preset));

    /// <summary>Applies the defaults, then a preset, then the recipe, then the explicit options.</summary>
    public Recipe Resolve(ParseResult parse, string presetName)
    {
        StylizeOptions preset = Presets.ByName[RequirePreset("--preset", presetName)];
        _file ??= parse.GetValue(_recipe) is string path ? RecipeFile.Open(_host.CreateContext(), path) : null;
        return Override(parse, _file?.Parse(preset) ?? new Recipe { Options = preset });
    }

    /// <summary>Whether a preset or a recipe is given.</summary>
    public bool HasBasis(ParseResult parse)
        => parse.GetResult(_preset) is OptionResult { Implicit: false } || parse.GetValue(_recipe) is not null;

    /// <summary>Applies the explicit options to a recipe.</summary>
    public Recipe Override(ParseResult parse, Recipe recipe)
    {
        StylizeOptions options = recipe.Options;
        foreach ((OptionDefinition<StylizeOptions> definition, Option<string> option) in _options)
        {
            if (Explicit(parse, definition, option) is string text)
            {
                options = definition.Change(options, text);
            }
        }

        return recipe with { Options = options };
    }

    /// <summary>The input files except the photograph: the given ones, or else those of the recipe.</summary>
    /// <param name="parse">The parsed command line, with the initial picture.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="styles">The given artworks.</param>
    /// <param name="palette">The given palette.</param>
    /// <param name="guides">The given masks and regions.</param>
    public PaintSources Sources(
        ParseResult parse, Recipe recipe, IReadOnlyList<string>? styles, string? palette, GuidePaths guides) => new()
        {
            Styles = PaintSources.ResolveStyles(styles, recipe),
            Guides = GuideSources.Resolve(guides, recipe),
            Initial = Initial(parse, recipe),
            Palette = PaintSources.ResolvePalette(palette, recipe),
        };

    /// <summary>The initial picture; null if the recipe initializes the painting differently.</summary>
    public PictureSource? Initial(ParseResult parse, Recipe recipe)
    {
        if (recipe.Options.Init != InitKind.File)
        {
            return null;
        }

        string? given = Explicit(
            parse, TableOptions.Init, _options.First(pair => pair.Definition == TableOptions.Init).Option);
        string path = given ?? recipe.Initial?.Path
            ?? throw CliException.Usage("init is 'file', but no picture is given.", "give one with --init FILE.");
        return given is null ? new("initial picture", path, "init") : TableOptions.InitFile(path);
    }

    /// <summary>Returns the name of a preset.</summary>
    /// <exception cref="CliException">There is no such preset.</exception>
    public static string RequirePreset(string option, string name) => Presets.ByName.ContainsKey(name)
        ? name
        : throw CliException.Usage($"{option}: '{name}' is not one of {string.Join(", ", Presets.ByName.Keys)}" +
            NearestName.Suggestion(name, Presets.ByName.Keys));

    private static string? Explicit(
        ParseResult parse, OptionDefinition<StylizeOptions> definition, Option<string> option)
        => parse.GetResult(option) is OptionResult { Implicit: false } given
            ? given.Tokens.Count == 0 ? definition.Alone : parse.GetValue(option)
            : null;
}
