using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>A perceptual network with its weights, ready to run on an engine. Its weights are frozen, and any number of
/// encoders can share it.</summary>
/// <remarks>The file stays open, and a layer is read when an encoder first needs it: a run to relu4_1 does not load the
/// deeper layers.</remarks>
public sealed class Network : IDisposable
{
    private readonly INetworkWeights _file;
    private readonly IEngine _engine;
    private readonly Pooling _pooling;
    private readonly Precision _precision;
    private readonly bool _normalizesActivations;
    private readonly List<Layer> _layers = [];

    // Mean activation of each measured ReLU layer; 1 for the picture.
    private ImmutableArray<double> _activations = [];

    private Network(
        INetworkWeights file, string name, Pooling pooling, IEngine engine, Precision precision, Padding padding,
        bool normalizeActivations)
    {
        (_file, _pooling, _engine, _precision) = (file, pooling, engine, precision);
        (Padding, _normalizesActivations) = (padding, normalizeActivations);
        Definition = NetworkFile.DefinitionOf(file, name);
        (Mean, Std) = NetworkFile.NormalizationOf(file, name);
        NetworkFile.CheckShapes(file, name, Definition);
    }

    /// <summary>The layers of the network.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Mean that is subtracted from red, green and blue in [0, 1].</summary>
    public ReadOnlyMemory<float> Mean { get; }

    /// <summary>What the input is divided by after subtracting the mean.</summary>
    public ReadOnlyMemory<float> Std { get; }

    /// <summary>How the first convolution pads the picture.</summary>
    public Padding Padding { get; }

    /// <summary>SHA-256 of the weight file, in hexadecimal, combined with any other settings that affect the features.
    /// </summary>
    internal string Sha256 => field ??= Sha256Of(Activations, Padding);

    /// <summary>What its layers' activations are: original or normalized.</summary>
    internal ActivationMode Activations
        => _normalizesActivations ? ActivationMode.Normalized : ActivationMode.Original;

    private string WeightsSha256 => field ??= _file.Sha256;

    /// <summary>Returns the settings with which the same weights have another <see cref="Sha256"/>; null if they are
    /// other weights.</summary>
    internal (ActivationMode Activations, Padding Padding)? SettingsOf(string sha256)
    {
        foreach (ActivationMode activations in (ActivationMode[])[ActivationMode.Original, ActivationMode.Normalized])
        {
            foreach (Padding padding in Enum.GetValues<Padding>())
            {
                if (Sha256Of(activations, padding) == sha256)
                {
                    return (activations, padding);
                }
            }
        }

        return null;
    }

    private string Sha256Of(ActivationMode activations, Padding padding)
        => (activations, padding) == (ActivationMode.Original, Padding.Zero)
            ? WeightsSha256
            : Primitives.Sha256.HexOf(Encoding.ASCII.GetBytes($"{WeightsSha256} {activations} {padding}"));

    /// <summary>Returns the index of a layer.</summary>
    internal int IndexOf(string layer) => Definition.LayerNames.IndexOf(layer);

    /// <summary>Loads the embedded network (<c>compact</c>), or a VGG of any width from a weight file in any format
    /// that <see cref="NetworkImport"/> reads.</summary>
    /// <param name="nameOrPath">The name of the network, or the path of a weight file.</param>
    /// <param name="pooling">Pooling of the network.</param>
    /// <param name="engine">The engine that runs the network.</param>
    /// <param name="precision">Precision of its convolutions; <see cref="Precision.Auto"/> uses the engine's.</param>
    /// <param name="padding">How its first convolution pads the picture.</param>
    /// <param name="normalizeActivations">Whether to normalize each layer's activations, as described for
    /// <see cref="ActivationMode.Normalized"/>.</param>
    /// <exception cref="WeightFormatException">The file is damaged or does not contain a VGG.</exception>
    /// <exception cref="AtelierException">There is no such network.</exception>
    public static Network Load(
        string nameOrPath, Pooling pooling, IEngine engine, Precision precision = Precision.Auto,
        Padding padding = Padding.Zero, bool normalizeActivations = false)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (INetworkWeights file, string name) = NetworkFile.Open(nameOrPath);
        return Bind(file, name, pooling, engine, precision, padding, normalizeActivations);
    }

    /// <summary>Loads the network of a run.</summary>
    internal static Network LoadFor(StylizeOptions options, IEngine engine, Precision precision)
        => Load(
            options.Network, options.Pooling, engine, precision, options.Padding,
            options.Activations == ActivationMode.Normalized);

    /// <summary>Creates a network on an engine from a weight file, of which it takes ownership. Layer and channel
    /// counts are derived from the tensors.</summary>
    /// <exception cref="WeightFormatException">The tensors are not those of a VGG.</exception>
    internal static Network Bind(
        INetworkWeights file, string name, Pooling pooling, IEngine engine, Precision precision = Precision.Auto,
        Padding padding = Padding.Zero, bool normalizeActivations = false)
    {
        try
        {
            return new Network(file, name, pooling, engine, precision, padding, normalizeActivations);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns the first layers, reading them from the file if necessary.</summary>
    /// <exception cref="WeightFormatException">A weight is not a finite number.</exception>
    internal ImmutableArray<Layer> FirstLayers(int count)
    {
        foreach (string layer in Definition.LayerNames[_layers.Count..Math.Max(_layers.Count, count)])
        {
            int depth = Definition.ReluNames.IndexOf(layer);
            if (depth >= 0)
            {
                (float[] weights, float[] bias) = NetworkFile.ConvolutionOf(_file, Definition.Name, layer);
                if (_normalizesActivations)
                {
                    ImmutableArray<double> activations = ActivationsTo(count);
                    Scale(weights, activations[depth] / activations[depth + 1]);
                    Scale(bias, 1 / activations[depth + 1]);
                }

                _layers.Add(new Conv2d(layer, _engine, _engine.CreateFilter(weights, bias, _precision)));
            }
            else
            {
                _layers.Add(new Pool2d(layer, _engine, _pooling));
            }
        }

        return [.. _layers.Take(count)];
    }

    /// <summary>Resolves a layer selection: validates the names and normalizes the weights to sum to 1.</summary>
    /// <param name="selection">The selected layers.</param>
    /// <param name="weighting">How layers without explicit weights are weighted.</param>
    /// <param name="favorsDeepLayers">Whether geometric weights grow (content) or shrink (style) with depth.</param>
    /// <param name="option">Name of the option for problems; null for <c>content-layers</c> if deep layers are favored
    /// and <c>style-layers</c> if not.</param>
    /// <exception cref="OptionsException">A layer does not exist in the network, or all weights are zero.</exception>
    public ImmutableArray<(string Name, double Weight)> Select(
        LayerSelection selection, LayerWeighting weighting, bool favorsDeepLayers, string? option = null)
    {
        ArgumentNullException.ThrowIfNull(selection);
        option ??= favorsDeepLayers ? "content-layers" : "style-layers";
        ImmutableArray<string> known = Definition.ReluNames;
        Problem[] problems = [.. selection.Layers.Where(layer => !known.Contains(layer.Name))
            .Select(layer => new Problem(
                option, $"has no layer '{layer.Name}'",
                NearestName.Remedy(layer.Name, known, $"its layers are {string.Join(", ", known)}"))
            {
                Subject = $"network '{Definition.Name}'",
            })];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }

        // Depth increases from shallow to deep, regardless of the order in which the layers were named.
        ImmutableArray<(string Name, double? Weight)> layers = selection.IsAll
            ? [.. known.Select(name => (name, (double?)null))]
            : [.. selection.Layers.OrderBy(layer => known.IndexOf(layer.Name))];
        double[] weights = [.. layers.Select((layer, depth) => layer.Weight
            ?? weighting switch
            {
                LayerWeighting.Equal => 1,
                LayerWeighting.Geometric => Math.Pow(2, favorsDeepLayers ? depth : layers.Length - depth),
                _ => throw new UnreachableException($"There is no weighting {weighting}."),
            })];
        double sum = weights.Sum();
        return sum > 0
            ? [.. layers.Select((layer, i) => (layer.Name, weights[i] / sum)).Where(layer => layer.Item2 > 0)]
            : throw new OptionsException(
                new Problem(
                    option, "are all 0", "give one above 0")
                {
                    Subject = $"the weights of {selection}",
                });
    }

    /// <summary>Returns the original mean activations of the ReLUs among the first layers over typical pictures,
    /// shallow to deep.</summary>
    internal ImmutableArray<(string Layer, double Mean)> MeanActivations(int layers)
    {
        Network original = new(_file, Definition.Name, Pooling.Max, _engine, Precision.Single, Padding.Zero, false);
        try
        {
            return ActivationMeasure.Measure(original, layers, _engine);
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

    /// <summary>Returns 1 for the picture, followed by the mean activations, which are measured again if they do not
    /// reach deep enough.</summary>
    private ImmutableArray<double> ActivationsTo(int layers)
    {
        int relus = Definition.LayerNames.Take(layers).Count(Definition.ReluNames.Contains);
        if (_activations.Length <= relus)
        {
            // An inactive layer has nothing to scale.
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
