using System.Globalization;
using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Telemetry;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Jobs.Work;

/// <summary>Paints a picture.</summary>
internal sealed class PictureWork(
    Claim claim, JobSpecification specification, string folder, WorkerOptions options, MemoryBudget budget)
    : JobWork(claim, specification, folder), IProgress<StylizeProgress>
{
    private PaintSources? _sources;
    private Recipe _recipe = new();
    private CancellationToken _cancel;
    private long _lastSave;
    private volatile StylizeProgress? _last;

    // Saving takes time in proportion to the pixels; the share of painting that it takes stays below a few percent.
    private const double SecondsForMegapixel = 10;

    /// <inheritdoc/>
    internal override async Task FetchAsync(IBlobStore blobs, CancellationToken cancel)
    {
        _recipe = Specification.ReadRecipe();
        _sources = await JobInputs.FetchAsync(blobs, Claim.Owner, _recipe, Folder, cancel);
        await FetchCheckpointAsync(blobs, cancel);
    }

    /// <inheritdoc/>
    internal override bool Run(CancellationToken cancel)
    {
        _cancel = cancel;
        _lastSave = options.Clock.GetTimestamp();
        StylizeOptions wanted = _recipe.Options;
        _sources!.RequireValid(wanted);
        using IPainter painter = options.Context.CreatePainter(options.Engine);
        LoadedSources loaded = _sources.Load(options.Context with { Cancel = cancel }, options.Engine);
        Recipe recipe = loaded.Recipe with { Precision = painter.PrecisionFor(wanted), Options = wanted };
        StylizeRequest request = loaded.RequestWith(wanted);
        options.WaitForTurn(cancel);
        using MemoryBudget.Share memory = budget.Take(painter.Check(request).PeakBytes, cancel);
        long start = options.Clock.GetTimestamp();
        StylizeResult Paint(bool resumes) => painter.Stylize(request with
        {
            Checkpoint = new CheckpointOptions
            {
                Path = CheckpointPath,
                Recipe = recipe,
                RecipeNow = () => RecipeToSave(recipe, cancel),
                Every = 1,
                Resume = resumes,
            },
        }, this, cancel);
        StylizeResult result;
        bool resumes = File.Exists(CheckpointPath);
        try
        {
            result = Paint(resumes);
        }
        catch (AtelierException) when (File.Exists(CheckpointPath) && _last is null)
        {
            // It was written on a machine whose engine rounds differently, or is damaged.
            File.Delete(CheckpointPath);
            result = Paint(resumes = false);
        }

        if (result.IsComplete && !resumes)
        {
            JobTelemetry.Paint(options.Clock.GetElapsedTime(start), result.Picture.Width * result.Picture.Height / 1e6);
        }

        if (result.IsComplete)
        {
            PictureFile.Save(recipe.EmbedIn(result.Picture), OutputPath, Specification.Encode);
        }

        return result.IsComplete;
    }

    /// <inheritdoc/>
    internal override Picture? Preview() => _last?.Preview();

    void IProgress<StylizeProgress>.Report(StylizeProgress value)
    {
        options.WaitForTurn(_cancel);
        (_last, Progress) = (value, value.Fraction);
        Activity = string.Create(CultureInfo.InvariantCulture,
            $"{value.Width} × {value.Height}, iteration {value.Iteration} of {value.IterationCount}");
    }

    /// <summary>Returns what is saved after an iteration; null if nothing need be.</summary>
    private Recipe? RecipeToSave(Recipe recipe, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            return recipe;
        }

        double pixels = _last is StylizeProgress last ? (double)last.Width * last.Height : 0;
        TimeSpan pause =
            TimeSpan.FromSeconds(Math.Max(options.CheckInInterval.TotalSeconds, SecondsForMegapixel * pixels / 1e6));
        if (options.Clock.GetElapsedTime(_lastSave) < pause)
        {
            return null;
        }

        _lastSave = options.Clock.GetTimestamp();
        return recipe;
    }
}
