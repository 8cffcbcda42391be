using System.Collections.Immutable;
using Atelier.Diagnostics;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>A perceptual network with its weights, ready on an engine. Frozen: used by any number of chains.</summary>
public sealed class Network : IDisposable
{
    private Network(NetworkDefinition definition, ImmutableArray<Layer> layers, float[] mean, float[] std)
        => (Definition, Layers, Mean, Std) = (definition, layers, mean, std);

    /// <summary>The layer list.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Mean of the input's red, green and blue, which are in [0, 1].</summary>
    public ReadOnlyMemory<float> Mean { get; }

    /// <summary>What the input is divided by after the mean is subtracted.</summary>
    public ReadOnlyMemory<float> Std { get; }

    internal ImmutableArray<Layer> Layers { get; }

    /// <summary>Loads the embedded network (<c>compact</c>) or a safetensors file of a VGG of any widths.</summary>
    /// <param name="nameOrPath">The network.</param>
    /// <param name="pooling">How it halves its maps.</param>
    /// <param name="engine">Where it computes.</param>
    /// <param name="precision">What its convolutions multiply; auto takes the engine's.</param>
    /// <exception cref="WeightFormatException">The file is damaged or does not hold a VGG.</exception>
    /// <exception cref="AtelierException">There is no such network.</exception>
    public static Network Load(
        string nameOrPath, Pooling pooling, IEngine engine, Precision precision = Precision.Auto)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (WeightStore store, string name) = NetworkFile.Open(nameOrPath);
        return Bind(store, name, pooling, engine, precision);
    }

    /// <summary>Binds weights to an engine. Layer and channel counts are taken from the tensors.</summary>
    /// <exception cref="WeightFormatException">The tensors are not those of a VGG.</exception>
    internal static Network Bind(
        WeightStore store, string name, Pooling pooling, IEngine engine, Precision precision = Precision.Auto)
    {
        NetworkDefinition definition = NetworkFile.DefinitionOf(store, name);
        (float[] mean, float[] std) = NetworkFile.NormalizationOf(store, name);
        List<Layer> layers = [];
        try
        {
            int channels = 3;
            foreach (string layer in definition.LayerNames)
            {
                if (!layer.StartsWith("relu", StringComparison.Ordinal))
                {
                    layers.Add(new Pool2d(layer, engine, pooling));
                    continue;
                }

                (WeightTensor weight, WeightTensor bias) = NetworkFile.ConvolutionOf(store, name, layer, channels);
                layers.Add(new Conv2d(layer, engine, engine.NewFilter(weight.Values, bias.Values, precision)));
                channels = bias.Values.Length;
            }
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }

        return new Network(definition, [.. layers], mean, std);
    }

    /// <summary>Names of a selection's layers, checked, with weights normalized to sum 1.</summary>
    /// <param name="selection">Layers as given.</param>
    /// <param name="weighting">How layers without weights share.</param>
    /// <param name="deepLayersCount">Geometric weights grow with depth (content) or fall (style).</param>
    /// <exception cref="OptionsException">A layer is not one of the network's, or all weights are zero.</exception>
    public ImmutableArray<(string Name, double Weight)> Select(
        LayerSelection selection, LayerWeighting weighting, bool deepLayersCount)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ImmutableArray<string> known = Definition.ReluNames;
        List<string> problems = [.. selection.Layers.Where(layer => !known.Contains(layer.Name)).Select(layer =>
            $"network '{Definition.Name}' has no layer '{layer.Name}'{NearestName.Suggestion(layer.Name, known)} " +
            $"Its layers are {string.Join(", ", known)}.")];
        if (problems.Count > 0)
        {
            throw new OptionsException(problems);
        }

        // Depth counts from the picture downward, in whatever order the layers were named.
        ImmutableArray<(string Name, double? Weight)> layers = selection.IsAll
            ? [.. known.Select(name => (name, (double?)null))]
            : [.. selection.Layers.OrderBy(layer => known.IndexOf(layer.Name))];
        double[] weights = [.. layers.Select((layer, depth) => layer.Weight
            ?? (weighting == LayerWeighting.Equal ? 1 : Math.Pow(2, deepLayersCount ? depth : layers.Length - depth)))];
        double sum = weights.Sum();
        return sum > 0
            ? [.. layers.Select((layer, i) => (layer.Name, weights[i] / sum)).Where(layer => layer.Item2 > 0)]
            : throw new OptionsException([$"the weights of {selection} are all 0; give one above 0."]);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (Layer layer in Layers)
            layer.Dispose();
    }
}
