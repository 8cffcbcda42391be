using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Layers;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>The part of a network that runs for a picture of a given size.</summary>
internal sealed class EncoderGeometry
{
    /// <param name="featureLayers">Names of the layers whose features are needed; the network runs no deeper than
    /// these.</param>
    /// <param name="needsGradient">Whether a backward pass is needed.</param>
    /// <param name="keepsFeatures">Whether all requested features stay in memory until the end of the forward pass, so
    /// that several layers can be compared.</param>
    /// <param name="isTileable">Whether the picture is tileable; then all feature maps wrap around.</param>
    /// <exception cref="WeightFormatException">A weight of these layers is not a finite number.</exception>
    /// <exception cref="OptionsException">The picture is too small for the deepest layer, or it is tileable and its
    /// size is not divisible by the pooling factor.</exception>
    internal EncoderGeometry(
        Network network, int height, int width, IReadOnlyCollection<string> featureLayers, bool needsGradient,
        bool keepsFeatures = false, bool isTileable = false)
    {
        (NeedsGradient, KeepsFeatures, IsTileable) = (needsGradient, keepsFeatures, isTileable);
        FeatureLayers = [.. featureLayers.Select(network.IndexOf)];
        Layers = network.FirstLayers(FeatureLayers.Max() + 1);
        Shapes = ShapesOf(new Shape(height, width, 3));
    }

    /// <summary>The layers that run; the features of the last one are needed.</summary>
    internal ImmutableArray<Layer> Layers { get; }

    /// <summary>Shape of the picture, followed by the shape of each layer's output.</summary>
    internal ImmutableArray<Shape> Shapes { get; }

    /// <summary>Indices of the layers whose features are needed.</summary>
    internal ImmutableHashSet<int> FeatureLayers { get; }

    internal bool NeedsGradient { get; }

    /// <summary>Whether all requested features stay in memory until the end of the forward pass.</summary>
    internal bool KeepsFeatures { get; }

    /// <summary>Whether the feature maps wrap around, so that opposite edges are adjacent.</summary>
    internal bool IsTileable { get; }

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
                    "use a larger picture or shallower layers")
                {
                    Subject = $"a picture of {picture.Width} x {picture.Height} pixels",
                });
            }

            if (IsTileable && (shapes[^2].Height % layer.Stride != 0 || shapes[^2].Width % layer.Stride != 0))
            {
                int unit = Layers.Aggregate(1, (stride, each) => stride * each.Stride);
                throw new OptionsException(new Problem(
                    "tileable",
                    $"cannot be {picture.Width} x {picture.Height} pixels with layer '{Layers[^1].Name}', because " +
                    "pooling must divide its sides evenly",
                    $"make both sides multiples of {unit}")
                {
                    Subject = "a tileable picture",
                });
            }
        }

        return [.. shapes];
    }
}
