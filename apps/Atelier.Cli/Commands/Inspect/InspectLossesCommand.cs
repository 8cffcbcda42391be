using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Inspection;
using Atelier.Losses;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect losses</c>: how the terms fell over a run, from what <c>stylize --json</c> printed.
/// </summary>
internal static class InspectLossesCommand
{
    public static Command Create(Host host)
    {
        Argument<string> run = new("RUN.json")
        {
            Description = "What a run printed with --json, or - for standard input",
        };
        Command command = new("losses", "Draw the terms of the objective over the steps of a run.") { run };
        FigureOptions figure = new(host, command, "an SVG; - writes it", isRequired: true);
        command.SetAction((ParseResult parse) =>
        {
            string path = parse.GetRequiredValue(run);
            InputFile.Require("run", path);
            FigureFile output = figure.Output(parse, [path], [".svg"])!;
            RunDocument document = Read(host, path);
            string title = document.Recipe?.Content is { Path: string content }
                ? $"Losses of {Path.GetFileName(content)} in the style of " +
                    string.Join(", ", (document.Recipe.Styles ?? []).Select(style => Path.GetFileName(style.Path)))
                : "Losses of a run";
            output.Save(new LossPlot { Title = title, Scales = [.. document.Scales!] }.Draw());
            if (figure.Json(parse))
            {
                host.Out.WriteLine(JsonSerializer.Serialize(
                    new FigureDocument(output.FullPath), Documents.Readable.FigureDocument));
            }
            else if (output.Path != OutputFile.StandardOutput)
            {
                host.Error.WriteLine($"{output.Path}  {document.Scales!.Sum(scale => scale.Losses.Length)} steps");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static RunDocument Read(Host host, string path)
    {
        const string Next = "make one with 'atelier stylize … --json > run.json'.";
        string shown = InputFile.Shown(path);
        RunDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(InputFile.ReadBytes(host, path), Documents.Readable.RunDocument);
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is long line ? $", line {line + 1}" : "";
            throw CliException.Failed("run.format", $"{shown}{place}: this is not the JSON of a run.", Next);
        }

        return document?.Scales is { Count: > 0 } scales && scales.All(IsWhole)
            && scales.Any(scale => scale.Losses.Any(loss => loss > 0))
            ? document
            : throw CliException.Failed(
                "run.format", $"{shown} holds no losses: 'scales' with 'losses' above 0 were expected.", Next);
    }

    private static bool IsWhole(ScaleReport? scale)
        => scale is { Losses.IsDefault: false, Terms.IsDefault: false }
            && scale.Terms.All(term => term is { Name: not null, Values.IsDefault: false });
}
