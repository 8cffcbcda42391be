using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Tensors;

namespace Atelier.Networks;

/// <summary>A network laid out for pictures of one size: forward to the features of chosen layers, and backward from
/// gradients at those layers to the picture.</summary>
/// <remarks>Only the chosen layers keep their features; between them, two memories take turns, and backward needs one
/// bit for each value of a ReLU and two for each of a max pool.</remarks>
internal sealed class FeatureChain : IDisposable
{
    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly ImmutableArray<Layer> _layers;
    private readonly FeatureMap[] _outputs;
    private readonly FeatureMap[] _gradients;
    private readonly BitMap?[] _memories;
    private readonly FeatureMap _input;
    private readonly FeatureMap? _inputGradient;
    private readonly List<IDisposable> _owned = [];
    private readonly Dictionary<string, int> _taps = [];

    /// <summary>Allocates everything that runs at this size will need.</summary>
    /// <param name="taps">Names of the layers whose features are wanted; the network runs no deeper than these.</param>
    /// <param name="needsGradient">Whether <see cref="Backward"/> will be called.</param>
    /// <exception cref="OptionsException">The picture is too small for the deepest layer.</exception>
    internal FeatureChain(
        IEngine engine, Network network, int height, int width, IReadOnlyCollection<string> taps, bool needsGradient)
    {
        (_engine, _network) = (engine, network);
        int depth = 1 + network.Layers.Select((layer, i) => taps.Contains(layer.Name) ? i : -1).Max();
        _layers = network.Layers[..depth];
        Shape inputShape = new(height, width, 3);
        Shape[] shapes = ShapesOf(inputShape);
        foreach ((Layer layer, int i) in _layers.Select((layer, i) => (layer, i)))
        {
            if (taps.Contains(layer.Name))
            {
                _taps.Add(layer.Name, i);
            }
        }

        _memories = new BitMap?[depth];
        for (int i = 0; i < depth && needsGradient; i++)
            _memories[i] = Own(_layers[i].NewMemory(i == 0 ? inputShape : shapes[i - 1]));

        // The gradient of the picture has whole vectors of channels, of which the first three count.
        Shape[] inTurn = [inputShape, .. shapes], gradientShapes = [inputShape with { Channels = 16 }, .. shapes];
        FeatureMap[] even = ShareMemory(needsGradient ? [.. inTurn, .. gradientShapes] : inTurn);
        FeatureMap[] odd = ShareMemory(needsGradient ? [.. inTurn, .. gradientShapes] : inTurn);
        FeatureMap InTurn(int i) => (i % 2 == 0 ? even : odd)[i];
        _input = InTurn(0);
        _outputs = [.. shapes.Select((shape, i) =>
            _taps.ContainsValue(i) ? Own(engine.NewMap(shape))! : InTurn(i + 1))];
        _gradients = needsGradient ? [.. shapes.Select((_, i) => InTurn(inTurn.Length + i + 1))] : [];
        _inputGradient = needsGradient ? InTurn(inTurn.Length) : null;
    }

    /// <summary>The features of a chosen layer, as the last <see cref="Forward"/> left them.</summary>
    internal FeatureMap Features(string layer) => _outputs[_taps[layer]];

    /// <summary>Runs the network on a planar picture.</summary>
    internal void Forward(Tensor picture)
    {
        _engine.Normalize(picture, _network.Mean.Span, _network.Std.Span, _input);
        FeatureMap current = _input;
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(current, _outputs[i], _memories[i]);
            current = _outputs[i];
        }
    }

    /// <summary>Runs the network backward after a <see cref="Forward"/>.</summary>
    /// <param name="addGradient">Adds the losses' gradient at a chosen layer to the map that it is given, and takes it
    /// on through the layer's ReLU.</param>
    /// <param name="pictureGradient">Receives dLoss/dRGB, planar.</param>
    internal void Backward(Action<string, FeatureMap> addGradient, Tensor pictureGradient)
    {
        int last = _layers.Length - 1;
        _engine.Clear(_gradients[last]);
        for (int i = last; i >= 0; i--)
        {
            if (_taps.ContainsValue(i))
            {
                addGradient(_layers[i].Name, _gradients[i]);
            }

            FeatureMap inputGradient = i == 0 ? _inputGradient! : _gradients[i - 1];
            BitMap? inputSigns = i == 0 ? null : _layers[i - 1].OutputSigns(_memories[i - 1]);
            _layers[i].Backward(_gradients[i], _memories[i], inputGradient, inputSigns);
        }

        _engine.NormalizeBackward(_inputGradient!, _network.Std.Span, pictureGradient);
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    private Shape[] ShapesOf(Shape input)
    {
        Shape[] shapes = new Shape[_layers.Length];
        Shape shape = input;
        for (int i = 0; i < shapes.Length; i++)
        {
            shape = shapes[i] = _layers[i].OutputShape(shape);
            if (shape.Height == 0 || shape.Width == 0)
            {
                throw new OptionsException([
                    $"a picture of {input.Width} x {input.Height} pixels is too small for layer " +
                    $"'{_layers[^1].Name}': nothing is left of it at '{_layers[i].Name}'. " +
                    "Take a larger picture or shallower layers."]);
            }
        }

        return shapes;
    }

    private T? Own<T>(T? resource) where T : class, IDisposable
    {
        if (resource is not null)
        {
            _owned.Add(resource);
        }

        return resource;
    }

    private FeatureMap[] ShareMemory(IReadOnlyList<Shape> shapes)
    {
        Own(_engine.NewSharedMaps(shapes, out FeatureMap[] maps));
        return maps;
    }
}
