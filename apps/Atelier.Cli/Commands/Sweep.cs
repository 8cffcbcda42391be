using System.Collections.Immutable;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>One sweep from files to a sheet: check every cell, paint one after the other, and after each write all that
/// there is.</summary>
internal sealed class Sweep(Host host, PaintSettings settings)
{
    private readonly List<SweepCellDocument> _done = [];
    private readonly Dictionary<int, Picture> _pictures = [];

    public required PaintSources Sources { get; init; }

    /// <summary>Row by row.</summary>
    public required ImmutableArray<SweepCell> Cells { get; init; }

    public required int Columns { get; init; }

    public required string OutputPath { get; init; }

    /// <summary>Long side of a picture on the sheet.</summary>
    public required int CellSize { get; init; }

    public int Run()
    {
        long start = host.Clock.GetTimestamp();
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => OptionSet.Validate(cell.Options, Sources.Styles.Count));
        InputFile.Require(Sources.All);
        using IPainter painter = host.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(host, settings, OutputPath);
        foreach (SweepCell cell in Cells)
            CheckOf(cell, () => painter.Check(loaded.Request with { Options = cell.Options }));
        SweepFiles files = new(host, OutputPath, Cells.Length, Sources.Paths, settings);
        Notes.Warn(host, host.HasColor && !settings.NoColor, [.. settings.Warnings, .. loaded.Warnings]);
        for (int i = 0; i < Cells.Length && !host.Interrupt.IsCancellationRequested; i++)
        {
            Fill(i, painter, loaded, files);
            files.Save(DrawSheet(), Document(files, start));
        }

        return Tell(files, start);
    }

    private static void CheckOf(SweepCell cell, Action check)
    {
        try
        {
            check();
        }
        catch (OptionsException error)
        {
            throw CliException.Usage($"{cell.Label()}: {error.Message}");
        }
    }

    /// <summary>Paints a cell, unless an earlier sweep did.</summary>
    private void Fill(int index, IPainter painter, LoadedSources loaded, SweepFiles files)
    {
        SweepCell cell = Cells[index];
        Recipe recipe = loaded.Recipe with
        {
            Options = cell.Options,
            Precision = painter.PrecisionFor(cell.Options),
        };
        SweepCellDocument document = new(
            files.CellPath(index), cell.Values, Complete: false, Failure: null, JsonElement.Parse(recipe.ToJson()));
        if (files.Earlier(index, recipe) is Picture earlier)
        {
            Say(index, "is there already");
            _pictures[index] = Shown(earlier);
            _done.Add(document with { Complete = true });
            return;
        }

        Say(index, "");
        try
        {
            using ProgressReporter? reporter = settings.Quiet ? null : new ProgressReporter(host);
            StylizeResult result =
                painter.Stylize(loaded.Request with { Options = cell.Options }, reporter, host.Interrupt);
            _pictures[index] = Shown(result.Picture);
            if (result.IsComplete)
            {
                files.SaveCell(index, recipe.EmbedIn(result.Picture));
            }

            _done.Add(result.IsComplete
                ? document with { Complete = true }
                : document with { File = null, Failure = "interrupted" });
        }
        catch (Exception error) when (error is AtelierException or OutOfMemoryException or OperationCanceledException)
        {
            string failure = Failure.Of(error).Message;
            Notes.Warn(host, host.HasColor && !settings.NoColor, [$"{cell.Label()}: {failure}"]);
            _done.Add(document with { File = null, Failure = failure });
        }
    }

    private void Say(int index, string note)
    {
        if (!settings.Quiet)
        {
            host.Error.WriteLine($"{index + 1}/{Cells.Length}  {Cells[index].Label()}  {note}".TrimEnd());
        }
    }

    private Picture Shown(Picture picture)
    {
        (int width, int height) = Resampler.Fit(
            picture.Width, picture.Height, Math.Min(CellSize, Math.Max(picture.Width, picture.Height)));
        return Resampler.Resize(picture, width, height);
    }

    private Picture DrawSheet()
    {
        string NameOf(PictureSource source) => Path.GetFileName(InputFile.Shown(source.Path));
        return new ContactSheet
        {
            Title = $"{NameOf(Sources.Content!)} - {string.Join(", ", Sources.Styles.Select(NameOf))}",
            Columns = Columns,
            Cells =
            [
                .. Cells.Select((cell, i) => new ContactCell(
                    _pictures.GetValueOrDefault(i),
                    cell.Label("\n") + (_done.ElementAtOrDefault(i)?.Failure is string failure ? $"\n{failure}" : ""))),
            ],
        }.Draw();
    }

    private SweepDocument Document(SweepFiles files, long start) => new(
        files.SheetPath, _done.Count == Cells.Length && _done.TrueForAll(cell => cell.Complete),
        host.Clock.GetElapsedTime(start).TotalSeconds, [.. _done]);

    private int Tell(SweepFiles files, long start)
    {
        SweepDocument document = Document(files, start);
        int missing = Cells.Length - document.Cells.Count(cell => cell.Complete);
        if (host.Interrupt.IsCancellationRequested && missing > 0)
        {
            Notes.Warn(host, host.HasColor && !settings.NoColor,
                [$"interrupted; {missing} of {Cells.Length} are missing. The same command paints only those."]);
        }

        if (!settings.Quiet)
        {
            host.Error.WriteLine(FormattableString.Invariant($"{files.SheetPath}  {document.Seconds:F1} s"));
        }

        if (settings.Json)
        {
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.SweepDocument));
        }

        return missing == 0 ? ExitCode.Done
            : host.Interrupt.IsCancellationRequested ? ExitCode.Interrupted
            : ExitCode.Failed;
    }
}
