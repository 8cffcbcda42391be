using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Weights;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier style extract</c>: keeps of artworks what painting in their style takes.</summary>
internal sealed class StyleExtractCommand
{
    private const string All = "all";

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
        Description = "Which part of an artwork is taken (white): one for each, in order",
        HelpName = $"FILE|{All}",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _sizes = new("--sizes")
    {
        Description = "Long sides to measure at, in pixels; auto takes 128 to 1024 in steps of the root of 2",
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
        _regions.CompletionSources.Add(All);
        command.Add(_artworks);
        foreach (Option option in (Option[])
            [_output, _regions, _sizes, .. _options.Select(each => each.Option), _threads, _json, _force])
            command.Add(option);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command extract = new("extract", "Keep the style of artworks in a small file, which --style takes as well.");
        _ = new StyleExtractCommand(host, extract);
        return extract;
    }

    private int Run(ParseResult parse)
    {
        PictureSource[] artworks = [.. parse.GetRequiredValue(_artworks)
            .Select(path => new PictureSource("artwork", path))];
        StylizeOptions options = _options.Aggregate(
            StylizeOptions.Default,
            (options, each) => each.Definition.Change(options, parse.GetRequiredValue(each.Option)));
        OptionSet.Validate(options, artworks.Length);
        int[]? sizes = SizesOf(parse.GetRequiredValue(_sizes));
        PictureSource[] regions = [.. (parse.GetValue(_regions) ?? [])
            .Select(path => new PictureSource("region", path, _regions.Name))];
        string output = parse.GetRequiredValue(_output);
        PictureSource[] sources = [.. artworks, .. regions.Where(region => region.Path != All)];
        InputFile.Require(sources);
        Check(output, [.. sources.Select(source => source.Path), options.Network], parse.GetValue(_force));
        Picture[] pictures = [.. artworks.Select(Load)];
        ImmutableArray<Picture?> masks = [.. regions.Select(region => region.Path == All ? null : Load(region))];
        using IPainter painter = _host.CreatePainter(new EngineOptions { Threads = parse.GetValue(_threads) });
        StyleStatistics style = painter.Extract(pictures, options, sizes, masks);
        _host.Interrupt.ThrowIfCancellationRequested();
        style.Save(output);
        Tell(style, output, parse.GetValue(_json));
        return ExitCode.Done;
    }

    private Picture Load(PictureSource source)
    {
        InputFile file = InputFile.Load(_host, source);
        Notes.Warn(_host, _host.HasColor, file.Warnings);
        return file.Picture;
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

    private static void Check(string output, IReadOnlyList<string> inputs, bool force)
    {
        if (output == OutputFile.StandardOutput)
        {
            throw CliException.Usage("-o: a style file cannot go to standard output.", "name a file.");
        }

        if (PictureFile.WritableExtensions.Contains(Path.GetExtension(output), StringComparer.OrdinalIgnoreCase))
        {
            throw CliException.Usage(
                $"-o '{output}' has the name of a picture, but a style file is none.", "end it in .atelierstyle.");
        }

        OutputFile.RequireNoInput(output, inputs.Where(input => input != InputFile.StandardInput));
        OutputFile.RequireFolder(output);
        if (!force && File.Exists(output) && !IsStyleFile(output))
        {
            throw CliException.Failed(
                "output.exists", $"output '{output}' exists and is not a style file.", "add --force to replace it.");
        }
    }

    private static bool IsStyleFile(string path)
    {
        try
        {
            _ = StyleStatistics.Load(path);
            return true;
        }
        catch (Exception error) when (error is WeightFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Tell(StyleStatistics style, string output, bool json)
    {
        StyleDocument document = StyleCommand.Describe(style, output);
        if (json)
        {
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.StyleDocument));
            return;
        }

        _host.Error.WriteLine(
            $"{output}  {(document.Bytes + 999) / 1000} kB  {style.Layers.Length} layers of {style.Network} at " +
            $"{string.Join(", ", style.Sizes)} pixels");
    }
}
