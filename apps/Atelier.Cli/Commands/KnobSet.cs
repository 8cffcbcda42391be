using System.CommandLine;
using System.CommandLine.Parsing;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>The knobs of one command, with the preset and the recipe that they win over.</summary>
internal sealed class KnobSet
{
    private readonly Host _host;
    private readonly IReadOnlyList<(Knob Knob, Option<string> Option)> _knobs;
    private readonly Option<string> _preset = new("--preset")
    {
        Description = "Named set of options; a recipe and explicit options win over it",
        HelpName = string.Join('|', Presets.ByName.Keys),
    };

    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description = "JSON file with options, or - for standard input; explicit options win over it",
        HelpName = "FILE.json",
    };

    /// <summary>Adds the knobs to a command.</summary>
    /// <param name="preset">The preset that holds when none is named; null takes the default options.</param>
    public KnobSet(Host host, Command command, IEnumerable<Knob> knobs, string? preset = null)
    {
        _host = host;
        preset ??= Presets.ByName.First(pair => pair.Value == StylizeOptions.Default).Key;
        _preset.DefaultValueFactory = _ => preset;
        _preset.CompletionSources.Add([.. Presets.ByName.Keys]);
        _knobs = [.. knobs.Select(knob => (knob, knob.CreateOption(defaults: Presets.ByName[preset])))];
        foreach ((Knob _, Option<string> option) in _knobs)
        {
            command.Add(option);
        }

        command.Add(_preset);
        command.Add(_recipe);
    }

    /// <summary>Defaults, then the preset, then the recipe, then what is explicit.</summary>
    public Recipe Resolve(ParseResult parse)
    {
        string name = parse.GetRequiredValue(_preset);
        if (!Presets.ByName.TryGetValue(name, out StylizeOptions? preset))
        {
            throw CliException.Usage($"--preset: '{name}' is not one of {string.Join(", ", Presets.ByName.Keys)}" +
                NearestName.Suggestion(name, Presets.ByName.Keys));
        }

        Recipe recipe = parse.GetValue(_recipe) is string path
            ? RecipeFile.Read(_host.Around(), path, preset)
            : new Recipe { Options = preset };
        StylizeOptions options = recipe.Options;
        foreach ((Knob knob, Option<string> option) in _knobs)
        {
            if (Explicit(parse, knob, option) is string text)
            {
                options = knob.Set(options, text);
            }
        }

        return recipe with { Options = options };
    }

    /// <summary>The picture to start from; null when the recipe starts from something else.</summary>
    public PictureSource? Initial(ParseResult parse, Recipe recipe)
    {
        if (recipe.Options.Init != InitKind.File)
        {
            return null;
        }

        string? given = Explicit(parse, Knobs.Init, _knobs.First(pair => pair.Knob == Knobs.Init).Option);
        string path = given ?? recipe.Initial?.Path
            ?? throw CliException.Usage("init is 'file', but no picture is named.", "name it with --init FILE.");
        return given is null ? new("initial picture", path, "init") : Knobs.InitFile(path);
    }

    private static string? Explicit(ParseResult parse, Knob knob, Option<string> option)
        => parse.GetResult(option) is OptionResult { Implicit: false } given
            ? given.Tokens.Count == 0 ? knob.Alone : parse.GetValue(option)
            : null;
}
