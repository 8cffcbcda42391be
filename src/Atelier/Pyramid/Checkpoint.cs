using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Optimizers;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Weights;

namespace Atelier.Pyramid;

/// <summary>The checkpoint file of a run: a safetensors file with the optimizer's tensors, the recipe and the rest of
/// the state as metadata, and a checksum over everything.</summary>
/// <remarks>Tensors are written and read one at a time, because a large run has no memory for a second copy of its
/// state.</remarks>
internal sealed class Checkpoint(IEngine engine, CheckpointOptions options)
{
    private const string StateKey = "atelier:state";
    private const string StartAnew = "remove the file to start over.";

    /// <summary>Whether to save the state after this many iterations of the whole run.</summary>
    internal bool IsDue(int steps) => options.Every > 0 && steps % options.Every == 0;

    /// <summary>Writes the state.</summary>
    /// <param name="state">The progress.</param>
    /// <param name="values">The rest of the state.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier checkpoint is kept.</exception>
    internal void Save(RunState state, IEnumerable<SavedValues> values)
    {
        Recipe? recipe = options.RecipeNow is null ? options.Recipe : options.RecipeNow();

        // If changes were taken back meanwhile, the moment to which the painting returns will be saved.
        bool isTakenBack = options.RecipeNow is not null && recipe?.Changes.Length < state.Changes;
        if (recipe is null || isTakenBack)
        {
            return;
        }

        try
        {
            Write(recipe, state, values);
        }
        catch (Exception error) when (
            options.OnFailure is not null && error is (IOException or UnauthorizedAccessException))
        {
            options.OnFailure(error);
        }
    }

    private void Write(Recipe recipe, RunState state, IEnumerable<SavedValues> values)
    {
        ImmutableArray<TensorSource> tensors =
            [.. values.Select(saved => new TensorSource(saved.Name, [saved.Length], saved.Read))];
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            [Recipe.TextKey] = recipe.ToJson(),
            [StateKey] = state.ToJson(),
        };
        metadata[SafetensorsChecksum.Key] = SafetensorsChecksum.Compute(metadata, tensors);
        AtomicFile.Write(options.Path, stream => SafetensorsWriter.Write(stream, metadata, tensors));
    }

    /// <summary>Reads the progress of the saved run; null if the run is to start over.</summary>
    /// <param name="network">SHA-256 of this run's network.</param>
    /// <exception cref="WeightFormatException">The file is damaged.</exception>
    /// <exception cref="AtelierException">The file belongs to a different run.</exception>
    internal RunState? Load(string network)
    {
        if (!options.Resume)
        {
            return null;
        }

        using SafetensorsFile file = SafetensorsFile.Open(options.Path);
        ImmutableSortedDictionary<string, string> metadata = file.Metadata;
        if (!metadata.TryGetValue(StateKey, out string? json)
            || !metadata.TryGetValue(Recipe.TextKey, out string? recipe)
            || !metadata.ContainsKey(SafetensorsChecksum.Key))
        {
            throw new WeightFormatException($"{options.Path}: not a checkpoint of a run; {StartAnew}");
        }

        if (!SafetensorsChecksum.Fits(file))
        {
            throw Damaged("its checksum does not match its contents.");
        }

        List<string> differences = RecipeDifference.Between(recipe, options.Recipe.ToJson());
        RunState? state = differences.Count == 0 ? ParseState(json) : null;
        if (state is not null && state.Network != network)
        {
            differences.Add("the network's weights are different");
        }

        if (state is not null && state.ComputedBy != engine.Fingerprint)
        {
            differences.Add($"it was computed by the engine '{state.ComputedBy}', not '{engine.Fingerprint}'");
        }

        return differences.Count == 0 ? state : throw new AtelierException(
            $"{options.Path}: a checkpoint of a different run: {string.Join("; ", differences)}. " +
            $"Give the same pictures and options to resume it, or {StartAnew}");
    }

    /// <summary>Restores the state of a stage from the file.</summary>
    /// <exception cref="WeightFormatException">The file does not match the stage.</exception>
    internal void Restore(RunState state, PyramidStage stage)
    {
        try
        {
            stage.Optimizer.Numbers = state.Optimizer;
            using SafetensorsFile file = SafetensorsFile.Open(options.Path);
            foreach (SavedValues saved in stage.SavedValues)
            {
                if (!file.Entries.TryGetValue(saved.Name, out SafetensorsEntry? entry) || entry.Type != WeightType.F32
                    || entry.Shape is not [int length] || length != saved.Length)
                {
                    throw Damaged($"it contains no tensor '{saved.Name}' with {saved.Length} values.");
                }

                saved.Write(file.Read(entry));
            }
        }
        catch (ArgumentException error)
        {
            throw Damaged(error.Message);
        }
    }

    internal WeightFormatException Damaged(string problem)
        => new($"{options.Path}: the checkpoint is damaged: {problem.TrimEnd('.')}; {StartAnew}");

    private RunState ParseState(string json)
    {
        try
        {
            return RunState.Parse(json);
        }
        catch (WeightFormatException error)
        {
            throw Damaged(error.Message);
        }
    }
}
