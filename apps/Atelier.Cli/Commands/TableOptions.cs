using System.CommandLine;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary>The options of the command line that stand in <see cref="StylizeOptionTable"/>.</summary>
internal static class TableOptions
{
    public static OptionDefinition<StylizeOptions> Size { get; } = StylizeOptionTable.Get("size");

    public static OptionDefinition<StylizeOptions> Init { get; } = StylizeOptionTable.Get("init");

    public static OptionDefinition<StylizeOptions> ContentLayers { get; } = StylizeOptionTable.Get("content-layers");

    /// <summary>Those of a picture with content and style.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> All
        => StylizeOptionTable.All.Where(option => option.Scope != OptionScope.WithoutContent);

    /// <summary>Those of a picture without content. The aspect is that of --width and --height.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> OfStyle
        => StylizeOptionTable.All.Where(option => option.Scope != OptionScope.WithContent && option.Name != "aspect");

    /// <summary>Those of a picture without style.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> OfContent
        => All.Where(option => option.Scope != OptionScope.WithStyle);

    /// <summary>What an option is called on a command line.</summary>
    public static string NameOf<TOptions>(OptionDefinition<TOptions> definition) => $"--{definition.Name}";

    /// <summary>Creates the command-line option.</summary>
    /// <param name="definition">What the table says of it.</param>
    /// <param name="defaults">The options that hold when nothing is given.</param>
    /// <param name="name">What it is called there; null for its own name.</param>
    public static Option<string> Create<TOptions>(
        OptionDefinition<TOptions> definition, TOptions defaults, string? name = null)
    {
        name ??= NameOf(definition);
        Option<string> option = new(name)
        {
            Description = definition.Help,
            HelpName = definition.Values,
            DefaultValueFactory = _ => definition.Show(defaults),
        };
        if (definition.Alone is not null)
        {
            option.Arity = ArgumentArity.ZeroOrOne;
        }

        option.Validators.Add(result =>
        {
            try
            {
                if (result.Tokens is [{ Value: string text }])
                {
                    definition.Change(defaults, text);
                }
            }
            catch (FormatException error)
            {
                result.AddError($"{name}: {error.Message}");
            }
        });
        option.CompletionSources.Add([.. definition.Words, .. MoreWords(definition.Name)]);
        return option;
    }

    /// <summary>The same, of an option by its name in the table.</summary>
    public static Option<string> Create(string name) => Create(StylizeOptionTable.Get(name), StylizeOptions.Default);

    /// <summary>Returns the picture that <c>--init FILE</c> names.</summary>
    /// <exception cref="CliException">The text is neither a file nor one of the values.</exception>
    public static PictureSource InitFile(string path)
        => File.Exists(path) || Directory.Exists(path) || path == InputFile.StandardInput
            ? new PictureSource("initial picture", path, "--init")
            : throw CliException.Usage(
                $"--init: '{path}' is neither a file nor one of {string.Join(", ", Init.Words)}" +
                NearestName.Suggestion(path, Init.Words));

    private static IEnumerable<string> MoreWords(string name)
        => name == "network" ? NetworkManifest.All.Select(manifest => manifest.Name) : [];
}
