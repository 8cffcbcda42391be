using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Sweeps;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier sweep</c>: paints a picture for several values of one or two options, on one contact
/// sheet.</summary>
internal static class SweepCommand
{
    public static Command Create(Host host)
    {
        Option<string[]> vary = new("--vary")
        {
            Description = "An option and its values: the first runs across the sheet, the second down. Separate " +
                "values that contain commas with ;",
            HelpName = "NAME=V1,V2,...",
        };
        Option<string> output = SharedOptions.Output();
        output.Description = "The contact sheet, with its pictures in a folder of the same name; or a folder for both";
        Option<int> cellSize = SharedOptions.Whole(
            "--cell-size", "Long side of each picture on the sheet, in pixels; the separate files keep their full " +
                "size", 16, 8192);
        cellSize.DefaultValueFactory = _ => 320;
        Command command = new("sweep", "Paint a photograph for several values of one or two options, on one " +
            "contact sheet.");
        StylizeInputs inputs = new(host, command, vary, output, cellSize);
        PaintOptions paint = new(command, savesIntermediates: false);
        command.SetAction((ParseResult parse) =>
        {
            ImmutableArray<Variation> variations = [.. (parse.GetValue(vary) ?? []).Select(VariedOption.Parse)];
            Variation.Require(variations);
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            PaintChoice choice = paint.Read(parse, recipe);
            bool quiet = choice.Write.Quiet, color = host.HasColor && !choice.Write.NoColor;
            Notes.Warn(host, color, choice.Warnings);
            SweepReport report = new Sweep(host.CreateContext(quiet, choice.Write.NoColor), choice.Settings)
            {
                Sources = sources,
                Cells = Variation.Expand(variations, recipe.Options),
                Columns = variations[0].Values.Length,
                OutputPath = parse.GetRequiredValue(output),
                CellSize = parse.GetValue(cellSize),
                CreateReporter = () => quiet ? null : new ProgressReporter(host),
            }.Run();
            return Report(host, report, choice.Write, color);
        });
        return command;
    }

    private static int Report(Host host, SweepReport report, WriteSettings write, bool color)
    {
        int missing = report.CellCount - report.Cells.Count(cell => cell.Complete);
        if (host.Interrupt.IsCancellationRequested && missing > 0)
        {
            Notes.Warn(host, color,
                [$"interrupted; {missing} of {report.CellCount} are missing. " +
                    "Run the same command again to paint only those."]);
        }

        if (!write.Quiet)
        {
            host.Error.WriteLine(FormattableString.Invariant($"{report.Output}  {report.Seconds:F1} s"));
        }

        if (write.Json)
        {
            host.Out.WriteLine(report.ToJson());
        }

        return missing == 0 ? ExitCode.Done
            : host.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : ExitCode.Failed;
    }
}
