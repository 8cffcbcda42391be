using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect features</c>: draws feature maps as a contact sheet, strongest channels first.
/// </summary>
internal static class InspectFeaturesCommand
{
    private const int StandardChannels = 15;

    public static Command Create(Host host)
    {
        Argument<string> picture = new("PICTURE") { Description = "The picture, or - for standard input" };
        Option<string> layers = InspectOptions.Layers("Layers to show, or all");
        Option<int> channels = SharedOptions.Whole(
            "--channels", "Maximum number of channels to show per layer, strongest first", 1, 4096);
        channels.DefaultValueFactory = _ => StandardChannels;
        Command command = new("features", "Draw the feature maps of a picture at some layers, strongest channels " +
            "first.")
        {
            picture, layers, channels,
        };
        InspectOptions options = new(host, command, needsOutput: true);
        command.SetAction((ParseResult parse) =>
        {
            PictureSource source = new("picture", parse.GetRequiredValue(picture));
            FigureFile output = options.Output(parse, source)!;
            using Inspector inspector = options.CreateInspector(parse);
            Picture shown = options.Load(parse, source);
            ImmutableArray<LayerFeatures> features =
                inspector.Features(shown, LayerSelection.Parse(parse.GetRequiredValue(layers)));
            (Picture figure, string title) = TitledFigure.FromFeatures(
                inspector, shown, source.Path, features, parse.GetValue(channels));
            output.Save(figure, title);
            if (options.Json(parse))
            {
                FeaturesDocument document = new(
                    output.FullPath, figure.Width, figure.Height, [.. features.Select(Describe)]);
                host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.FeaturesDocument));
            }
            else
            {
                Notes.ReportFigure(host, output.Path, figure);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static LayerChannels Describe(LayerFeatures layer) => new(layer.Layer, layer.Width, layer.Height,
        [.. layer.StrongestFirst.Select(channel => new ChannelStrength(channel, layer.Strengths[channel]))]);
}
