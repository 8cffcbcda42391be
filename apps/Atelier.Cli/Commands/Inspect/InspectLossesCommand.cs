using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Primitives;
using Atelier.Workshop.Figures;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect losses</c>: plots the loss terms of a run from the output of <c>stylize --json</c>.
/// </summary>
internal static class InspectLossesCommand
{
    public static Command Create(Host host)
    {
        Argument<string> run = new("RUN.json")
        {
            Description = "The --json output of a run, or - for standard input",
        };
        Command command = new("losses", "Plot the terms of the objective over the iterations of a run.") { run };
        FigureOptions figure = new(host, command, "an SVG; - writes it", isRequired: true);
        command.SetAction((ParseResult parse) =>
        {
            string path = parse.GetRequiredValue(run);
            InputFile.Require("run", path);
            FigureFile output = figure.Output(parse, [path], [".svg"])!;
            RunFile losses = RunFile.Read(host.CreateContext(), path);
            if (output.Path == OutputFile.StandardOutput)
            {
                host.Out.Write(losses.Draw());
                return ExitCode.Done;
            }

            output.Save(losses.Draw());
            if (figure.Json(parse))
            {
                host.Out.WriteLine(JsonSerializer.Serialize(
                    new FigureDocument(output.FullPath), Documents.Readable.FigureDocument));
            }
            else
            {
                host.Error.WriteLine($"{output.Path}  " +
                    Count.Of(losses.Scales.Sum(scale => scale.Losses.Length), "iteration"));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
