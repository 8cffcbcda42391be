using System.CommandLine;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary>The command-line options that are defined in <see cref="StylizeOptionTable"/>.</summary>
internal static class TableOptions
{
    public static OptionDefinition<StylizeOptions> Size { get; } = StylizeOptionTable.Get("size");

    public static OptionDefinition<StylizeOptions> Init { get; } = StylizeOptionTable.Get("init");

    public static OptionDefinition<StylizeOptions> ContentLayers { get; } = StylizeOptionTable.Get("content-layers");

    /// <summary>The options of a picture with content and style.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> All
        => StylizeOptionTable.All.Where(option => option.Scope != OptionScope.WithoutContent);

    /// <summary>The options of a picture without content. Its aspect ratio follows from --width and --height.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> OfStyle
        => StylizeOptionTable.All.Where(option => option.Scope != OptionScope.WithContent && option.Name != "aspect");

    /// <summary>The options of a picture without style.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> OfContent
        => All.Where(option => option.Scope != OptionScope.WithStyle);

    /// <summary>Returns the name of an option on the command line.</summary>
    public static string NameOf<TOptions>(OptionDefinition<TOptions> definition) => $"--{definition.Name}";

    /// <summary>Creates the command-line option.</summary>
    /// <param name="definition">The definition of the option.</param>
    /// <param name="defaults">The options with the default values.</param>
    /// <param name="name">The name on the command line; null for the option's own name.</param>
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

    /// <summary>Creates the command-line option for a name in the table.</summary>
    public static Option<string> Create(string name) => Create(StylizeOptionTable.Get(name), StylizeOptions.Default);

    /// <summary>Returns the picture given by <c>--init FILE</c>.</summary>
    /// <exception cref="CliException">The text is neither a file nor one of the values.</exception>
    public static PictureSource InitFile(string path)
        => InputFile.Exists(path)
            ? new PictureSource("initial picture", path, "--init")
            : throw CliException.Usage(
                $"--init: '{path}' is neither a file nor one of {string.Join(", ", Init.Words)}" +
                NearestName.Suggestion(path, Init.Words));

    private static IEnumerable<string> MoreWords(string name)
        => name == "network" ? NetworkManifest.All.Select(manifest => manifest.Name) : [];
}
