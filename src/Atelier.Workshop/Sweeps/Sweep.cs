using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Primitives;
using Atelier.Workshop.Batches;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Sweeps;

/// <summary>A sweep from input files to a contact sheet: checks every cell, paints them one by one, and rewrites the
/// sheet after each.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine and encoding settings.</param>
public sealed class Sweep(WorkshopContext context, PaintSettings settings)
{
    /// <summary>The cells, row by row.</summary>
    public required ImmutableArray<Variant> Cells { get; init; }

    /// <summary>Number of cells in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>The contact sheet, or a folder for everything.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Long side of each picture on the sheet.</summary>
    public required int CellSize { get; init; }

    /// <summary>Receives reports, one at a time; null for none.</summary>
    public IProgress<JobsProgress>? Progress { get; init; }

    private bool IsFolder => Directory.Exists(OutputPath) || Path.GetExtension(OutputPath).Length == 0;

    private string Folder => IsFolder ? OutputPath : Path.ChangeExtension(OutputPath, null);

    /// <summary>Paints the missing pictures on the calling thread. A picture that fails leaves its cell empty; a
    /// canceled sweep keeps the sheet as it is at that point.</summary>
    /// <exception cref="AtelierException">The options of a cell or a file cannot be used; nothing has been
    /// painted.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public SweepReport Run()
    {
        long start = context.Clock.GetTimestamp();
        if (OutputPath == OutputFile.StandardOutput)
        {
            throw CodedException.Usage(
                "a sweep writes several files, so it cannot be written to standard output.", "name a file", "output");
        }

        SheetFile? sheet = null;
        JobRunner? running = null;
        using JobRunner runner = new(context, settings, [.. Cells.Select(JobOf)])
        {
            ReplacesEarlier = true,
            Progress = Progress,
            OnEnd = (index, outcome) =>
            {
                if ((outcome.Picture ?? Earlier(outcome)) is Picture picture)
                {
                    sheet!.Put(index, picture);
                }

                Save(running!, sheet!, start);
            },
        };
        running = runner;
        runner.Check();
        sheet = CreateFiles();
        runner.Run();
        return Report(runner, sheet, start);
    }

    /// <summary>Returns the paintings, for a program that paints them elsewhere, under names that say what they were
    /// painted from, such as <c>lake--starry--tv-weight-6.png</c>.</summary>
    /// <exception cref="CodedException">Two of them would have the same name.</exception>
    public ImmutableArray<PaintJob> Expand() =>
    [
        .. Cells.Zip(BatchNames.Of(Cells)).Select(each => new PaintJob(
            each.First.Label(), each.First.Sources, each.First.Options, $"{each.Second}.png")),
    ];

    // A sweep of artworks has regions of its own for each cell.
    private PaintJob JobOf(Variant cell, int index)
    {
        string path = Path.Combine(Folder, $"cell-{index + 1:00}.png");
        bool isOfStyles = cell.Values.ContainsKey(Variation.Style);
        return new PaintJob(cell.Label(), cell.Sources, cell.Options, path)
        {
            RegionsBeside = isOfStyles ? path : OutputPath,
        };
    }

    private static Picture? Earlier(JobOutcome outcome)
        => outcome.State == JobState.Existing ? PictureFile.Load(outcome.Job.OutputPath) : null;

    /// <summary>Creates the folder. Throws if a path cannot be written to or must not be overwritten.</summary>
    private SheetFile CreateFiles()
    {
        string sheet = IsFolder ? Path.Combine(OutputPath, "sheet.png") : OutputPath;
        if (!IsFolder)
        {
            Outputs.OutputPath.RequireFolder(sheet);
        }

        Directory.CreateDirectory(Folder);
        return new SheetFile(context, sheet, Cells.SelectMany(cell => cell.Sources.Paths).Distinct(), settings,
            CellSize);
    }

    private void Save(JobRunner runner, SheetFile sheet, long start)
    {
        Variant first = Cells[0];
        bool isOfStyles = first.Values.ContainsKey(Variation.Style);
        string styles = string.Join(", ", first.Sources.Styles.Select(style => InputFile.ShortName(style.Path)));
        sheet.Save(
            InputFile.ShortName(first.Sources.Content!.Path) + (isOfStyles ? "" : $" - {styles}"), Columns,
            [
                .. Cells.Zip(runner.Outcomes).Select(each => each.First.Label("\n")
                    + (FailureOf(each.Second) is string failure ? $"\n{failure}" : "")),
            ],
            "sweep.json");
        byte[] json = Encoding.UTF8.GetBytes(Report(runner, sheet, start).ToJson());
        AtomicFile.Write(Path.Combine(Folder, "sweep.json"), stream => stream.Write(json));
    }

    private SweepReport Report(JobRunner runner, SheetFile sheet, long start)
    {
        SweepCellReport[] cells = [.. runner.Outcomes.Zip(Cells)
            .Where(each => each.First.State != JobState.Waiting)
            .Select(each => ReportOf(each.First, each.Second))];
        return new SweepReport(
            sheet.Path, runner.Outcomes.All(outcome => outcome.IsDone),
            context.Clock.GetElapsedTime(start).TotalSeconds, cells)
        {
            CellCount = Cells.Length,
            Failures = runner.Failures,
        };
    }

    private static SweepCellReport ReportOf(JobOutcome outcome, Variant cell) => new(
        outcome.IsDone ? Path.GetFullPath(outcome.Job.OutputPath) : null, cell.Values, outcome.IsDone,
        FailureOf(outcome), JsonElement.Parse(outcome.Recipe?.ToJson() ?? "null"));

    private static string? FailureOf(JobOutcome outcome)
        => outcome.Failure?.Message ?? (outcome.State == JobState.Interrupted ? "interrupted" : null);
}
