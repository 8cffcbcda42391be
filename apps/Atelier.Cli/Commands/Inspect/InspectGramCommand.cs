using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Options;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect gram</c>: draws a Gram matrix as a heat map, and the difference between those of two
/// pictures.</summary>
internal sealed class InspectGramCommand
{
    private readonly Host _host;
    private readonly Argument<string> _picture = new("PICTURE")
    {
        Description = "The picture, or - for standard input",
    };

    private readonly Option<string?> _against = new("--against")
    {
        Description = "A second picture; its matrix and the difference are drawn as well",
        HelpName = "FILE",
    };

    private readonly Option<string> _layer = new("--layer")
    {
        Description = "The layer",
        HelpName = "LAYER",
        DefaultValueFactory = _ => "relu3_1",
    };

    private readonly Option<bool> _byNumber = new("--by-number")
    {
        Description = "Order the channels by number instead of by strength in PICTURE",
    };

    private readonly InspectOptions _options;

    private InspectGramCommand(Host host, Command command)
    {
        _host = host;
        command.Add(_picture);
        foreach (Option option in (Option[])[_against, _layer, _byNumber])
            command.Add(option);
        _options = new InspectOptions(host, command, needsOutput: true);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new(
            "gram", "Draw a picture's Gram matrix at a layer, and the difference from another picture's.");
        _ = new InspectGramCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        PictureSource first = new("picture", parse.GetRequiredValue(_picture));
        PictureSource? second = parse.GetValue(_against) is string path
            ? new PictureSource("second picture", path, "against")
            : null;
        FigureFile output = _options.Output(parse, second is null ? [first] : [first, second])!;
        using Inspector inspector = _options.CreateInspector(parse);
        LayerSelection layer = new() { Layers = [(parse.GetRequiredValue(_layer), null)] };
        GramMatrix Measure(PictureSource source) => inspector.Grams(_options.Load(parse, source), layer)[0];
        GramMatrix gram = Measure(first);
        GramMatrix? other = second is null ? null : Measure(second);
        (Picture figure, string title) = TitledFigure.FromGrams(
            inspector, gram, first.Path, other, second?.Path, strongestFirst: !parse.GetValue(_byNumber));
        output.Save(figure, title);
        if (_options.Json(parse))
        {
            GramDocument document = new(output.FullPath, figure.Width, figure.Height, gram.Layer, gram.Channels,
                other is null ? null : gram.Minus(other).StyleLoss);
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.GramDocument));
        }
        else
        {
            Notes.ReportFigure(_host, output.Path, figure);
        }

        return ExitCode.Done;
    }
}
