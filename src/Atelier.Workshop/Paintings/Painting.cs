using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Paintings;

/// <summary>A run from input files to an output file: it checks, loads, paints and writes. A canceled run writes the
/// best picture so far.</summary>
/// <param name="context">The services of the program that runs it.</param>
/// <param name="settings">The engine, encoding and checkpoint settings.</param>
public sealed class Painting(WorkshopContext context, PaintSettings settings)
{
    /// <summary>The input files.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>Additional input files, which the output never replaces.</summary>
    public IReadOnlyList<string> AdditionalInputs { get; init; } = [];

    /// <summary>The options of the style transfer.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>The output file, or <c>-</c> for standard output.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Called when painting starts. The returned reporter receives every progress report and is disposed at
    /// the end if it is disposable; null reports nothing.</summary>
    public Func<IProgress<StylizeProgress>?> CreateReporter { get; init; } = () => null;

    private IEnumerable<string> InputPaths
        => Sources.Paths.Concat(AdditionalInputs.Where(path => path != InputFile.StandardInput));

    /// <summary>Performs the run on the calling thread.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used, or must not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before there was a picture to
    /// write.</exception>
    public PaintingResult Run()
    {
        long start = context.Clock.GetTimestamp();
        OutputFile output = Check();
        using IPainter painter = context.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(
            context, settings.Engine, RegionFiles.Beside(OutputPath, settings.Force));
        Recipe recipe = loaded.Recipe with { Precision = painter.PrecisionFor(Options), Options = Options };
        StylizeRequest request = loaded.RequestWith(Options) with
        {
            Checkpoint = settings.HasCheckpoint ? CheckpointOf(output, recipe) : null,
        };
        output.RequireSize(request);
        foreach (string warning in loaded.Warnings.Concat(painter.Check(request).Warnings))
            context.Report(new Note(warning, IsWarning: true));
        StylizeResult result = Paint(painter, request, recipe, output);
        output.Save(recipe.EmbedIn(result.Picture));
        if (settings.HasCheckpoint && result.IsComplete)
        {
            File.Delete(output.CheckpointPath);
        }

        List<string> warnings = [.. loaded.Warnings, .. result.Warnings, .. output.GetWarnings(result.Picture)];
        return new PaintingResult(
            result, recipe, output, warnings, context.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private OutputFile Check()
    {
        Sources.Require(Options);
        if (OutputPath == OutputFile.StandardOutput && settings.HasCheckpoint)
        {
            throw CodedException.Usage(
                "a checkpoint cannot be saved beside standard output.", "name a file", "output");
        }

        // The resumed run writes again what the unfinished run has already written.
        bool force = settings.Force || (settings.Resume && File.Exists(OutputFile.GetCheckpointPath(OutputPath)));
        OutputFile output = new(context, OutputPath, InputPaths, force, settings.Encode);
        if (settings.HasCheckpoint)
        {
            output.RequireCheckpoint(InputPaths, force);
        }

        if (settings.SaveEvery > 0)
        {
            output.RequireReplaceableIntermediates(force);
        }

        return output;
    }

    private CheckpointOptions CheckpointOf(OutputFile output, Recipe recipe)
    {
        bool isThere = File.Exists(output.CheckpointPath);
        if (settings.Resume && !isThere)
        {
            context.Report(new Note(
                $"there is no checkpoint '{output.CheckpointPath}'; the run starts over.", IsWarning: true));
        }

        return new CheckpointOptions
        {
            Path = output.CheckpointPath,
            Recipe = recipe,
            Every = settings.SaveEvery,
            Resume = settings.Resume && isThere,
        };
    }

    private StylizeResult Paint(IPainter painter, StylizeRequest request, Recipe recipe, OutputFile output)
    {
        IProgress<StylizeProgress>? reporter = CreateReporter();
        using IDisposable? shown = reporter as IDisposable;
        IntermediateSaver? saver =
            settings.SaveEvery > 0 ? new IntermediateSaver(settings.SaveEvery, recipe, output) : null;
        context.Cancel.ThrowIfCancellationRequested();
        return painter.Stylize(request, new ProgressFork<StylizeProgress>(reporter, saver), context.Cancel);
    }

    /// <summary>Writes intermediate pictures at regular intervals over the whole run.</summary>
    private sealed class IntermediateSaver(int every, Recipe recipe, OutputFile output) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
        {
            if (value.RunIteration % every == 0)
            {
                output.SaveIntermediate(recipe.EmbedIn(value.Preview()), value.RunIteration);
            }
        }
    }
}

/// <summary>The outcome of a run whose picture has been written.</summary>
/// <param name="Result">The picture, its losses, and whether the run was completed.</param>
/// <param name="Recipe">The recipe that is stored in the picture.</param>
/// <param name="Output">The file that was written.</param>
/// <param name="Warnings">Warnings for the user.</param>
/// <param name="Seconds">Total time, including loading and writing.</param>
public sealed record PaintingResult(
    StylizeResult Result, Recipe Recipe, OutputFile Output, IReadOnlyList<string> Warnings, double Seconds);
