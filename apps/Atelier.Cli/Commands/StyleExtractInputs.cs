using System.CommandLine;
using Atelier.Options;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Styles;

namespace Atelier.Cli.Commands;

/// <summary>The artworks whose style is extracted, and how, shared by all commands that do that.</summary>
internal sealed class StyleExtractInputs
{
    private readonly Argument<string[]> _artworks = new("ARTWORK")
    {
        Description = "The artwork, or - for standard input; several are blended",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _regions = new("--region")
    {
        Description = "Mask of the part of an artwork to use (white = used); one for each, in order",
        HelpName = $"FILE|{StyleFileExtraction.All}",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _sizes = new("--sizes")
    {
        Description = "Long sides to measure at, in pixels; auto uses 64 to 1024 in steps of the square root of 2",
        HelpName = "auto|N,N,...",
        DefaultValueFactory = _ => "auto",
    };

    private readonly IReadOnlyList<(OptionDefinition<StylizeOptions> Definition, Option<string> Option)> _options;

    /// <summary>Adds the arguments and options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">The option that names the result, before the others.</param>
    public StyleExtractInputs(Command command, Option output)
    {
        string[] names = ["style-weights", "network", "pooling", "style-layers", "max-memory"];
        _options = [.. TableOptions.All.Where(option => names.Contains(option.Name))
            .Select(option => (option, TableOptions.Create(option.Name)))];
        Option<string> layers = _options.First(each => each.Definition.Name == "style-layers").Option;
        layers.Description = "Layers to measure: all, or relu1_1,relu2_1,...";
        layers.DefaultValueFactory = _ => LayerSelection.All.ToString();
        _regions.CompletionSources.Add(StyleFileExtraction.All);
        command.Add(_artworks);
        foreach (Option option in (Option[])[output, _regions, _sizes, .. _options.Select(each => each.Option)])
            command.Add(option);
    }

    public IReadOnlyList<PictureSource> Artworks(ParseResult parse)
        => [.. parse.GetRequiredValue(_artworks).Select(path => new PictureSource("artwork", path))];

    public IReadOnlyList<PictureSource> Regions(ParseResult parse)
        => [.. (parse.GetValue(_regions) ?? []).Select(path => new PictureSource("region", path, "region"))];

    public StylizeOptions Options(ParseResult parse) => _options.Aggregate(
        StylizeOptions.Default, (options, each)
            => each.Definition.Change(options, parse.GetRequiredValue(each.Option)));

    /// <summary>Returns the long sides to measure at; null for the default ones.</summary>
    public int[]? Sizes(ParseResult parse)
    {
        string text = parse.GetRequiredValue(_sizes);
        try
        {
            return text == "auto" ? null : [.. text.Split(',').Select(OptionText.ParseWhole)];
        }
        catch (FormatException error)
        {
            throw CliException.Usage($"--sizes: {error.Message}");
        }
    }
}
