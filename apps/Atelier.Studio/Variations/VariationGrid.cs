using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Variations;

/// <summary>Drafts that are painted one after another, in memory. One that fails leaves the others as they
/// are.</summary>
public sealed class VariationGrid : IDisposable
{
    private readonly SideWork _work;
    private readonly StudioFolder _folder;
    private readonly RemainingTime _remaining = new(TimeProvider.System);
    private readonly Lock _lock = new();
    private ImmutableArray<DraftCell> _cells;
    private CancellationTokenSource _end = new();
    private bool _isRunning;
    private (string Styles, LoadedSources Loaded)? _loaded;

    internal VariationGrid(VariationPlan plan, SideWork work, StudioFolder folder)
    {
        (Plan, _work, _folder) = (plan, work, folder);
        _cells = [.. plan.Cells.Select(cell => new DraftCell(cell))];
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>Identifies the grid in addresses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What it shows.</summary>
    public VariationPlan Plan { get; }

    /// <summary>The drafts, row by row.</summary>
    public ImmutableArray<DraftCell> Cells
    {
        get
        {
            lock (_lock)
            {
                return _cells;
            }
        }
    }

    /// <summary>Whether it is being painted, or waits to be.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_lock)
            {
                return _isRunning;
            }
        }
    }

    /// <summary>Number of drafts that are done, or have failed.</summary>
    public int DoneCount => Cells.Count(cell => !cell.IsMissing);

    /// <summary>Seconds until all are done; null if not known.</summary>
    public double? SecondsLeft => IsRunning ? _remaining.Seconds : null;

    /// <summary>Paints the drafts that are missing, unless it is at it.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
            _end = new CancellationTokenSource();
            CancellationToken cancel = _end.Token;
            _ = Task.Run(() => PaintAsync(cancel), CancellationToken.None);
        }

        Changed?.Invoke();
    }

    /// <summary>Ends painting; what is painted stays.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _end.Cancel();
        }
    }

    /// <inheritdoc cref="Cancel"/>
    public void Dispose() => Cancel();

    /// <summary>Keeps a draft among the results, unless that has happened already.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The result; null if there is no picture yet.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public StoredPicture? Keep(int index)
    {
        DraftCell cell = Cells[index];
        if (cell.Png is not byte[] png || cell.Kept is not null)
        {
            return cell.Kept;
        }

        StoredPicture kept = _folder.Create(PictureKind.Results, cell.Plan.ResultName, stream => stream.Write(png));
        Set(index, each => each with { Kept = kept });
        return kept;
    }

    private async Task PaintAsync(CancellationToken cancel)
    {
        try
        {
            using IDisposable hold = await _work.HoldAsync(cancel);
            _remaining.Restart();
            for (int i = 0; i < Cells.Length; i++)
            {
                if (Cells[i].IsMissing)
                {
                    await PaintAsync(i, cancel);
                    _remaining.Report((double)DoneCount / Cells.Length);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What is painted stays.
        }

        _loaded = null;
        lock (_lock)
        {
            _isRunning = false;
        }

        Changed?.Invoke();
    }

    private async Task PaintAsync(int index, CancellationToken cancel)
    {
        Set(index, cell => cell with { IsPainting = true });
        byte[]? png = null;
        Failure? failure = null;
        try
        {
            png = await _work.RunAsync((stylizer, stop) => Paint(Cells[index].Plan, stylizer, stop), cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failure = Failure.FromException(error);
        }
        finally
        {
            Set(index, cell => cell with { IsPainting = false, Png = png, Failure = failure });
        }
    }

    private byte[] Paint(PlannedDraft draft, Stylizer stylizer, CancellationToken cancel)
    {
        PaintSources sources = draft.Variant.Sources;
        StylizeOptions options = draft.Variant.Options;
        sources.Require(options);
        StylizeOptions found = NetworkCache.ForCurrentUser().Resolve(options);
        LoadedSources loaded = Load(sources, cancel);
        StylizeResult result = stylizer.Stylize(loaded.RequestWith(found), null, cancel);
        cancel.ThrowIfCancellationRequested();
        Recipe recipe = loaded.Recipe with { Precision = stylizer.PrecisionFor(found), Options = options };
        using MemoryStream png = new();
        PictureFile.Save(recipe.EmbedIn(result.Picture), png, ".png");
        return png.ToArray();
    }

    /// <summary>Reads the files, unless they are those of the draft before; the photograph may be large.</summary>
    private LoadedSources Load(PaintSources sources, CancellationToken cancel)
    {
        string styles = string.Join('\n', sources.Styles.Select(style => style.Path));
        if (_loaded is not (string before, LoadedSources loaded) || before != styles)
        {
            loaded = sources.Load(new WorkshopContext { Cancel = cancel }, _work.Engine);
            _loaded = (styles, loaded);
        }

        return loaded;
    }

    private void Set(int index, Func<DraftCell, DraftCell> change)
    {
        lock (_lock)
        {
            _cells = _cells.SetItem(index, change(_cells[index]));
        }

        Changed?.Invoke();
    }
}
