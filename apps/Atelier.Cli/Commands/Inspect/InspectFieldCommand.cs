using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect receptive-field</c>: lists the receptive fields of the layers and draws them over a
/// picture. </summary>
internal sealed class InspectFieldCommand
{
    private readonly Host _host;
    private readonly Argument<string?> _picture = new("PICTURE")
    {
        Description = "The picture to draw receptive fields over, or - for standard input; without it, only the " +
            "table is printed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _layers = InspectOptions.Layers("Layers to draw, or all");

    private readonly Option<(int X, int Y)?> _at = new("--at")
    {
        Description = "Column and row of the pixel at the center of the fields [default: the middle]",
        HelpName = "X,Y",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.Split(',') is [string x, string y]
                && int.TryParse(x, out int column) && int.TryParse(y, out int row))
            {
                return (column, row);
            }

            result.AddError($"--at: '{text}' is not a pixel; write its column and row, as in 200,150.");
            return null;
        },
    };

    private readonly InspectOptions _options;

    private InspectFieldCommand(Host host, Command command)
    {
        _host = host;
        command.Add(_picture);
        command.Add(_layers);
        command.Add(_at);
        _options = new InspectOptions(host, command, needsOutput: false);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("receptive-field",
            "List the size, stride and center of each layer's receptive field, and draw the fields over a picture.");
        _ = new InspectFieldCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        PictureSource? source = parse.GetValue(_picture) is string path ? new("picture", path) : null;
        FigureFile? output = _options.Output(parse, source is null ? [] : [source]);
        if (source is null != output is null)
        {
            throw output is null
                ? CliException.Usage("no output file is given for the figure.", "name a file with -o FILE.")
                : CliException.Usage("no picture is given to draw the fields over.", "give one, or leave out -o.");
        }

        if (source is null || output is null)
        {
            Report(parse, ReceptiveField.FromNetwork(DefinitionOf(parse)), [], null);
            return ExitCode.Done;
        }

        using Inspector inspector = _options.CreateInspector(parse);
        Picture picture = _options.Load(parse, source);
        (int x, int y) = parse.GetValue(_at) ?? (picture.Width / 2, picture.Height / 2);
        if (x < 0 || x >= picture.Width || y < 0 || y >= picture.Height)
        {
            throw CliException.Usage(
                $"--at {x},{y} lies outside the picture, which is {picture.Width} x {picture.Height}.",
                $"give columns 0 to {picture.Width - 1} and rows 0 to {picture.Height - 1}.");
        }

        ImmutableArray<EffectiveReceptiveField> fields =
            inspector.EffectiveReceptiveFields(picture, LayerSelection.Parse(parse.GetRequiredValue(_layers)), x, y);
        (Picture figure, string title) = TitledFigure.FromFields(inspector, picture, source.Path, fields, x, y);
        output.Save(figure, title);
        Report(parse, [.. fields.Select(field => field.Field)], fields, output);
        if (!_options.Json(parse))
        {
            Notes.ReportFigure(_host, output.Path, figure);
        }

        return ExitCode.Done;
    }

    /// <summary>Returns the layers of a network; the table does not need its weights.</summary>
    private NetworkDefinition DefinitionOf(ParseResult parse)
    {
        string name = _options.Network(parse);
        if (NetworkDefinition.Known.FirstOrDefault(network => network.Name == name) is NetworkDefinition known)
        {
            return known;
        }

        using Inspector inspector = _options.CreateInspector(parse);
        return inspector.Definition;
    }

    private void Report(
        ParseResult parse, ImmutableArray<ReceptiveField> fields, ImmutableArray<EffectiveReceptiveField> effective,
        FigureFile? output)
    {
        int?[] sides = [.. fields.Select((_, i) =>
            effective.IsEmpty ? (int?)null : effective[i].SideHolding(ReceptiveFieldFigure.Share))];
        if (_options.Json(parse))
        {
            FieldsDocument document = new(output?.FullPath, [.. fields.Select((field, i) =>
                new LayerField(field.Layer, field.Size, field.Stride, field.Center, sides[i]))]);
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.FieldsDocument));
        }
        else if (output?.Path != OutputFile.StandardOutput)
        {
            _host.Out.WriteLine("layer      size  stride  center" + (effective.IsEmpty ? "" : "  effective"));
            foreach ((int i, ReceptiveField field) in fields.Index())
            {
                _host.Out.WriteLine(FormattableString.Invariant(
                    $"{field.Layer,-8} {field.Size,6} {field.Stride,7} {field.Center,7:F1}") +
                    (sides[i] is int side ? $"{side,11}" : ""));
            }
        }
    }
}
