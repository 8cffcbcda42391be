using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Primitives;
using Atelier.Styles;
using Atelier.Workshop.Engines;
using Atelier.Workshop.Styles;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier style extract</c>: extracts the style of artworks into a style file.</summary>
internal static class StyleExtractCommand
{
    public static Command Create(Host host)
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "The style file",
            HelpName = $"OUT{StyleFileExtraction.Extension}",
            Required = true,
        };
        Option<string> engine = SharedOptions.Engine();
        Option<int> threads = SharedOptions.Threads();
        Option<bool> json = SharedOptions.Json();
        Option<bool> force = new("--force") { Description = "Replace a file that is not a style file" };
        Command extract = new("extract", "Save the style of artworks in a small file, which --style accepts in " +
            "place of an artwork.");
        StyleExtractInputs inputs = new(extract, output);
        foreach (Option option in (Option[])[engine, threads, json, force])
            extract.Add(option);
        extract.SetAction((ParseResult parse) =>
        {
            string path = parse.GetRequiredValue(output);
            EngineOptions options = EngineCatalog.Select(parse.GetValue(engine)!, parse.GetValue(threads));
            StyleStatistics style = new StyleFileExtraction(host.CreateContext(), options)
            {
                Artworks = inputs.Artworks(parse),
                Regions = inputs.Regions(parse),
                Options = inputs.Options(parse),
                Sizes = inputs.Sizes(parse),
                OutputPath = path,
                Force = parse.GetValue(force),
            }.Run();
            Report(host, style, path, parse.GetValue(json));
            return ExitCode.Done;
        });
        return extract;
    }

    private static void Report(Host host, StyleStatistics style, string output, bool json)
    {
        StyleDocument document = StyleCommand.Describe(style, output);
        if (json)
        {
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.StyleDocument));
            return;
        }

        host.Error.WriteLine(
            $"{output}  {(document.Bytes + 999) / 1000} kB  {Count.Of(style.Layers.Length, "layer")} of " +
            $"{style.Network} at {string.Join(", ", style.Sizes)} pixels");
    }
}
