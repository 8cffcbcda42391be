using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Styles;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Styles;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier style extract</c>: extracts the style of artworks into a style file.</summary>
internal sealed class StyleExtractCommand
{
    private readonly Host _host;
    private readonly Argument<string[]> _artworks = new("ARTWORK")
    {
        Description = "The artwork, or - for standard input; several are blended",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The style file",
        HelpName = "OUT.atelierstyle",
        Required = true,
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
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force") { Description = "Replace a file that is not a style file" };

    private StyleExtractCommand(Host host, Command command)
    {
        _host = host;
        string[] names = ["style-weights", "network", "pooling", "style-layers", "max-memory"];
        _options = [.. TableOptions.All.Where(option => names.Contains(option.Name))
            .Select(option => (option, TableOptions.Create(option.Name)))];
        Option<string> layers = _options.First(each => each.Definition.Name == "style-layers").Option;
        layers.Description = "Layers to measure: all, or relu1_1,relu2_1,...";
        layers.DefaultValueFactory = _ => LayerSelection.All.ToString();
        _regions.CompletionSources.Add(StyleFileExtraction.All);
        command.Add(_artworks);
        foreach (Option option in (Option[])
            [_output, _regions, _sizes, .. _options.Select(each => each.Option), _threads, _json, _force])
            command.Add(option);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command extract = new("extract", "Save the style of artworks in a small file, which --style accepts in " +
            "place of an artwork.");
        _ = new StyleExtractCommand(host, extract);
        return extract;
    }

    private int Run(ParseResult parse)
    {
        string output = parse.GetRequiredValue(_output);
        EngineOptions engine = new() { Threads = parse.GetValue(_threads) };
        StyleStatistics style = new StyleFileExtraction(_host.CreateContext(), engine)
        {
            Artworks = [.. parse.GetRequiredValue(_artworks).Select(path => new PictureSource("artwork", path))],
            Regions = [.. (parse.GetValue(_regions) ?? []).Select(path => new PictureSource("region", path, "region"))],
            Options = _options.Aggregate(
                StylizeOptions.Default,
                (options, each) => each.Definition.Change(options, parse.GetRequiredValue(each.Option))),
            Sizes = SizesOf(parse.GetRequiredValue(_sizes)),
            OutputPath = output,
            Force = parse.GetValue(_force),
        }.Run();
        Report(style, output, parse.GetValue(_json));
        return ExitCode.Done;
    }

    private static int[]? SizesOf(string text)
    {
        try
        {
            return text == "auto" ? null : [.. text.Split(',').Select(OptionText.ParseWhole)];
        }
        catch (FormatException error)
        {
            throw CliException.Usage($"--sizes: {error.Message}");
        }
    }

    private void Report(StyleStatistics style, string output, bool json)
    {
        StyleDocument document = StyleCommand.Describe(style, output);
        if (json)
        {
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.StyleDocument));
            return;
        }

        _host.Error.WriteLine(
            $"{output}  {(document.Bytes + 999) / 1000} kB  {Count.Of(style.Layers.Length, "layer")} of " +
            $"{style.Network} at {string.Join(", ", style.Sizes)} pixels");
    }
}
