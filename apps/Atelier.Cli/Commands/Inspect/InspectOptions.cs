using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands.Inspect;

/// <summary>What all commands have that show a picture to a network: which network, at what size, and where the figure
/// goes.</summary>
internal sealed class InspectOptions
{
    private readonly Host _host;
    private readonly Option<string> _network = TableOptions.Create("network");
    private readonly Option<string> _pooling = TableOptions.Create("pooling");
    private readonly Option<string> _size =
        SharedOptions.Size("Resize the picture to this long side first [default: as it is]");

    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly FigureOptions _figure;

    public InspectOptions(Host host, Command command, bool needsOutput)
    {
        _host = host;
        Option[] options = [_network, _pooling, _size, _threads];
        foreach (Option option in options)
            command.Add(option);
        _figure = new FigureOptions(host, command, "a PNG, JPEG or PPM by its extension; - is a PNG", needsOutput);
    }

    public string Network(ParseResult parse) => parse.GetRequiredValue(_network);

    public bool Json(ParseResult parse) => _figure.Json(parse);

    /// <summary>Where the figure goes, after a check that it may go there; null when that was not said.</summary>
    /// <param name="parse">The values given.</param>
    /// <param name="sources">The pictures that are read, which must be there.</param>
    public FigureFile? Output(ParseResult parse, params IReadOnlyList<PictureSource> sources)
    {
        InputFile.Require([.. sources]);
        FigureFile? output = _figure.Output(
            parse, [.. sources.Select(source => source.Path), Network(parse)], PictureFile.WritableExtensions);
        _host.RequireNoTerminal(output?.Path ?? "");
        return output;
    }

    /// <summary>Opens the network.</summary>
    public Inspector NewInspector(ParseResult parse) => new(
        NetworkCache.OfUser().Find(Network(parse)), OptionWords.Parse<Pooling>(parse.GetRequiredValue(_pooling)),
        new EngineOptions { Threads = parse.GetValue(_threads) });

    /// <summary>Reads a picture, at the size that was asked for.</summary>
    public Picture Load(ParseResult parse, PictureSource source)
    {
        InputFile file = InputFile.Load(_host.Around(), source);
        Notes.Warn(_host, _host.HasColor, file.Warnings);
        return parse.GetValue(_size) is string size
            ? SharedOptions.Resized(file.Picture, TableOptions.Size.Change(StylizeOptions.Default, size).Size)
            : file.Picture;
    }

    /// <summary>An option that names layers; by default those that carry the style, which span the network.</summary>
    public static Option<string> Layers(string help)
    {
        Option<string> layers = new("--layers")
        {
            Description = help,
            HelpName = "LAYERS",
            DefaultValueFactory =
                _ => string.Join(',', StylizeOptions.Default.StyleLayers.Layers.Select(layer => layer.Name)),
        };
        layers.CompletionSources.Add("all");
        layers.Validators.Add(result =>
        {
            try
            {
                LayerSelection.Parse(result.GetRequiredValue(layers));
            }
            catch (FormatException error)
            {
                result.AddError($"--layers: {error.Message}");
            }
        });
        return layers;
    }
}
