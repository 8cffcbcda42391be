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

    /// <summary>SHA-256 of the network's file, in hexadecimal.</summary>
    internal string NetworkSha256 => _network.Sha256;

    /// <summary>Refuses styles whose statistics are not of this network and its style layers.</summary>
    /// <exception cref="OptionsException">One of them cannot be used.</exception>
    internal void Require(IEnumerable<Style> styles)
    {
        string[] problems = [.. styles
            .Select((style, i) => (Number: i + 1, Problem: style.Statistics?.ProblemWith(
                NetworkSha256, _options.Pooling, _styleLayers.Select(layer => layer.Name))))
            .Where(each => each.Problem is not null)
            .Select(each => $"style file {each.Number} {each.Problem}")];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>The objective for pictures of a size.</summary>
    /// <param name="content">The content picture, of that size; not looked at when its weight is 0.</param>
    /// <param name="styles">The styles, of any sizes.</param>
    /// <param name="mostBytes">Memory that the network's maps may take.</param>
    internal Objective Build(
        int height, int width, PlanarPicture? content, IReadOnlyList<SizedStyle> styles,
        long mostBytes = long.MaxValue)
    {
        List<IFeatureLoss> losses = [];
        FeatureChain? chain = null;
        try
        {
            losses.AddRange(StyleLosses(styles, mostBytes));
            chain = GeometryOf(height, width) is ChainGeometry geometry ? NewChain(geometry, mostBytes) : null;
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

    /// <summary>Bytes of the network's weights and of the content losses' targets.</summary>
    internal long BytesBesideMaps(int height, int width)
    {
        if (GeometryOf(height, width) is not ChainGeometry geometry)
        {
            return 0;
        }

        IEnumerable<Shape> targets = _contentLayers.Select(layer => geometry.ShapeOf(layer.Name));
        return geometry.Layers.Sum(layer => layer.WeightBytes)
            + _engine.BytesOf([.. targets.Select(shape => new MapUse(shape, shape.Height, 0, 0))]);
    }

    /// <summary>How an objective's network would go through pictures of a size; null without a network.</summary>
    internal CostedLayout? PlanChain(int height, int width, long mostBytes)
        => GeometryOf(height, width) is ChainGeometry geometry
            ? LayoutChoice.Choose(_engine, geometry, mostBytes)
            : null;

    private ChainGeometry? GeometryOf(int height, int width)
    {
        string[] taps = [.. _styleLayers.Concat(_contentLayers).Select(layer => layer.Name).Distinct()];
        return taps.Length == 0 ? null : new ChainGeometry(_network, height, width, taps, needsGradient: true);
    }

    /// <summary>Losses without targets.</summary>
    private ContentLoss[] ContentLosses(FeatureChain chain)
        => [.. _contentLayers.Select(layer => new ContentLoss(
            _engine, layer.Name, chain.Geometry.ShapeOf(layer.Name), _options.ContentLoss,
            _options.ContentWeight * layer.Weight))];

    private IEnumerable<IFeatureLoss> StyleLosses(IReadOnlyList<SizedStyle> styles, long mostBytes)
    {
        if (_styleLayers.IsEmpty)
        {
            yield break;
        }

        IReadOnlyDictionary<string, FeatureStatistics>[] measured = [.. styles.Select(style =>
            style.Picture is null ? style.Statistics!.Layers : Measure(style.Picture, mostBytes))];
        double[] shares = Shares(styles.Count);
        foreach ((string layer, double weight) in _styleLayers)
        {
            (FeatureStatistics, double)[] targets =
                [.. measured.Select((statistics, i) => (statistics[layer], shares[i]))
                    .Where(target => target.Item2 != 0)];
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
    internal IReadOnlyDictionary<string, FeatureStatistics> Measure(PlanarPicture style, long mostBytes)
    {
        string[] taps = [.. _styleLayers.Select(layer => layer.Name)];
        ChainGeometry geometry = new(_network, style.Height, style.Width, taps, needsGradient: false);
        using FeatureChain chain = NewChain(geometry, mostBytes);
        Dictionary<string, MomentSums> sums =
            taps.ToDictionary(layer => layer, layer => new MomentSums(geometry.ShapeOf(layer).Channels));
        Forward(chain, style, (layer, features, rows) => _engine.AddMoments(features, sums[layer], rows));
        return sums.ToDictionary(each => each.Key, each => new FeatureStatistics(each.Value));
    }

    /// <summary>The weights of styles, normalized to sum 1.</summary>
    internal double[] Shares(int count)
    {
        double[] weights = _options.StyleWeights.IsEmpty
            ? [.. Enumerable.Repeat(1.0, count)]
            : [.. _options.StyleWeights];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private FeatureChain NewChain(ChainGeometry geometry, long mostBytes)
        => new(_engine, _network, geometry, LayoutChoice.Choose(_engine, geometry, mostBytes).Layout);

    private void Forward(FeatureChain chain, PlanarPicture picture, FeatureVisitor visit)
    {
        using Tensor tensor = _engine.NewTensor(picture.Values.Length);
        _engine.Write(picture.Values, tensor);
        chain.Forward(tensor, visit);
    }
}
