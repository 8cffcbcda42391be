using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>Makes objectives of given options: chooses the layers, measures the pictures, builds the losses. One
/// builder serves all sizes of a run.</summary>
internal sealed class ObjectiveBuilder
{
    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly StylizeOptions _options;
    private readonly ImmutableArray<(string Name, double Weight)> _contentLayers;
    private readonly ImmutableArray<(string Name, double Weight)> _styleLayers;

    /// <exception cref="OptionsException">A layer is not one of the network's.</exception>
    internal ObjectiveBuilder(IEngine engine, Network network, StylizeOptions options)
    {
        (_engine, _network, _options) = (engine, network, options);
        _contentLayers = options.ContentWeight == 0 ? []
            : network.Select(options.ContentLayers, options.LayerWeights, deepLayersCount: true);
        _styleLayers = options.StyleWeight == 0 ? []
            : network.Select(options.StyleLayers, options.LayerWeights, deepLayersCount: false);
    }

    /// <summary>The objective for pictures of a size.</summary>
    /// <param name="content">The content picture, of that size; not looked at when its weight is 0.</param>
    /// <param name="styles">The style pictures, of any sizes.</param>
    internal Objective Build(int height, int width, PlanarPicture? content, IReadOnlyList<PlanarPicture> styles)
    {
        List<IFeatureLoss> losses = [];
        FeatureChain? chain = null;
        try
        {
            losses.AddRange(StyleLosses(styles));
            string[] taps = [.. _styleLayers.Concat(_contentLayers).Select(layer => layer.Name).Distinct()];
            chain = taps.Length == 0 ? null
                : new FeatureChain(_engine, _network, height, width, taps, needsGradient: true);
            if (_contentLayers.Length > 0)
            {
                ContentLoss[] contentLosses = ContentLosses(chain!);
                losses.AddRange(contentLosses);
                Forward(chain!, content!, (layer, features, rows) =>
                    Array.Find(contentLosses, loss => loss.Layer == layer)?.SetTarget(features, rows));
            }

            return new Objective(_engine, height, width, chain, [.. losses], _options.Tv, _options.TvWeight);
        }
        catch
        {
            losses.ForEach(loss => loss.Dispose());
            chain?.Dispose();
            throw;
        }
    }

    /// <summary>Losses without targets.</summary>
    private ContentLoss[] ContentLosses(FeatureChain chain)
        => [.. _contentLayers.Select(layer => new ContentLoss(
            _engine, layer.Name, chain.ShapeOf(layer.Name), _options.ContentLoss,
            _options.ContentWeight * layer.Weight))];

    private IEnumerable<IFeatureLoss> StyleLosses(IReadOnlyList<PlanarPicture> styles)
    {
        if (_styleLayers.IsEmpty)
        {
            yield break;
        }

        Dictionary<string, FeatureStatistics>[] measured = [.. styles.Select(Measure)];
        double[] shares = Shares(styles.Count);
        foreach ((string layer, double weight) in _styleLayers)
        {
            (FeatureStatistics, double)[] targets =
                [.. measured.Select((statistics, i) => (statistics[layer], shares[i]))
                    .Where(target => target.Item2 > 0)];
            IStyleDistance distance = _options.StyleLoss switch
            {
                StyleLossKind.Gram => new GramDistance(targets, _options.ActivationShift),
                StyleLossKind.Moments => new MomentsDistance(targets),
                _ => new WassersteinDistance(targets),
            };
            yield return new StyleLoss(
                _engine, layer, targets[0].Item1.Channels, distance, _options.StyleWeight * weight);
        }
    }

    /// <summary>The statistics of a style picture at each style layer.</summary>
    private Dictionary<string, FeatureStatistics> Measure(PlanarPicture style)
    {
        string[] taps = [.. _styleLayers.Select(layer => layer.Name)];
        using FeatureChain chain = new(_engine, _network, style.Height, style.Width, taps, needsGradient: false);
        Dictionary<string, MomentSums> sums =
            taps.ToDictionary(layer => layer, layer => new MomentSums(chain.ShapeOf(layer).Channels));
        Forward(chain, style, (layer, features, rows) => _engine.AddMoments(features, sums[layer], rows));
        return sums.ToDictionary(each => each.Key, each => new FeatureStatistics(each.Value));
    }

    private double[] Shares(int count)
    {
        double[] weights = _options.StyleWeights.IsEmpty
            ? [.. Enumerable.Repeat(1.0, count)]
            : [.. _options.StyleWeights];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private void Forward(FeatureChain chain, PlanarPicture picture, FeatureVisitor visit)
    {
        using Tensor tensor = _engine.NewTensor(picture.Values.Length);
        _engine.Write(picture.Values, tensor);
        chain.Forward(tensor, visit);
    }
}
