using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Styles;

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
    private readonly ImmutableArray<StyleSite> _styleSites;
    private readonly List<string> _warnings = [];

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
            throw new OptionsException(new Problem(
                "correlation-chain", $"compares neighboring layers, but style-layers is {options.StyleLayers}",
                "name two or more, or all"));
        }

        _styleSites = IsChain
            ? Pairs(_styleLayers)
            : [.. _styleLayers.Select(layer => new StyleSite(layer.Name, Deeper: null, layer.Weight))];
    }

    private delegate IReadOnlyDictionary<StyleSite, TStatistics> MeasureStyle<TStatistics>(
        SizedStyle style, int number, long mostBytes);

    private delegate IFeatureLoss NewLoss<TStatistics>(
        StyleSite site, double weight, (TStatistics Statistics, double Share)[] targets, WeightPlane? where,
        string? number);

    private bool IsChain => _options.CorrelationChain && _options.StyleWeight != 0;

    /// <summary>What the objectives are made to.</summary>
    internal StylizeOptions Options => _options;

    /// <summary>The layers whose features are compared.</summary>
    internal ImmutableHashSet<string> Layers =>
        [.. _styleLayers.Concat(_contentLayers).Select(layer => layer.Name)];

    /// <summary>SHA-256 of the network, in hexadecimal.</summary>
    internal string NetworkSha256 => _network.Sha256;

    /// <summary>Refuses styles whose statistics are not those that are compared.</summary>
    /// <exception cref="OptionsException">One of them cannot be used.</exception>
    internal void Require(IEnumerable<Style> styles)
    {
        ChainGeometry? geometry = GeometryOf(SizedStyle.LeastSide, SizedStyle.LeastSide);
        (string, int)[] layers =
            [.. _styleLayers.Select(layer => (layer.Name, geometry!.ShapeOf(layer.Name).Channels))];
        Problem? ProblemWith(StyleStatistics statistics, int number) => IsChain
            ? new Problem(
                "style", "holds nothing of layers together, which correlation-chain compares",
                "give the artwork, or turn the chain off")
            {
                Subject = $"style file {number}",
            }
            : statistics.ProblemWith(number, NetworkSha256, _options.Pooling, layers);
        Problem[] problems = [.. styles
            .Select((style, i) => style.Statistics is StyleStatistics statistics
                ? ProblemWith(statistics, i + 1)
                : null)
            .OfType<Problem>()];
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
            if (!_styleSites.IsEmpty)
            {
                AddStyleLosses(losses, geometry!, styles, guidance ?? Guidance.None(styles.Count), mostBytes);
            }

            chain = geometry is null ? null : NewChain(geometry, mostBytes);
            losses.AddRange(ContentLosses(chain));
            Objective objective = new(
                _engine, height, width, chain, [.. losses], _options.Tv, _options.TvWeight, _options.Tileable);
            if (_contentLayers.Length > 0)
            {
                objective.SetContent(content!);
            }

            return objective;
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
        IEnumerable<Shape> masked = _styleSites.Select(site => geometry.ShapeOf(site.Layer));
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
        => Layers.IsEmpty
            ? null
            : new ChainGeometry(_network, height, width, Layers, needsGradient: true, IsChain, _options.Tileable);

    /// <summary>Neighboring layers. A pair weighs as much as its two layers together, all pairs 1.</summary>
    private static ImmutableArray<StyleSite> Pairs(ImmutableArray<(string Name, double Weight)> layers)
    {
        StyleSite[] pairs =
            [.. layers.Zip(layers.Skip(1), (a, b) => new StyleSite(a.Name, b.Name, a.Weight + b.Weight))];
        double sum = pairs.Sum(pair => pair.Weight);
        return [.. pairs.Select(pair => pair with { Weight = pair.Weight / sum })];
    }

    /// <summary>Losses without targets.</summary>
    private IEnumerable<ContentLoss> ContentLosses(FeatureChain? chain)
        => _contentLayers.Select(layer => new ContentLoss(
            _engine, layer.Name, chain!.Geometry.ShapeOf(layer.Name), _options.ContentLoss,
            _options.ContentWeight * layer.Weight));

    private void AddStyleLosses(
        List<IFeatureLoss> losses, ChainGeometry geometry, IReadOnlyList<SizedStyle> styles, Guidance guidance,
        long mostBytes)
    {
        if (IsChain)
        {
            AddStyleLosses(losses, geometry, styles, guidance, mostBytes, MeasureCorrelations, NewCorrelationLoss);
        }
        else
        {
            AddStyleLosses(losses, geometry, styles, guidance, mostBytes, MeasureLayers, NewStyleLoss);
        }
    }

    /// <summary>Adds a loss for each place in the picture and each site in the network.</summary>
    /// <param name="measure">Tells what is compared of a style.</param>
    /// <param name="newLoss">Compares with targets, whose shares add up to 1.</param>
    private void AddStyleLosses<TStatistics>(
        List<IFeatureLoss> losses, ChainGeometry geometry, IReadOnlyList<SizedStyle> styles, Guidance guidance,
        long mostBytes, MeasureStyle<TStatistics> measure, NewLoss<TStatistics> newLoss)
    {
        double[] shares = Shares(styles.Count);
        IReadOnlyDictionary<StyleSite, TStatistics>[] measured = [.. styles.Select((style, i) => shares[i] == 0
            ? ImmutableDictionary<StyleSite, TStatistics>.Empty
            : measure(style, i + 1, mostBytes))];
        foreach (StyleGroup group in guidance.Groups)
        {
            List<StyleSite> missing = [];
            foreach (StyleSite site in _styleSites)
            {
                (TStatistics Statistics, double Share)[] targets = [.. group.Styles
                    .Where(style => measured[style].ContainsKey(site))
                    .Select(style => (measured[style][site], shares[style]))];
                if (!StylizeOptions.CanBlend([.. targets.Select(target => target.Share)]))
                {
                    continue;
                }

                WeightPlane? where =
                    group.Where is null ? null : NewWeights(group.Where, geometry.ShapeOf(site.Layer));
                if (where is not null && IsTooLittle(where))
                {
                    where.Dispose();
                    missing.Add(site);
                    continue;
                }

                // Their shares of the whole are its weight, and within it they add up to 1.
                double share = targets.Sum(target => target.Share);
                losses.Add(newLoss(
                    site, _options.StyleWeight * site.Weight * share,
                    [.. targets.Select(target => (target.Statistics, target.Share / share))], where,
                    guidance.Groups.Length > 1 ? group.Number : null));
            }

            int margin = 2 * guidance.Margin;
            Shape painted = geometry.Shapes[0];
            Warn(group.Title ?? $"style mask {group.Number}", painted.Height - margin, painted.Width - margin, missing);
        }
    }

    private StyleLoss NewStyleLoss(
        StyleSite site, double weight, (FeatureStatistics Statistics, double Share)[] targets, WeightPlane? where,
        string? number)
    {
        IStyleDistance distance = _options.StyleLoss switch
        {
            StyleLossKind.Gram => new GramDistance(targets, _options.ActivationShift),
            StyleLossKind.Moments => new MomentsDistance(targets),
            _ => new WassersteinDistance(targets),
        };
        return new StyleLoss(
            _engine, site.Layer, targets[0].Statistics.Channels, distance, weight, where, number);
    }

    private CorrelationLoss NewCorrelationLoss(
        StyleSite site, double weight, (double[] Statistics, double Share)[] targets, WeightPlane? where,
        string? number)
        => new(_engine, site.Deeper!, site.Layer, _options.ActivationShift, targets, weight, where, number);

    /// <summary>The statistics of a style, or of a region of it, at each style layer where there is enough of it.
    /// </summary>
    /// <param name="number">Names the style in warnings.</param>
    internal IReadOnlyDictionary<StyleSite, FeatureStatistics> MeasureLayers(
        SizedStyle style, int number, long mostBytes)
        => style.Statistics is SizedStatistics known
            ? _styleSites.ToDictionary(site => site, site => known.Layers[site.Layer])
            : Measure(style, number, mostBytes, NewLayerStatistics)
                .ToDictionary(each => each.Key, each => each.Value.ToSingle());

    private LayerStatistics NewLayerStatistics(StyleSite site, int channels, WeightPlane? where)
        => new(_engine, site.Layer, channels, where);

    private Dictionary<StyleSite, double[]> MeasureCorrelations(SizedStyle style, int number, long mostBytes)
        => Measure(style, number, mostBytes, NewCorrelation);

    private LayerCorrelation NewCorrelation(StyleSite site, int channels, WeightPlane? where)
        => new(_engine, site.Deeper!, site.Layer, _options.ActivationShift, where);

    /// <summary>What is compared of an artwork, or of a region of it, at each site where there is enough of it.
    /// </summary>
    private Dictionary<StyleSite, TStatistics> Measure<TStatistics>(
        SizedStyle style, int number, long mostBytes,
        Func<StyleSite, int, WeightPlane?, IStyleMeasure<TStatistics>> newMeasure)
    {
        PlanarPicture picture = style.Picture!;
        string[] taps = [.. _styleLayers.Select(layer => layer.Name)];
        ChainGeometry geometry = new(_network, picture.Height, picture.Width, taps, needsGradient: false, IsChain);
        using FeatureChain chain = NewChain(geometry, mostBytes);
        Dictionary<StyleSite, IStyleMeasure<TStatistics>> measures = [];
        List<StyleSite> missing = [];
        foreach (StyleSite site in _styleSites)
        {
            Shape shape = geometry.ShapeOf(site.Layer);
            WeightPlane? where = style.Region is Mask region ? NewWeights(region, shape) : null;
            measures.Add(site, newMeasure(site, shape.Channels, where));
            if (where is not null && IsTooLittle(where))
            {
                missing.Add(site);
            }
        }

        Forward(chain, picture, (layer, features, rows) =>
        {
            foreach (IStyleMeasure<TStatistics> measure in measures.Values)
                measure.Measure(layer, features, rows);
        });
        Dictionary<StyleSite, TStatistics> measured = measures.Where(each => !missing.Contains(each.Key))
            .ToDictionary(each => each.Key, each => each.Value.Finish());
        foreach (IStyleMeasure<TStatistics> measure in measures.Values)
            measure.Dispose();
        Warn(style.RegionTitle ?? $"style region {number}", picture.Height, picture.Width, missing);
        return measured;
    }

    /// <summary>The squares of a mask at a layer's size: guided statistics weigh f·fᵀ by T² (Gatys et al. 2017).
    /// </summary>
    private WeightPlane NewWeights(Mask mask, Shape shape)
        => _engine.NewWeights(
            shape.Height, shape.Width,
            Array.ConvertAll(mask.AverageTo(shape.Height, shape.Width).Values, value => value * value));

    private static bool IsTooLittle(WeightPlane weights) => weights.Sum(new Rows(0, weights.Height)) < LeastPositions;

    private void Warn(string mask, int height, int width, List<StyleSite> missing)
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
