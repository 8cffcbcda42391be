using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Paintings;

/// <summary>One painting from files to a file: check, load, paint, write. A run that is cancelled writes the best
/// picture so far.</summary>
/// <param name="around">The program around it.</param>
/// <param name="settings">How it is painted and written.</param>
public sealed class Painting(Surroundings around, PaintSettings settings)
{
    /// <summary>What it is made from.</summary>
    public required PaintSources Sources { get; init; }

    /// <summary>Additional input files, which the output never replaces.</summary>
    public IReadOnlyList<string> AlsoRead { get; init; } = [];

    /// <summary>How it is to look.</summary>
    public required StylizeOptions Options { get; init; }

    /// <summary>The file that it goes to, or <c>-</c>.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Called when the painting begins; what it gives is told each step, and disposed when the painting
    /// ends.</summary>
    public Func<IProgress<StylizeProgress>?> NewReporter { get; init; } = () => null;

    private IEnumerable<string> InputPaths
        => Sources.Paths.Concat(AlsoRead.Where(path => path != InputFile.StandardInput));

    /// <summary>Paints it, on the calling thread.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A file cannot be used, or must not be replaced.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was anything to show.</exception>
    public PaintingResult Run()
    {
        long start = around.Clock.GetTimestamp();
        OutputFile output = Check();
        using IPainter painter = around.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(
            around, settings.Engine, RegionFiles.Beside(OutputPath, settings.Force));
        Recipe recipe = loaded.Recipe with { Precision = painter.PrecisionFor(Options), Options = Options };
        StylizeRequest request = loaded.Request with
        {
            Options = Options,
            Checkpoint = settings.HasCheckpoint ? CheckpointOf(output, recipe) : null,
        };
        StylizeResult result = Paint(painter, request, recipe, output);
        output.Save(recipe.EmbedIn(result.Picture));
        if (settings.HasCheckpoint && result.IsComplete)
        {
            File.Delete(output.CheckpointPath);
        }

        List<string> warnings = [.. loaded.Warnings, .. result.Warnings];
        if (output.LosesAlphaOf(result.Picture))
        {
            warnings.Add("the photograph is partly transparent; only PNG can store transparency.");
        }

        return new PaintingResult(
            result, recipe, output, warnings, around.Clock.GetElapsedTime(start).TotalSeconds);
    }

    private OutputFile Check()
    {
        Sources.Require(Options);
        if (OutputPath == OutputFile.StandardOutput && settings.HasCheckpoint)
        {
            throw CodedException.Usage(
                "standard output has no place beside it for the state of a run.", "name a file", "output");
        }

        // The resumed run writes again what the unfinished run has already written.
        bool force = settings.Force || (settings.Resume && File.Exists(OutputFile.CheckpointOf(OutputPath)));
        OutputFile output = new(around, OutputPath, InputPaths, force, settings.Encode);
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
            around.Tell(new Note(
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
        IProgress<StylizeProgress>? reporter = NewReporter();
        using IDisposable? shown = reporter as IDisposable;
        IntermediateSaver? saver = settings.SaveEvery > 0 ? new IntermediateSaver(settings.SaveEvery, recipe, output) : null;
        around.Cancel.ThrowIfCancellationRequested();
        return painter.Stylize(request, new ProgressFork<StylizeProgress>(reporter, saver), around.Cancel);
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

/// <summary>A painting that was written.</summary>
/// <param name="Painted">The picture, its losses, and whether the run came to its end.</param>
/// <param name="Recipe">The recipe that the picture carries.</param>
/// <param name="Output">Where it is.</param>
/// <param name="Warnings">What a person should know.</param>
/// <param name="Seconds">Time from the first check to the last byte.</param>
public sealed record PaintingResult(
    StylizeResult Painted, Recipe Recipe, OutputFile Output, IReadOnlyList<string> Warnings, double Seconds);
