using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Options;

namespace Atelier.Losses;

/// <summary>The inputs for building the style losses of a picture.</summary>
/// <param name="Geometry">The geometry of the encoder for the picture.</param>
/// <param name="Styles">The styles, of any sizes.</param>
/// <param name="ResolvedGuides">The resolved guides.</param>
/// <param name="MaxBytes">Memory available for the feature maps while styles are measured, in bytes.</param>
internal sealed record StyleScene(
    EncoderGeometry Geometry, IReadOnlyList<SizedStyle> Styles, ResolvedGuides ResolvedGuides, long MaxBytes);

/// <summary>Measures styles and creates the style losses.</summary>
internal sealed class StyleLossBuilder
{
    // Minimum area of a mask at a layer, in positions. Below this, only rounding errors and neighboring pixels would be
    // measured.
    private const double MinPositions = 0.01;

    private readonly IEngine _engine;
    private readonly Network _network;
    private readonly StylizeOptions _options;
    private readonly double _weight;
    private readonly CancellationToken _cancel;
    private readonly List<string> _warnings = [];

    /// <param name="engine">The engine that computes the features.</param>
    /// <param name="network">The perceptual network.</param>
    /// <param name="options">The weights of layers and styles.</param>
    /// <param name="family">The family of style losses.</param>
    /// <param name="layers">The layers at which styles are compared.</param>
    /// <param name="weight">Weight of the losses together; 0 turns them off.</param>
    /// <param name="layersOption">Name of the option that gives the layers.</param>
    /// <param name="cancel">Cancels the measurement of pictures.</param>
    /// <exception cref="OptionsException">The network has no such layer, or there is only one layer although pairs are
    /// compared.</exception>
    internal StyleLossBuilder(
        IEngine engine, Network network, StylizeOptions options, StyleFamily family, LayerSelection layers,
        double weight, string layersOption, CancellationToken cancel)
    {
        (_engine, _network, _options, _weight, _cancel) = (engine, network, options, weight, cancel);
        Family = family;
        Layers = weight == 0 ? [] : network.Select(layers, options.LayerWeights, favorsDeepLayers: false, layersOption);
        if (KeepsFeatures && Layers.Length < 2)
        {
            throw new OptionsException(new Problem(
                "correlation-chain", $"compares neighboring layers, but style-layers is {options.StyleLayers}",
                "name two or more, or all"));
        }

        Sites = KeepsFeatures
            ? Pairs(Layers)
            : [.. Layers.Select(layer => new StyleSite(layer.Name, Deeper: null, layer.Weight))];
    }

    internal StyleFamily Family { get; }

    /// <summary>The style layers; empty if the style weight is 0.</summary>
    internal ImmutableArray<(string Name, double Weight)> Layers { get; }

    /// <summary>The layers or pairs of layers at which styles are compared.</summary>
    internal ImmutableArray<StyleSite> Sites { get; }

    /// <summary>Whether the whole feature maps of all layers must remain in memory.</summary>
    internal bool KeepsFeatures => Family.IsOfPairs && _weight != 0;

    /// <summary>Warnings about masks that were too small, at the scales so far.</summary>
    internal ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>Returns the style weights, normalized to sum to 1.</summary>
    internal double[] Shares(int count)
    {
        double[] weights = _options.StyleWeights.IsEmpty
            ? [.. Enumerable.Repeat(1.0, count)]
            : [.. _options.StyleWeights];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Adds a style loss for each mask and each style layer (or pair of layers).</summary>
    internal void AddLosses<TStatistics>(
        StyleFamily<TStatistics> family, ICollection<IFeatureLoss> losses, StyleScene scene)
    {
        (EncoderGeometry geometry, IReadOnlyList<SizedStyle> styles, ResolvedGuides guidance, long maxBytes) = scene;
        double[] shares = Shares(styles.Count);
        IReadOnlyDictionary<StyleSite, TStatistics>[] measured = [.. styles.Select((style, i) => shares[i] == 0
            ? ImmutableDictionary<StyleSite, TStatistics>.Empty
            : Measure(family, style, i + 1, maxBytes))];
        foreach (StyleMaskGroup group in guidance.Groups)
        {
            List<StyleSite> missing = [];
            foreach (StyleSite site in Sites)
            {
                (TStatistics Statistics, double Share)[] targets = [.. group.Styles
                    .Where(style => measured[style].ContainsKey(site))
                    .Select(style => (measured[style][site], shares[style]))];
                if (!StylizeOptions.CanBlend([.. targets.Select(target => target.Share)]))
                {
                    continue;
                }

                PositionWeights? where =
                    group.Mask is null ? null : CreatePositionWeights(group.Mask, geometry.ShapeOf(site.Layer));
                if (where is not null && IsTooLittle(where))
                {
                    where.Dispose();
                    missing.Add(site);
                    continue;
                }

                // The sum of their weights becomes the weight of the term; within the term they are normalized to sum
                // to 1.
                double share = targets.Sum(target => target.Share);
                losses.Add(family.NewLoss(
                    site, _weight * site.Weight * share,
                    [.. targets.Select(target => (target.Statistics, target.Share / share))], where,
                    guidance.Groups.Length > 1 ? group.Number : null));
            }

            int margin = 2 * guidance.Margin;
            Shape painted = geometry.Shapes[0];
            Warn(group.Title ?? $"style mask {group.Number}", painted.Height - margin, painted.Width - margin, missing);
        }
    }

    /// <summary>Returns the memory to measure a style of a given size, in bytes.</summary>
    internal long BytesToMeasure(int height, int width, long maxBytes)
    {
        EncoderGeometry geometry = MeasuredAt(height, width);
        return LayoutChoice.Choose(_engine, geometry, maxBytes).Bytes + geometry.Layers.Sum(layer => layer.WeightBytes);
    }

    private EncoderGeometry MeasuredAt(int height, int width) => new(
        _network, height, width, [.. Layers.Select(layer => layer.Name)], needsGradient: false, KeepsFeatures);

    /// <summary>Measures a style, or a region of it, at each site where it is large enough.</summary>
    /// <param name="family">The family of style losses.</param>
    /// <param name="style">The style.</param>
    /// <param name="number">Number of the style, for warnings.</param>
    /// <param name="maxBytes">Memory available for the feature maps, in bytes.</param>
    internal IReadOnlyDictionary<StyleSite, TStatistics> Measure<TStatistics>(
        StyleFamily<TStatistics> family, SizedStyle style, int number, long maxBytes)
    {
        if (style.Statistics is not null)
        {
            return Sites.ToDictionary(site => site, site => family.OfFile(style.Statistics, site));
        }

        PlanarPicture picture = style.Picture!;
        EncoderGeometry geometry = MeasuredAt(picture.Height, picture.Width);
        EncoderLayout layout = LayoutChoice.Choose(_engine, geometry, maxBytes).Layout;
        using Encoder encoder = new(_engine, _network, geometry, layout, _cancel);
        Dictionary<StyleSite, IStyleMeasure<TStatistics>> measures = [];
        try
        {
            List<StyleSite> missing = [];
            foreach (StyleSite site in Sites)
            {
                Shape shape = geometry.ShapeOf(site.Layer);
                PositionWeights? where = style.Region is Mask region ? CreatePositionWeights(region, shape) : null;
                measures.Add(site, family.NewMeasure(site, shape.Channels, where));
                if (where is not null && IsTooLittle(where))
                {
                    missing.Add(site);
                }
            }

            encoder.Forward(picture, (layer, features, rows) =>
            {
                foreach (IStyleMeasure<TStatistics> measure in measures.Values)
                    measure.Measure(layer, features, rows);
            });
            string title = style.IsCutOut ? $"the transparency of style {number}" : $"style region {number}";
            Warn(style.RegionTitle ?? title, picture.Height, picture.Width, missing);
            return measures.Where(each => !missing.Contains(each.Key))
                .ToDictionary(each => each.Key, each => family.Keep(each.Value.Finish()));
        }
        finally
        {
            foreach (IStyleMeasure<TStatistics> measure in measures.Values)
                measure.Dispose();
        }
    }

    /// <summary>Returns the pairs of neighboring layers. The weight of a pair is the sum of its layers' weights,
    /// normalized to sum to 1.</summary>
    private static ImmutableArray<StyleSite> Pairs(ImmutableArray<(string Name, double Weight)> layers)
    {
        StyleSite[] pairs =
            [.. layers.Zip(layers.Skip(1), (a, b) => new StyleSite(a.Name, b.Name, a.Weight + b.Weight))];
        double sum = pairs.Sum(pair => pair.Weight);
        return [.. pairs.Select(pair => pair with { Weight = pair.Weight / sum })];
    }

    /// <summary>Creates the squares of a mask at a layer's size: guided statistics weight f·fᵀ by T² (Gatys et al.
    /// 2017). </summary>
    private PositionWeights CreatePositionWeights(Mask mask, Shape shape)
        => _engine.CreatePositionWeights(
            shape.Height, shape.Width,
            Array.ConvertAll(mask.AverageTo(shape.Height, shape.Width).Values, value => value * value));

    private static bool IsTooLittle(PositionWeights weights) => weights.Sum(new Rows(0, weights.Height)) < MinPositions;

    private void Warn(string mask, int height, int width, List<StyleSite> missing)
    {
        if (missing.Count > 0)
        {
            _warnings.Add(
                $"{mask} leaves too little of {width} x {height} pixels at {string.Join(", ", missing)}; " +
                "the style is skipped there.");
        }
    }
}
