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
    // Of what a mask covers of a layer, in positions. Below it nothing but rounding and neighbors could be learned.
    private const double LeastPositions = 0.01;

    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly StylizeOptions _options;
    private readonly ImmutableArray<(string Name, double Weight)> _contentLayers;
    private readonly ImmutableArray<(string Name, double Weight)> _styleLayers;
    private readonly List<string> _warnings = [];

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
        ChainGeometry? geometry = GeometryOf(SizedStyle.LeastSide, SizedStyle.LeastSide);
        (string, int)[] layers =
            [.. _styleLayers.Select(layer => (layer.Name, geometry!.ShapeOf(layer.Name).Channels))];
        string[] problems = [.. styles
            .Select((style, i) => (Number: i + 1, Problem: style.Statistics?.ProblemWith(
                NetworkSha256, _options.Pooling, layers)))
            .Where(each => each.Problem is not null)
            .Select(each => $"style file {each.Number} {each.Problem}")];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>What masks were too small for, at the sizes so far.</summary>
    internal ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>The objective for pictures of a size.</summary>
    /// <param name="content">The content picture, of that size; not looked at when its weight is 0.</param>
    /// <param name="styles">The styles, of any sizes.</param>
    /// <param name="mostBytes">Memory that the network's maps may take.</param>
    /// <param name="guidance">Where the styles act and what is taken of them; null for everywhere and all.</param>
    internal Objective Build(
        int height, int width, PlanarPicture? content, IReadOnlyList<SizedStyle> styles,
        long mostBytes = long.MaxValue, Guidance? guidance = null)
    {
        List<IFeatureLoss> losses = [];
        FeatureChain? chain = null;
        try
        {
            ChainGeometry? geometry = GeometryOf(height, width);
            AddStyleLosses(losses, geometry, styles, guidance ?? Guidance.None(styles.Count), mostBytes);
            chain = geometry is null ? null : NewChain(geometry, mostBytes);
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

    /// <summary>Bytes of the network's weights, of the content losses' targets and of the styles' masks.</summary>
    internal long BytesBesideMaps(int height, int width, int masks)
    {
        if (GeometryOf(height, width) is not ChainGeometry geometry)
        {
            return 0;
        }

        IEnumerable<Shape> targets = _contentLayers.Select(layer => geometry.ShapeOf(layer.Name));
        IEnumerable<Shape> masked = _styleLayers.Select(layer => geometry.ShapeOf(layer.Name));
        return geometry.Layers.Sum(layer => layer.WeightBytes)
            + _engine.BytesOf([.. targets.Select(shape => new MapUse(shape, shape.Height, 0, 0))])
            + (masks * masked.Sum(shape => WeightPlane.BytesFor(shape.Height, shape.Width)));
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

    private void AddStyleLosses(
        List<IFeatureLoss> losses, ChainGeometry? geometry, IReadOnlyList<SizedStyle> styles, Guidance guidance,
        long mostBytes)
    {
        if (_styleLayers.IsEmpty)
        {
            return;
        }

        double[] shares = Shares(styles.Count);
        IReadOnlyDictionary<string, FeatureStatistics>[] measured = [.. styles.Select((style, i) => shares[i] == 0
            ? ImmutableDictionary<string, FeatureStatistics>.Empty
            : Measure(style, i + 1, mostBytes))];
        foreach (StyleGroup group in guidance.Groups)
        {
            List<string> missing = [];
            foreach ((string layer, double weight) in _styleLayers)
            {
                (FeatureStatistics, double Share)[] targets = [.. group.Styles
                    .Where(style => measured[style].ContainsKey(layer))
                    .Select(style => (measured[style][layer], shares[style]))];
                if (!StylizeOptions.CanBlend([.. targets.Select(target => target.Share)]))
                {
                    continue;
                }

                WeightPlane? where = group.Where is null ? null : NewWeights(group.Where, geometry!.ShapeOf(layer));
                if (where is not null && IsTooLittle(where))
                {
                    where.Dispose();
                    missing.Add(layer);
                    continue;
                }

                string? number = guidance.Groups.Length > 1 ? group.Number : null;
                losses.Add(NewStyleLoss(layer, weight, targets, where, number));
            }

            int margin = 2 * guidance.Margin;
            Shape painted = geometry!.Shapes[0];
            Warn(group.Title ?? $"style mask {group.Number}", painted.Height - margin, painted.Width - margin, missing);
        }
    }

    /// <summary>The loss of styles that act in one place. Their shares of the whole are its weight, and within it they
    /// add up to 1.</summary>
    private StyleLoss NewStyleLoss(
        string layer, double weight, (FeatureStatistics Statistics, double Share)[] styles, WeightPlane? where,
        string? number)
    {
        double share = styles.Sum(style => style.Share);
        (FeatureStatistics, double)[] targets = [.. styles.Select(style => (style.Statistics, style.Share / share))];
        IStyleDistance distance = _options.StyleLoss switch
        {
            StyleLossKind.Gram => new GramDistance(targets, _options.ActivationShift),
            StyleLossKind.Moments => new MomentsDistance(targets),
            _ => new WassersteinDistance(targets),
        };
        return new StyleLoss(
            _engine, layer, styles[0].Statistics.Channels, distance, _options.StyleWeight * weight * share, where,
            number);
    }

    /// <summary>The statistics of a style, or of a region of it, at each style layer where there is enough of it.
    /// </summary>
    /// <param name="number">Names the style in warnings.</param>
    internal IReadOnlyDictionary<string, FeatureStatistics> Measure(SizedStyle style, int number, long mostBytes)
    {
        if (style.Picture is not PlanarPicture picture)
        {
            return style.Statistics!.Layers;
        }

        string[] taps = [.. _styleLayers.Select(layer => layer.Name)];
        ChainGeometry geometry = new(_network, picture.Height, picture.Width, taps, needsGradient: false);
        using FeatureChain chain = NewChain(geometry, mostBytes);
        Dictionary<string, MomentSums> sums =
            taps.ToDictionary(layer => layer, layer => new MomentSums(geometry.ShapeOf(layer).Channels));
        Dictionary<string, WeightPlane> weights = style.Region is not Mask region ? []
            : taps.ToDictionary(layer => layer, layer => NewWeights(region, geometry.ShapeOf(layer)));
        Forward(chain, picture, (layer, features, rows) =>
            _engine.AddMoments(features, sums[layer], rows, weights.GetValueOrDefault(layer)));
        string[] missing = [.. weights.Where(each => IsTooLittle(each.Value)).Select(each => each.Key)];
        foreach (WeightPlane plane in weights.Values)
            plane.Dispose();
        Warn(style.RegionTitle ?? $"style region {number}", picture.Height, picture.Width, missing);
        return sums.Where(each => !missing.Contains(each.Key))
            .ToDictionary(each => each.Key, each => FeatureStatistics.Rounded(each.Value));
    }

    /// <summary>The squares of a mask at a layer's size: guided statistics weigh f·fᵀ by T² (Gatys et al. 2017).
    /// </summary>
    private WeightPlane NewWeights(Mask mask, Shape shape)
        => _engine.NewWeights(
            shape.Height, shape.Width,
            Array.ConvertAll(mask.AverageTo(shape.Height, shape.Width).Values, value => value * value));

    private static bool IsTooLittle(WeightPlane weights) => weights.Sum(new Rows(0, weights.Height)) < LeastPositions;

    private void Warn(string mask, int height, int width, IReadOnlyCollection<string> missing)
    {
        if (missing.Count > 0)
        {
            _warnings.Add(
                $"{mask} leaves too little of {width} x {height} pixels at {string.Join(", ", missing)}; " +
                "the style is left out there.");
        }
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
