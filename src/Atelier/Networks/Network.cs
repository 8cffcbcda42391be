using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>A perceptual network with its weights, ready on an engine. Frozen: used by any number of chains.</summary>
/// <remarks>Keeps its file open, and reads a layer when the first chain reaches so deep: a run to relu4_1 does not
/// read, or pay for, what lies below.</remarks>
public sealed class Network : IDisposable
{
    private readonly INetworkWeights _file;
    private readonly IEngine _engine;
    private readonly Pooling _pooling;
    private readonly Precision _precision;
    private readonly bool _normalizes;
    private readonly List<Layer> _layers = [];

    // Of the output of each ReLU layer that was measured; 1 above the first.
    private ImmutableArray<double> _activations = [];

    private Network(
        INetworkWeights file, string name, Pooling pooling, IEngine engine, Precision precision, Padding padding,
        bool normalizes)
    {
        (_file, _pooling, _engine, _precision) = (file, pooling, engine, precision);
        (Padding, _normalizes) = (padding, normalizes);
        Definition = NetworkFile.DefinitionOf(file, name);
        (Mean, Std) = NetworkFile.NormalizationOf(file, name);
        NetworkFile.CheckShapes(file, name, Definition);
    }

    /// <summary>The layer list.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Mean of the input's red, green and blue, which are in [0, 1].</summary>
    public ReadOnlyMemory<float> Mean { get; }

    /// <summary>What the input is divided by after the mean is subtracted.</summary>
    public ReadOnlyMemory<float> Std { get; }

    /// <summary>What the first convolution sees beyond the picture's border.</summary>
    public Padding Padding { get; }

    /// <summary>SHA-256 of the weight file, in hexadecimal, or of that and what else makes the features what they are.
    /// </summary>
    internal string Sha256 => field ??= (_normalizes, Padding) == (false, Padding.Zero)
        ? _file.Sha256
        : Primitives.Sha256.HexOf(Encoding.ASCII.GetBytes(
            $"{_file.Sha256} {(_normalizes ? Activations.Normalized : Activations.Original)} {Padding}"));

    /// <summary>Place of a layer that the network has.</summary>
    internal int IndexOf(string layer) => Definition.LayerNames.IndexOf(layer);

    /// <summary>Opens the embedded network (<c>compact</c>) or a file of a VGG of any widths: safetensors, PyTorch,
    /// NumPy or ONNX, as <see cref="NetworkImport"/> reads them.</summary>
    /// <param name="nameOrPath">The network.</param>
    /// <param name="pooling">How it halves its maps.</param>
    /// <param name="engine">Where it computes.</param>
    /// <param name="precision">What its convolutions multiply; auto takes the engine's.</param>
    /// <param name="padding">What its first convolution sees beyond the picture's border.</param>
    /// <param name="normalizes">Whether each layer's activations are divided by their mean over typical pictures, as
    /// <see cref="Activations.Normalized"/> says.</param>
    /// <exception cref="WeightFormatException">The file is damaged or does not hold a VGG.</exception>
    /// <exception cref="AtelierException">There is no such network.</exception>
    public static Network Load(
        string nameOrPath, Pooling pooling, IEngine engine, Precision precision = Precision.Auto,
        Padding padding = Padding.Zero, bool normalizes = false)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (INetworkWeights file, string name) = NetworkFile.Open(nameOrPath);
        return Bind(file, name, pooling, engine, precision, padding, normalizes);
    }

    /// <summary>Opens the network of a run.</summary>
    internal static Network LoadFor(StylizeOptions options, IEngine engine, Precision precision)
        => Load(
            options.Network, options.Pooling, engine, precision, options.Padding,
            options.Activations == Activations.Normalized);

    /// <summary>Binds a weight file, which the network then owns, to an engine. Layer and channel counts are taken from
    /// the tensors.</summary>
    /// <exception cref="WeightFormatException">The tensors are not those of a VGG.</exception>
    internal static Network Bind(
        INetworkWeights file, string name, Pooling pooling, IEngine engine, Precision precision = Precision.Auto,
        Padding padding = Padding.Zero, bool normalizes = false)
    {
        try
        {
            return new Network(file, name, pooling, engine, precision, padding, normalizes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The first layers, read from the file where they are not yet.</summary>
    /// <exception cref="WeightFormatException">A weight is not a finite number.</exception>
    internal ImmutableArray<Layer> FirstLayers(int count)
    {
        foreach (string layer in Definition.LayerNames[_layers.Count..Math.Max(_layers.Count, count)])
        {
            int depth = Definition.ReluNames.IndexOf(layer);
            if (depth >= 0)
            {
                (float[] weights, float[] bias) = NetworkFile.ConvolutionOf(_file, Definition.Name, layer);
                if (_normalizes)
                {
                    ImmutableArray<double> activations = ActivationsTo(count);
                    Scale(weights, activations[depth] / activations[depth + 1]);
                    Scale(bias, 1 / activations[depth + 1]);
                }

                _layers.Add(new Conv2d(layer, _engine, _engine.NewFilter(weights, bias, _precision)));
            }
            else
            {
                _layers.Add(new Pool2d(layer, _engine, _pooling));
            }
        }

        return [.. _layers.Take(count)];
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
        Problem[] problems = [.. selection.Layers.Where(layer => !known.Contains(layer.Name))
            .Select(layer => new Problem(
                deepLayersCount ? "content-layers" : "style-layers", $"has no layer '{layer.Name}'",
                NearestName.Remedy(layer.Name, known, $"its layers are {string.Join(", ", known)}"))
            {
                Subject = $"network '{Definition.Name}'",
            })];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }

        // Depth counts from the picture downward, in whatever order the layers were named.
        ImmutableArray<(string Name, double? Weight)> layers = selection.IsAll
            ? [.. known.Select(name => (name, (double?)null))]
            : [.. selection.Layers.OrderBy(layer => known.IndexOf(layer.Name))];
        double[] weights = [.. layers.Select((layer, depth) => layer.Weight
            ?? weighting switch
            {
                LayerWeighting.Equal => 1,
                LayerWeighting.Geometric => Math.Pow(2, deepLayersCount ? depth : layers.Length - depth),
                _ => throw new UnreachableException($"There is no weighting {weighting}."),
            })];
        double sum = weights.Sum();
        return sum > 0
            ? [.. layers.Select((layer, i) => (layer.Name, weights[i] / sum)).Where(layer => layer.Item2 > 0)]
            : throw new OptionsException(
                new Problem(
                    deepLayersCount ? "content-layers" : "style-layers", "are all 0", "give one above 0")
                {
                    Subject = $"the weights of {selection}",
                });
    }

    /// <summary>Mean activations over typical pictures of the ReLUs among the first layers as the weights give them,
    /// from the picture downward.</summary>
    internal ImmutableArray<(string Layer, double Mean)> MeanActivations(int layers)
    {
        Network original = new(_file, Definition.Name, Pooling.Max, _engine, Precision.Single, Padding.Zero, false);
        try
        {
            return ActivationMeasure.Of(original, layers, _engine);
        }
        finally
        {
            original.FreeLayers();
        }
    }

    /// <summary>Frees the weights and closes the file.</summary>
    public void Dispose()
    {
        FreeLayers();
        _file.Dispose();
    }

    /// <summary>1 for the picture, then the mean activations, measured anew when they do not reach so deep.</summary>
    private ImmutableArray<double> ActivationsTo(int layers)
    {
        int relus = Definition.LayerNames.Take(layers).Count(Definition.ReluNames.Contains);
        if (_activations.Length <= relus)
        {
            // A layer that is silent has nothing to be scaled.
            _activations =
                [1, .. MeanActivations(layers).Select(activation => activation.Mean > 0 ? activation.Mean : 1)];
        }

        return _activations;
    }

    private static void Scale(float[] values, double factor)
    {
        foreach (ref float value in values.AsSpan())
            value = (float)(value * factor);
    }

    private void FreeLayers() => _layers.ForEach(layer => layer.Dispose());
}
