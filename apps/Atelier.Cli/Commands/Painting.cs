using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>One run from files to a file: check, load, paint, write, tell.</summary>
internal sealed class Painting(Host host, PaintSettings settings)
{
    public required PaintSources Sources { get; init; }

    /// <summary>Further files that the output never replaces.</summary>
    public IReadOnlyList<string> AlsoRead { get; init; } = [];

    public required StylizeOptions Options { get; init; }

    public required string OutputPath { get; init; }

    private IEnumerable<string> InputPaths
        => Sources.Paths.Concat(AlsoRead.Where(path => path != InputFile.StandardInput));

    public int Run()
    {
        long start = host.Clock.GetTimestamp();
        OutputFile output = Check();
        using IPainter painter = host.CreatePainter(settings.Engine);
        LoadedSources loaded = Sources.Load(host, settings, OutputPath);
        Recipe recipe = loaded.Recipe with { Precision = painter.PrecisionFor(Options), Options = Options };
        List<string> warnings = [.. settings.Warnings, .. loaded.Warnings];
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

        warnings.AddRange(result.Warnings);
        if (output.LosesAlphaOf(result.Picture))
        {
            warnings.Add("the photograph is partly transparent, which only a PNG can keep.");
        }

        Tell(result, recipe, output, warnings, host.Clock.GetElapsedTime(start).TotalSeconds);
        return result.IsComplete ? ExitCode.Done : ExitCode.Interrupted;
    }

    private OutputFile Check()
    {
        OptionSet.Validate(Options, Sources.Styles.Count);
        InputFile.Require(Sources.All);
        if (OutputPath == OutputFile.StandardOutput && (settings.Json || settings.HasCheckpoint))
        {
            string option = settings.Json ? "--json" : settings.Resume ? "--resume" : "--save-every";
            throw CliException.Usage($"-o - leaves {option} no place to write to.", "name a file with -o FILE.");
        }

        // What the unfinished run has written so far, this one writes again.
        bool force = settings.Force || (settings.Resume && File.Exists(OutputFile.CheckpointOf(OutputPath)));
        OutputFile output = new(host, OutputPath, InputPaths, force, settings.Encode);
        if (settings.HasCheckpoint)
        {
            output.RequireCheckpoint(InputPaths, force);
        }

        if (settings.SaveEvery > 0)
        {
            output.RequireReplaceableSteps(force);
        }

        return output;
    }

    private CheckpointOptions CheckpointOf(OutputFile output, Recipe recipe)
    {
        bool isThere = File.Exists(output.CheckpointPath);
        if (settings.Resume && !isThere)
        {
            Notes.Warn(host, host.HasColor && !settings.NoColor,
                [$"there is no checkpoint '{output.CheckpointPath}'; the run begins anew."]);
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
        using ProgressReporter? reporter = settings.Quiet ? null : new ProgressReporter(host);
        StepSaver? saver = settings.SaveEvery > 0 ? new StepSaver(settings.SaveEvery, recipe, output) : null;
        host.Interrupt.ThrowIfCancellationRequested();
        return painter.Stylize(request, new ProgressFork<StylizeProgress>(reporter, saver), host.Interrupt);
    }

    private void Tell(StylizeResult result, Recipe recipe, OutputFile output, List<string> warnings, double seconds)
    {
        Picture picture = result.Picture;
        if (!result.IsComplete)
        {
            warnings.Add("interrupted; the picture is the best so far." +
                (settings.HasCheckpoint ? " --resume goes on from here." : ""));
        }

        Notes.Warn(host, host.HasColor && !settings.NoColor, warnings);
        if (!settings.Quiet)
        {
            host.Error.WriteLine(FormattableString.Invariant(
                $"{output.Path}  {picture.Width} x {picture.Height}  {seconds:F1} s"));
        }

        if (settings.Json)
        {
            StylizeDocument document = new(output.FullPath, picture.Width, picture.Height, result.IsComplete, seconds,
                result.Terms, result.Scales, JsonElement.Parse(recipe.ToJson()), warnings);
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.StylizeDocument));
        }
    }

    /// <summary>Writes the picture on the way, every so many steps of the whole run.</summary>
    private sealed class StepSaver(int every, Recipe recipe, OutputFile output) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
        {
            if (value.StepOfRun % every == 0)
            {
                output.SaveStep(recipe.EmbedIn(value.Preview()), value.StepOfRun);
            }
        }
    }
}
