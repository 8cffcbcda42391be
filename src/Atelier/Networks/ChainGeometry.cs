using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>The part of a network that runs, on a picture of a size.</summary>
internal sealed class ChainGeometry
{
    /// <param name="taps">Names of the layers whose features are wanted; the network runs no deeper than these.</param>
    /// <param name="needsGradient">Whether there is a way back.</param>
    /// <param name="holdsTaps">Whether the features that are wanted stay whole to the end, so that those of several
    /// layers can be looked at together.</param>
    /// <param name="repeats">Whether the picture is one period of a pattern: then so are all maps.</param>
    /// <exception cref="WeightFormatException">A weight of these layers is not a finite number.</exception>
    /// <exception cref="OptionsException">The picture is too small for the deepest layer, or a period that does not
    /// halve.</exception>
    internal ChainGeometry(
        Network network, int height, int width, IReadOnlyCollection<string> taps, bool needsGradient,
        bool holdsTaps = false, bool repeats = false)
    {
        (NeedsGradient, HoldsTaps, Repeats) = (needsGradient, holdsTaps, repeats);
        Taps = [.. taps.Select(network.IndexOf)];
        Layers = network.FirstLayers(Taps.Max() + 1);
        Shapes = ShapesOf(new Shape(height, width, 3));
    }

    /// <summary>The layers that are run; the last one is a tap.</summary>
    internal ImmutableArray<Layer> Layers { get; }

    /// <summary>Shape of the picture, then of each layer's output.</summary>
    internal ImmutableArray<Shape> Shapes { get; }

    /// <summary>Layers whose features are wanted.</summary>
    internal ImmutableHashSet<int> Taps { get; }

    internal bool NeedsGradient { get; }

    /// <summary>Whether the features of the taps stay whole to the end.</summary>
    internal bool HoldsTaps { get; }

    /// <summary>Whether the maps are periods of a pattern, so that opposite sides are neighbors.</summary>
    internal bool Repeats { get; }

    /// <summary>Shape of a layer's features.</summary>
    internal Shape ShapeOf(string layer) => Shapes[Layers.Select(each => each.Name).ToList().IndexOf(layer) + 1];

    private ImmutableArray<Shape> ShapesOf(Shape picture)
    {
        List<Shape> shapes = [picture];
        foreach (Layer layer in Layers)
        {
            shapes.Add(layer.OutputShape(shapes[^1]));
            if (shapes[^1].Height == 0 || shapes[^1].Width == 0)
            {
                throw new OptionsException(new Problem(
                    "size", $"is too small for layer '{Layers[^1].Name}': nothing is left of it at '{layer.Name}'",
                    "take a larger picture or shallower layers")
                {
                    Subject = $"a picture of {picture.Width} x {picture.Height} pixels",
                });
            }

            if (Repeats && (shapes[^2].Height % layer.Stride != 0 || shapes[^2].Width % layer.Stride != 0))
            {
                int unit = Layers.Aggregate(1, (stride, each) => stride * each.Stride);
                throw new OptionsException(new Problem(
                    "tileable",
                    $"cannot be {picture.Width} x {picture.Height} pixels with layer '{Layers[^1].Name}', for the " +
                    "network halves it on the way there",
                    $"make both sides multiples of {unit}")
                {
                    Subject = "a picture that repeats",
                });
            }
        }

        return [.. shapes];
    }
}
