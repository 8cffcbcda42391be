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

/// <summary>The options shared by commands that run a picture through a network: the network, the size and the
/// output.</summary>
internal sealed class InspectOptions
{
    // One of each block: they span the network.
    private const string DefaultLayers = "relu1_1,relu2_1,relu3_1,relu4_1,relu5_1";

    private readonly Host _host;
    private readonly Option<string> _network = TableOptions.Create("network");
    private readonly Option<string> _pooling = TableOptions.Create("pooling");
    private readonly Option<string> _size =
        SharedOptions.Size("Resize the picture to this long side first [default: keep its size]");

    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly FigureOptions _figure;

    public InspectOptions(Host host, Command command, bool needsOutput)
    {
        _host = host;
        Option[] options = [_network, _pooling, _size, _threads];
        foreach (Option option in options)
            command.Add(option);
        _figure = new FigureOptions(host, command, "a PNG, JPEG or PPM by its extension; - writes a PNG", needsOutput);
    }

    public string Network(ParseResult parse) => parse.GetRequiredValue(_network);

    public bool Json(ParseResult parse) => _figure.Json(parse);

    /// <summary>Returns the output file after checking that it may be written; null if none was given.</summary>
    /// <param name="parse">The values given.</param>
    /// <param name="sources">The input pictures, which must exist.</param>
    public FigureFile? Output(ParseResult parse, params IReadOnlyList<PictureSource> sources)
    {
        InputFile.Require([.. sources]);
        FigureFile? output = _figure.Output(
            parse, [.. sources.Select(source => source.Path), Network(parse)], ImageFormats.WritableExtensions);
        _host.RequireNoTerminal(output?.Path ?? "");
        return output;
    }

    /// <summary>Opens the network.</summary>
    public Inspector CreateInspector(ParseResult parse) => new(
        NetworkCache.ForCurrentUser().Find(Network(parse)),
        OptionValues.Parse<Pooling>(parse.GetRequiredValue(_pooling)),
        new EngineOptions { Threads = parse.GetValue(_threads) });

    /// <summary>Reads a picture at the requested size.</summary>
    public Picture Load(ParseResult parse, PictureSource source)
    {
        InputFile file = InputFile.Load(_host.CreateContext(), source);
        Notes.Warn(_host, _host.HasColor, file.Warnings);
        return parse.GetValue(_size) is string size
            ? SharedOptions.Resized(file.Picture, TableOptions.Size.Change(StylizeOptions.Default, size).Size)
            : file.Picture;
    }

    /// <summary>Creates an option that selects layers.</summary>
    public static Option<string> Layers(string help)
    {
        Option<string> layers = new("--layers")
        {
            Description = help,
            HelpName = "LAYERS",
            DefaultValueFactory = _ => DefaultLayers,
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
