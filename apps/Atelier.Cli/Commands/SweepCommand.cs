using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier sweep</c>: the same picture over the values of one or two options, on one sheet.</summary>
internal static class SweepCommand
{
    private const int MostVariations = 2;
    private const int MostCells = 400;

    public static Command Create(Host host)
    {
        Option<string[]> vary = new("--vary")
        {
            Description = "An option and its values: the first across the sheet, a second one down. " +
                "Values that hold commas are parted by ;",
            HelpName = "NAME=V1,V2,...",
        };
        Option<string> output = SharedOptions.Output();
        output.Description = "The sheet, with its pictures in a folder of that name; or a folder for all of it";
        Option<int> cellSize = SharedOptions.Whole(
            "--cell-size", "Long side of a picture on the sheet, in pixels; the files keep theirs", 16, 8192);
        cellSize.DefaultValueFactory = _ => 320;
        Command command = new("sweep", "Paint a photograph over the values of one or two options, as one sheet.");
        StylizeInputs inputs = new(host, command, vary, output, cellSize);
        PaintOptions paint = new(command, savesSteps: false);
        command.SetAction((ParseResult parse) =>
        {
            ImmutableArray<Variation> variations = Variations(parse.GetValue(vary) ?? []);
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            return new Sweep(host, paint.Read(parse, recipe))
            {
                Sources = sources,
                Cells = Cells(variations, recipe.Options),
                Columns = variations[0].Values.Length,
                OutputPath = parse.GetRequiredValue(output),
                CellSize = parse.GetValue(cellSize),
            }.Run();
        });
        return command;
    }

    private static ImmutableArray<Variation> Variations(string[] given)
    {
        if (given.Length is 0 or > MostVariations)
        {
            throw CliException.Usage(
                given.Length == 0
                    ? "nothing is varied."
                    : $"{given.Length} options are varied, but a sheet has two sides.",
                "write one or two like --vary style-weight=0.5,1,2 --vary tv-weight=0,6.");
        }

        ImmutableArray<Variation> variations = [.. given.Select(Variation.Parse)];
        if (variations.DistinctBy(variation => variation.Option).Count() < variations.Length)
        {
            throw CliException.Usage($"--vary: {variations[0].Name} is varied twice.", "name all its values once.");
        }

        int cells = variations.Aggregate(1, (count, variation) => count * variation.Values.Length);
        return cells <= MostCells
            ? variations
            : throw CliException.Usage($"a sheet of {cells} pictures is too large.", $"{MostCells} are the most.");
    }

    /// <summary>Row by row: the first variation's values across, the second one's down.</summary>
    private static ImmutableArray<SweepCell> Cells(ImmutableArray<Variation> variations, StylizeOptions options)
    {
        SweepCell[] cells = [new SweepCell(options, ImmutableSortedDictionary<string, string>.Empty)];
        foreach (Variation variation in variations.Reverse())
            cells = [.. cells.SelectMany(cell => variation.Values.Select(value => cell.With(variation, value)))];
        return [.. cells];
    }
}

/// <summary>One picture of a sweep: the options, and what of them is varied.</summary>
internal sealed record SweepCell(StylizeOptions Options, ImmutableSortedDictionary<string, string> Values)
{
    public SweepCell With(Variation variation, string value)
        => new(variation.Option.Change(Options, value), Values.SetItem(variation.Name, value));

    /// <summary>As in <c>style-weight 2, tv-weight 0</c>.</summary>
    public string Label(string separator = ", ")
        => string.Join(separator, Values.Select(value => $"{value.Key} {value.Value}"));
}
