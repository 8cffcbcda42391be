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

    /// <exception cref="OptionsException">A layer is not one of the network's, or a chain has one layer only.
    /// </exception>
    internal ObjectiveBuilder(IEngine engine, Network network, StylizeOptions options)
    {
        (_engine, _network, _options) = (engine, network, options);
        _contentLayers = options.ContentWeight == 0 ? []
            : network.Select(options.ContentLayers, options.LayerWeights, deepLayersCount: true);
        _styleLayers = options.StyleWeight == 0 ? []
            : network.Select(options.StyleLayers, options.LayerWeights, deepLayersCount: false);
        if (IsChain && _styleLayers.Length < 2)
        {
            throw new OptionsException([
                $"correlation-chain compares neighboring layers, but style-layers is {options.StyleLayers}; " +
                "name two or more, or all."]);
        }
    }

    private bool IsChain => _options.CorrelationChain && _options.StyleWeight != 0;

    /// <summary>Neighboring style layers. A pair weighs as much as its two layers together, all pairs 1.</summary>
    private IEnumerable<(string Shallower, string Deeper, double Weight)> LayerPairs
    {
        get
        {
            (string Shallower, string Deeper, double Weight)[] pairs =
                [.. _styleLayers.Zip(_styleLayers.Skip(1), (a, b) => (a.Name, b.Name, a.Weight + b.Weight))];
            double sum = pairs.Sum(pair => pair.Weight);
            return pairs.Select(pair => pair with { Weight = pair.Weight / sum });
        }
    }

    /// <summary>The objective for pictures of a size.</summary>
    /// <param name="content">The content picture, of that size; not looked at when its weight is 0.</param>
    /// <param name="styles">The style pictures, of any sizes.</param>
    /// <param name="mostBytes">Memory that the network's maps may take.</param>
    internal Objective Build(
        int height, int width, PlanarPicture? content, IReadOnlyList<PlanarPicture> styles,
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
                    Array.Find(contentLosses, loss => loss.Layers.Contains(layer))?.SetTarget(features, rows));
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
        return taps.Length == 0 ? null : new ChainGeometry(_network, height, width, taps, needsGradient: true, IsChain);
    }

    /// <summary>Losses without targets.</summary>
    private ContentLoss[] ContentLosses(FeatureChain chain)
        => [.. _contentLayers.Select(layer => new ContentLoss(
            _engine, layer.Name, chain.Geometry.ShapeOf(layer.Name), _options.ContentLoss,
            _options.ContentWeight * layer.Weight))];

    private IEnumerable<IFeatureLoss> StyleLosses(IReadOnlyList<PlanarPicture> styles, long mostBytes)
    {
        if (_styleLayers.IsEmpty)
        {
            return [];
        }

        (PlanarPicture, double)[] shown =
            [.. styles.Zip(Shares(styles.Count)).Where(style => style.Second > 0)];
        return IsChain ? CorrelationLosses(shown, mostBytes) : LayerLosses(shown, mostBytes);
    }

    private IEnumerable<IFeatureLoss> LayerLosses(
        (PlanarPicture Picture, double Share)[] styles, long mostBytes)
    {
        Dictionary<string, FeatureStatistics>[] measured =
            [.. styles.Select(style => Statistics(style.Picture, mostBytes))];
        foreach ((string layer, double weight) in _styleLayers)
        {
            (FeatureStatistics, double)[] targets =
                [.. measured.Select((statistics, i) => (statistics[layer], styles[i].Share))];
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

    private IEnumerable<IFeatureLoss> CorrelationLosses(
        (PlanarPicture Picture, double Share)[] styles, long mostBytes)
    {
        double[][][] measured = [.. styles.Select(style => Correlations(style.Picture, mostBytes))];
        return LayerPairs.Select((pair, i) => new CorrelationLoss(
            _engine, pair.Deeper, pair.Shallower, _options.ActivationShift,
            [.. measured.Select((grams, style) => (grams[i], styles[style].Share))],
            _options.StyleWeight * pair.Weight));
    }

    /// <summary>The statistics of a style picture at each style layer.</summary>
    private Dictionary<string, FeatureStatistics> Statistics(PlanarPicture style, long mostBytes)
    {
        Dictionary<string, MomentSums> sums = [];
        Show(style, mostBytes, (layer, features, rows) =>
        {
            sums.TryAdd(layer, new MomentSums(features.Shape.Channels));
            _engine.AddMoments(features, sums[layer], rows);
        });
        return sums.ToDictionary(each => each.Key, each => new FeatureStatistics(each.Value));
    }

    /// <summary>The correlations of a style picture's neighboring style layers, pair by pair.</summary>
    private double[][] Correlations(PlanarPicture style, long mostBytes)
    {
        LayerCorrelation[] correlations = [.. LayerPairs.Select(pair =>
            new LayerCorrelation(_engine, pair.Deeper, pair.Shallower, _options.ActivationShift))];
        Show(style, mostBytes, (layer, features, rows) =>
        {
            foreach (LayerCorrelation correlation in correlations)
                correlation.Measure(layer, features, rows);
        });
        return [.. correlations.Select(correlation => correlation.Finish())];
    }

    /// <summary>Shows the features of a style picture at the style layers.</summary>
    private void Show(PlanarPicture style, long mostBytes, FeatureVisitor visit)
    {
        string[] taps = [.. _styleLayers.Select(layer => layer.Name)];
        ChainGeometry geometry = new(_network, style.Height, style.Width, taps, needsGradient: false, IsChain);
        using FeatureChain chain = NewChain(geometry, mostBytes);
        Forward(chain, style, visit);
    }

    private double[] Shares(int count)
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
