using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier style</c>: creates and shows style files.</summary>
internal static class StyleCommand
{
    public static Command Create(Host host)
        => new("style", "Save the style of artworks in a small file, and show what is in it.")
        {
            StyleExtractCommand.Create(host), CreateShow(host),
        };

    /// <summary>Describes a style file.</summary>
    public static StyleDocument Describe(StyleStatistics style, string path) => new(
        Path.GetFullPath(path), new FileInfo(path).Length, style.Network, style.NetworkSha256,
        OptionValues.Format(style.Pooling), style.Layers, style.Sizes);

    private static Command CreateShow(Host host)
    {
        Argument<string> file = new("FILE") { Description = "The style file" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("show", "Show the network, layers and sizes of a style file.") { file, json };
        command.SetAction((ParseResult parse) =>
        {
            string path = parse.GetRequiredValue(file);
            StyleDocument document = Describe(StyleFileInput.Load(path), path);
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(document, Documents.Readable.StyleDocument)
                : $"""
                    network  {document.Network} {document.NetworkSha256}
                    pooling  {document.Pooling}
                    layers   {string.Join(", ", document.Layers)}
                    sizes    {string.Join(", ", document.Sizes)} pixels
                    bytes    {document.Bytes}
                    """);
            return ExitCode.Done;
        });
        return command;
    }
}
