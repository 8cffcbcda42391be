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
/// <param name="around">The program around it.</param>
/// <param name="settings">How pictures are painted and written.</param>
public sealed class Sweep(Surroundings around, PaintSettings settings)
{
    private readonly List<SweepCellReport> _done = [];
    private readonly Dictionary<int, Picture> _pictures = [];

    /// <summary>What the pictures are made from.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>The cells, row by row.</summary>
    public required ImmutableArray<SweepCell> Cells { get; init; }

    /// <summary>Cells of a row.</summary>
    public required int Columns { get; init; }

    /// <summary>The sheet, or a folder for everything.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Long side of each picture on the sheet.</summary>
    public required int CellSize { get; init; }

    /// <summary>Called when a picture is begun; what it gives is told each step, and disposed when the picture is
    /// there.</summary>
    public Func<IProgress<StylizeProgress>?> NewReporter { get; init; } = () => null;

    /// <summary>Paints what is missing, on the calling thread. A picture that fails leaves its cell empty and is told
    /// as a warning; a run that is cancelled leaves the sheet as it is then.</summary>
    /// <exception cref="AtelierException">A cell's options or a file cannot be used; nothing was painted.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public SweepReport Run()
    {
        long start = around.Clock.GetTimestamp();
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => Sources.RequireValid(cell.Options));
        InputFile.Require(Sources.All);
        using IPainter painter = around.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(
            around, settings.Engine, RegionFiles.Beside(OutputPath, settings.Force));
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => painter.Check(loaded.Request with { Options = cell.Options }));
        SweepFiles files = new(around, OutputPath, Cells.Length, [.. Sources.Paths], settings);
        foreach (string warning in loaded.Warnings)
            around.Tell(new Note(warning, IsWarning: true));
        for (int i = 0; i < Cells.Length && !around.Cancel.IsCancellationRequested; i++)
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
            around.Tell(new Note($"{cell.Label()}: {failure}", IsWarning: true));
            _done.Add(report with { File = null, Failure = failure });
        }
    }

    private StylizeResult Paint(IPainter painter, StylizeRequest request)
    {
        IProgress<StylizeProgress>? reporter = NewReporter();
        using IDisposable? shown = reporter as IDisposable;
        return painter.Stylize(request, reporter, around.Cancel);
    }

    private void Say(int index, string note)
        => around.Tell(new Note($"{index + 1}/{Cells.Length}  {Cells[index].Label()}  {note}".TrimEnd()));

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
        around.Clock.GetElapsedTime(start).TotalSeconds, [.. _done])
    {
        CellCount = Cells.Length,
    };
}
