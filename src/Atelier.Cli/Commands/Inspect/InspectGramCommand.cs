using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Inspection;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect gram</c>: a Gram matrix as a heat map, and the difference of two pictures'.</summary>
internal static class InspectGramCommand
{
    private const string ByStrength = "strength", ByNumber = "number";

    public static Command Create(Host host)
    {
        Argument<string> picture = new("PICTURE") { Description = "The picture, or - for standard input" };
        Option<string?> against = new("--against")
        {
            Description = "A second picture: its matrix and the difference are drawn as well",
            HelpName = "FILE",
        };
        Option<string> layer = new("--layer")
        {
            Description = "The layer",
            HelpName = "LAYER",
            DefaultValueFactory = _ => "relu3_1",
        };
        Option<string> order = new("--order")
        {
            Description = "Channels by their strength in PICTURE, or by their number",
            HelpName = $"{ByStrength}|{ByNumber}",
            DefaultValueFactory = _ => ByStrength,
        };
        order.AcceptOnlyFromAmong(ByStrength, ByNumber);
        Command command = new(
            "gram", "Draw a picture's Gram matrix at a layer, and what tells it from another picture's.")
        {
            picture, against, layer, order,
        };
        InspectOptions options = new(host, command, needsOutput: true);
        command.SetAction((ParseResult parse) =>
        {
            PictureSource first = new("picture", parse.GetRequiredValue(picture));
            PictureSource? second = parse.GetValue(against) is string path
                ? new PictureSource("second picture", path, "--against")
                : null;
            FigureFile output = options.Output(parse, second is null ? [first] : [first, second])!;
            using Inspector inspector = options.NewInspector(parse);
            LayerSelection selection = new() { Layers = [(parse.GetRequiredValue(layer), null)] };
            GramMatrix Measure(PictureSource source) => inspector.Grams(options.Load(parse, source), selection)[0];
            GramMatrix gram = Measure(first);
            GramMatrix? other = second is null ? null : Measure(second);
            string title = $"Gram matrix of {gram.Layer}, network {Path.GetFileName(inspector.Definition.Name)}, " +
                $"{gram.Channels} channels";
            Picture figure = new GramFigure
            {
                Title = title,
                First = gram,
                FirstName = InspectOptions.ShownName(first),
                Second = other,
                SecondName = second is null ? "" : InspectOptions.ShownName(second),
                StrongestFirst = parse.GetValue(order) == ByStrength,
            }.Draw();
            output.Save(figure, title);
            if (options.Json(parse))
            {
                GramDocument document = new(output.FullPath, figure.Width, figure.Height, gram.Layer, gram.Channels,
                    other is null ? null : gram.Minus(other).StyleLoss);
                host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.GramDocument));
            }
            else
            {
                Notes.TellFigure(host, output.Path, figure);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
