using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Optimizers;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Weights;

namespace Atelier.Pyramid;

/// <summary>The file that holds a run's whole state: a safetensors file of the optimizer's tensors, with the recipe and
/// the rest of the state as metadata, and a checksum over all of them.</summary>
/// <remarks>Tensors go to and come from the file one at a time: beside a large run there is no room for its state
/// again.</remarks>
internal sealed class Checkpoint(IEngine engine, CheckpointOptions options)
{
    private const string StateKey = "atelier:state";
    private const string StartAnew = "remove the file to begin anew.";

    /// <summary>Whether the state is to be saved after so many steps of the whole run.</summary>
    internal bool IsDue(int steps) => options.Every > 0 && steps % options.Every == 0;

    /// <summary>Writes the state.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one is still there.</exception>
    internal void Save(RunState state, IOptimizer optimizer)
    {
        ImmutableArray<TensorSource> tensors = [.. optimizer.Tensors.Select(tensor => new TensorSource(
            tensor.Name, [tensor.Values.Length], () => Read(tensor.Values)))];
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            [Recipe.TextKey] = options.Recipe.ToJson(),
            [StateKey] = state.ToJson(),
        };
        metadata[SafetensorsChecksum.Key] = SafetensorsChecksum.Of(metadata, tensors);
        AtomicFile.Write(options.Path, stream => SafetensorsWriter.Write(stream, metadata, tensors));
    }

    /// <summary>Reads how far the saved run has come; null when the run is to begin anew.</summary>
    /// <param name="network">SHA-256 of the network that this run uses.</param>
    /// <exception cref="WeightFormatException">The file is damaged.</exception>
    /// <exception cref="AtelierException">The file is of another run.</exception>
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
            throw Damaged("its checksum does not fit its contents.");
        }

        List<string> differences = RecipeDifference.Between(recipe, options.Recipe.ToJson());
        RunState? state = differences.Count == 0 ? ParseState(json) : null;
        if (state is not null && state.Network != network)
        {
            differences.Add("the network's weights are others");
        }

        if (state is not null && state.ComputedBy != engine.Fingerprint)
        {
            differences.Add($"it was computed by the engine '{state.ComputedBy}', not '{engine.Fingerprint}'");
        }

        return differences.Count == 0 ? state : throw new AtelierException(
            $"{options.Path}: a checkpoint of another run: {string.Join("; ", differences)}. " +
            $"Give the same pictures and options to go on with it, or {StartAnew}");
    }

    /// <summary>Gives an optimizer the state that the file holds.</summary>
    /// <exception cref="WeightFormatException">The file does not fit the optimizer.</exception>
    internal void Restore(RunState state, IOptimizer optimizer)
    {
        try
        {
            optimizer.Numbers = state.Optimizer;
        }
        catch (ArgumentException error)
        {
            throw Damaged(error.Message);
        }

        using SafetensorsFile file = SafetensorsFile.Open(options.Path);
        foreach ((string name, Tensor values) in optimizer.Tensors)
        {
            if (!file.Entries.TryGetValue(name, out SafetensorsEntry? entry) || entry.Type != WeightType.F32
                || entry.Shape is not [int length] || length != values.Length)
            {
                throw Damaged($"it holds no tensor '{name}' of {values.Length} values.");
            }

            engine.Write(file.Read(entry), values);
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

    private float[] Read(Tensor tensor)
    {
        float[] values = new float[tensor.Length];
        engine.Read(tensor, values);
        return values;
    }
}
