using System.Collections.Immutable;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Workshop.Sweeps;

/// <summary>A sweep from input files to a contact sheet: checks every cell, paints them one by one, and rewrites the
/// sheet after each.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine and encoding settings.</param>
public sealed class Sweep(WorkshopContext context, PaintSettings settings)
{
    private readonly List<SweepCellReport> _done = [];
    private readonly Dictionary<int, Picture> _pictures = [];

    /// <summary>The input files.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>The cells, row by row.</summary>
    public required ImmutableArray<SweepCell> Cells { get; init; }

    /// <summary>Number of cells in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>The contact sheet, or a folder for everything.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Long side of each picture on the sheet.</summary>
    public required int CellSize { get; init; }

    /// <summary>Called before each picture is painted. The returned reporter receives every progress report and is
    /// disposed when the picture is complete, if it is disposable; null reports nothing.</summary>
    public Func<IProgress<StylizeProgress>?> CreateReporter { get; init; } = () => null;

    /// <summary>Paints the missing pictures on the calling thread. A picture that fails leaves its cell empty and
    /// causes a warning; a canceled sweep keeps the sheet as it is at that point.</summary>
    /// <exception cref="AtelierException">The options of a cell or a file cannot be used; nothing has been
    /// painted.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public SweepReport Run()
    {
        long start = context.Clock.GetTimestamp();
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => Sources.RequireValid(cell.Options));
        InputFile.Require(Sources.All);
        using IPainter painter = context.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(
            context, settings.Engine, RegionFiles.Beside(OutputPath, settings.Force));
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => painter.Check(loaded.Request with { Options = cell.Options }));
        SweepFiles files = new(context, OutputPath, Cells.Length, [.. Sources.Paths], settings);
        foreach (string warning in loaded.Warnings)
            context.Report(new Note(warning, IsWarning: true));
        for (int i = 0; i < Cells.Length && !context.Cancel.IsCancellationRequested; i++)
        {
            Fill(i, painter, loaded, files);
            files.Save(DrawSheet(), Report(files, start));
        }

        return Report(files, start);
    }

    private static void CheckOf(SweepCell cell, Action check)
    {
        try
        {
            check();
        }
        catch (OptionsException error)
        {
            throw CodedException.Usage($"{cell.Label()}: {error.Message}");
        }
    }

    /// <summary>Paints a cell, unless an earlier sweep has already painted it.</summary>
    private void Fill(int index, IPainter painter, LoadedSources loaded, SweepFiles files)
    {
        SweepCell cell = Cells[index];
        Recipe recipe = loaded.Recipe with
        {
            Options = cell.Options,
            Precision = painter.PrecisionFor(cell.Options),
        };
        SweepCellReport report = new(
            files.CellPath(index), cell.Values, Complete: false, Failure: null, JsonElement.Parse(recipe.ToJson()));
        if (files.Earlier(index, recipe) is Picture earlier)
        {
            Say(index, "already exists");
            _pictures[index] = Shown(earlier);
            _done.Add(report with { Complete = true });
            return;
        }

        Say(index, "");
        try
        {
            StylizeResult result = Paint(painter, loaded.Request with { Options = cell.Options });
            _pictures[index] = Shown(result.Picture);
            if (result.IsComplete)
            {
                files.SaveCell(index, recipe.EmbedIn(result.Picture));
            }

            _done.Add(result.IsComplete
                ? report with { Complete = true }
                : report with { File = null, Failure = "interrupted" });
        }
        catch (Exception error) when (error is AtelierException or OutOfMemoryException or OperationCanceledException)
        {
            string failure = Failure.FromException(error).Message;
            context.Report(new Note($"{cell.Label()}: {failure}", IsWarning: true));
            _done.Add(report with { File = null, Failure = failure });
        }
    }

    private StylizeResult Paint(IPainter painter, StylizeRequest request)
    {
        IProgress<StylizeProgress>? reporter = CreateReporter();
        using IDisposable? shown = reporter as IDisposable;
        return painter.Stylize(request, reporter, context.Cancel);
    }

    private void Say(int index, string note)
        => context.Report(new Note($"{index + 1}/{Cells.Length}  {Cells[index].Label()}  {note}".TrimEnd()));

    private Picture Shown(Picture picture)
    {
        (int width, int height) = Resampler.Fit(
            picture.Width, picture.Height, Math.Min(CellSize, Math.Max(picture.Width, picture.Height)));
        return Resampler.Resize(picture, width, height);
    }

    private Picture DrawSheet() => new ContactSheet
    {
        Title = $"{InputFile.ShortName(Sources.Content!.Path)} - " +
            string.Join(", ", Sources.Styles.Select(style => InputFile.ShortName(style.Path))),
        Columns = Columns,
        Cells =
        [
            .. Cells.Select((cell, i) => new ContactCell(
                _pictures.GetValueOrDefault(i),
                cell.Label("\n") + (_done.ElementAtOrDefault(i)?.Failure is string failure ? $"\n{failure}" : ""))),
        ],
    }.Draw();

    private SweepReport Report(SweepFiles files, long start) => new(
        files.SheetPath, _done.Count == Cells.Length && _done.TrueForAll(cell => cell.Complete),
        context.Clock.GetElapsedTime(start).TotalSeconds, [.. _done])
    {
        CellCount = Cells.Length,
    };
}
