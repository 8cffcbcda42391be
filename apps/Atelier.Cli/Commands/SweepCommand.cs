using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Sweeps;
using Atelier.Workshop.Variations;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier sweep</c>: paints a picture for several values of one or two options, on one contact
/// sheet.</summary>
internal static class SweepCommand
{
    public static Command Create(Host host)
    {
        Option<string[]> vary = VariedOption.Create(
            "What to vary and its values, the first across the sheet, the second down: any option, style or preset");
        Option<string> output = SharedOptions.Output();
        output.Description = "The contact sheet, with its pictures in a folder of the same name; or a folder for both";
        Option<int> cellSize = SharedOptions.Whole(
            "--cell-size", "Long side of each picture on the sheet, in pixels; the separate files keep their full " +
                "size", 16, 8192);
        cellSize.DefaultValueFactory = _ => 320;
        Command command = new("sweep", "Paint a photograph for several values of one or two options, on one " +
            "contact sheet.");
        StylizeInputs inputs = new(host, command, vary, output, cellSize);
        QueueChoice queue = new(command, output, cellSize);
        PaintOptions paint = new(command, savesIntermediates: false);
        command.SetAction((ParseResult parse) =>
        {
            ImmutableArray<Variation> variations = [.. (parse.GetValue(vary) ?? [])
                .Select(text => VariedOption.Parse(text, preset => inputs.OptionsOf(parse, preset)))];
            Variation.RequireSheet(variations);
            inputs.RequireNotGiven(parse, variations);
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            PaintChoice choice = paint.Read(parse, recipe);
            (bool quiet, bool noColor) = (choice.Write.Quiet, choice.Write.NoColor);
            Notes.Warn(host, host.HasColor && !noColor, choice.Warnings);
            using JobsReporter? reporter = quiet ? null : new JobsReporter(host);
            Sweep sweep = new(host.CreateContext(quiet, noColor), choice.Settings)
            {
                Cells = Variation.Expand(variations, new Variant(sources, recipe.Options)),
                Columns = variations[0].Values.Length,
                OutputPath = parse.GetValue(output) ?? "",
                CellSize = parse.GetValue(cellSize),
                Progress = reporter,
            };
            if (queue.IsGiven(parse))
            {
                return queue.Add(host, parse, choice.Write, sweep.Expand());
            }

            SweepReport report = sweep.Run();
            reporter?.Dispose();
            return SummaryOf(report).Report(host, choice.Write);
        });
        return command;
    }

    private static JobsSummary SummaryOf(SweepReport report) => new(
        report.Output, report.Seconds, report.CellCount,
        report.CellCount - report.Cells.Count(cell => cell.Complete),
        [.. report.Failures],
        report.ToJson());
}
