using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.Statistics;
using Atelier.Guides;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>Builds objectives from options: selects the layers, measures the pictures and creates the losses. One
/// builder serves all scales of a run.</summary>
internal sealed class ObjectiveBuilder
{
    private readonly IEngine _engine;
    private readonly IWorkers _workers;
    private readonly Network _network;
    private readonly StylizeOptions _options;
    private readonly ImmutableArray<(string Name, double Weight)> _contentLayers;
    private readonly StyleLossBuilder _style;
    private readonly StyleLossBuilder _neighbors;
    private readonly CancellationToken _cancel;

    /// <param name="engine">The engine that computes the features.</param>
    /// <param name="workers">The threads for the linear algebra of the losses.</param>
    /// <param name="network">The perceptual network.</param>
    /// <param name="options">The weights, layers and losses.</param>
    /// <param name="cancel">Cancels the measurement of pictures.</param>
    /// <exception cref="OptionsException">A layer does not exist in the network, or a correlation chain has only one
    /// layer. </exception>
    internal ObjectiveBuilder(
        IEngine engine, IWorkers workers, Network network, StylizeOptions options, CancellationToken cancel = default)
    {
        (_engine, _workers, _network, _options, _cancel) = (engine, workers, network, options, cancel);
        _contentLayers = options.ContentWeight == 0 ? []
            : network.Select(options.ContentLayers, options.LayerWeights, favorsDeepLayers: true);
        _style = new StyleLossBuilder(
            engine, network, options, StyleFamilies.Create(engine, options), options.StyleLayers, options.StyleWeight,
            "style-layers", cancel);
        _neighbors = new StyleLossBuilder(
            engine, network, options,
            new NeighborFamily(engine, options.NeighborGuide, options.NeighborBalance, options.Seed),
            options.NeighborLayers, options.StyleWeight * options.NeighborWeight, "neighbor-layers", cancel);
    }

    /// <summary>The layers whose features are compared.</summary>
    internal ImmutableHashSet<string> Layers =>
        [.. _style.Layers.Concat(_neighbors.Layers).Concat(_contentLayers).Select(layer => layer.Name)];

    /// <summary>Warnings about masks that were too small, at the scales so far.</summary>
    internal ImmutableArray<string> Warnings => [.. _style.Warnings, .. _neighbors.Warnings];

    /// <summary>Throws if the statistics of a style file do not match the options.</summary>
    /// <exception cref="OptionsException">A style file cannot be used.</exception>
    internal void Require(IEnumerable<Style> styles)
    {
        EncoderGeometry? geometry = GeometryOf(SizedStyle.MinSide, SizedStyle.MinSide);
        (string, int)[] WithChannels(StyleLossBuilder builder)
            => [.. builder.Layers.Select(layer => (layer.Name, geometry!.ShapeOf(layer.Name).Channels))];
        Problem? ProblemWith(StyleStatistics statistics, int number)
            => (_style.Layers.IsEmpty ? null : _style.Family.ProblemWithFile(number))
                ?? statistics.ProblemWith(
                    number, _network, _options.Pooling, WithChannels(_style), WithChannels(_neighbors));
        Problem[] problems = [.. styles
            .Select((style, i) => style.Statistics is null ? null : ProblemWith(style.Statistics, i + 1))
            .OfType<Problem>()];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>Builds the objective for pictures of a given size.</summary>
    /// <param name="content">The content picture, of that size; ignored if its weight is 0.</param>
    /// <param name="styles">The styles, of any sizes.</param>
    /// <param name="maxBytes">Memory available for the feature maps, in bytes.</param>
    /// <param name="guidance">The resolved guides; null for none.</param>
    /// <param name="contentFactor">Factor of the content weight.</param>
    internal Objective Build(
        int height, int width, ContentTarget? content, IReadOnlyList<SizedStyle> styles,
        long maxBytes = long.MaxValue, ResolvedGuides? guidance = null, double contentFactor = 1)
    {
        List<IFeatureLoss> losses = [];
        Encoder? encoder = null;
        try
        {
            EncoderGeometry? geometry = GeometryOf(height, width);
            foreach (StyleLossBuilder builder in (StyleLossBuilder[])[_style, _neighbors])
            {
                if (!builder.Sites.IsEmpty)
                {
                    guidance ??= ResolvedGuides.None(styles.Count);
                    builder.Family.AddLosses(builder, losses, new StyleScene(geometry!, styles, guidance, maxBytes));
                }
            }

            encoder = geometry is null ? null : CreateEncoder(geometry, maxBytes);
            losses.AddRange(ContentLosses(encoder, contentFactor));
            Objective objective = new(
                _engine, _workers, height, width, encoder, [.. losses],
                new TotalVariationLoss(
                    _engine, height, width, _options.Tv, _options.TvWeight, _options.ChromaTvWeight,
                    _options.Tileable));
            if (content is not null)
            {
                objective.SetContent(content);
            }

            return objective;
        }
        catch
        {
            losses.ForEach(loss => loss.Dispose());
            encoder?.Dispose();
            throw;
        }
    }

    /// <summary>Returns the memory, in bytes, for the network's weights, the targets of the content losses and the
    /// style masks.</summary>
    /// <param name="height">Height of the picture.</param>
    /// <param name="width">Width of the picture.</param>
    /// <param name="masks">Number of style masks.</param>
    /// <param name="isTransparent">Whether transparent parts of the photograph do not count.</param>
    internal long BytesBesideMaps(int height, int width, int masks, bool isTransparent)
    {
        if (GeometryOf(height, width) is not EncoderGeometry geometry)
        {
            return 0;
        }

        IEnumerable<Shape> targets = _contentLayers.Select(layer => geometry.ShapeOf(layer.Name));
        IEnumerable<Shape> masked = _style.Sites.Concat(_neighbors.Sites).Select(site => geometry.ShapeOf(site.Layer));
        return geometry.Layers.Sum(layer => layer.WeightBytes)
            + _engine.GetBytes([.. targets.Select(shape => new MapLifetime(shape, shape.Height, 0, 0))])
            + (masks * masked.Sum(BytesOfWeights))
            + (_options.Salience == 0 && !isTransparent ? 0 : masked.Concat(targets).Distinct().Sum(BytesOfWeights))
            + (Math.Max(1, masks) * _neighbors.Sites.Sum(site => BytesOfNeighbors(site, geometry.ShapeOf(site.Layer))))
            + (_options.ChromaTvWeight == 0 ? 0 : 2L * 3 * sizeof(float) * height * width);
    }

    private long BytesOfWeights(Shape shape) => _engine.BytesOfWeights(shape.Height, shape.Width);

    /// <summary>The memory for the neighbors at a layer: the bank, their map and the photograph's features.</summary>
    private long BytesOfNeighbors(StyleSite site, Shape shape)
        => _engine.BytesOfBank(shape.Channels, NeighborFamily.Samples)
            + _engine.BytesOfNeighbors(shape.Height, shape.Width)
            + (_options.NeighborGuide == 0
                ? 0
                : _engine.GetBytes([new MapLifetime(shape, shape.Height, 0, 0)]));

    /// <summary>Plans how the encoder processes pictures of a given size; null if no term needs the network.</summary>
    internal CostedLayout? PlanEncoder(int height, int width, long maxBytes)
        => GeometryOf(height, width) is EncoderGeometry geometry
            ? LayoutChoice.Choose(_engine, geometry, maxBytes)
            : null;

    private EncoderGeometry? GeometryOf(int height, int width)
        => Layers.IsEmpty
            ? null
            : new EncoderGeometry(
                _network, height, width, Layers, needsGradient: true, _style.KeepsFeatures, _options.Tileable);

    /// <summary>Creates the content losses, whose targets are set later.</summary>
    private IEnumerable<ContentLoss> ContentLosses(Encoder? encoder, double factor)
        => _contentLayers.Select(layer => new ContentLoss(
            _engine, layer.Name, encoder!.Geometry.ShapeOf(layer.Name), _options.ContentLoss,
            factor * _options.ContentWeight * layer.Weight));

    /// <summary>Measures the statistics of a style, or of a region of it, at each style layer where it is large enough.
    /// </summary>
    /// <param name="number">Number of the style, for warnings.</param>
    internal IReadOnlyDictionary<StyleSite, FeatureStatistics> MeasureLayers(
        SizedStyle style, int number, long maxBytes)
        => _style.Measure((StyleFamily<FeatureStatistics>)_style.Family, style, number, maxBytes);

    /// <summary>Samples the features of a style, or of a region of it, at each layer of the nearest-neighbor loss where
    /// it is large enough.</summary>
    /// <param name="number">Number of the style, for warnings.</param>
    internal IReadOnlyDictionary<StyleSite, FeatureSample> SampleLayers(SizedStyle style, int number, long maxBytes)
        => _neighbors.Measure((StyleFamily<FeatureSample>)_neighbors.Family, style, number, maxBytes);

    /// <summary>Returns the memory to measure or sample a style of a given size, in bytes.</summary>
    internal long BytesToMeasure(int height, int width, long maxBytes) => Math.Max(
        _style.BytesToMeasure(height, width, maxBytes), _neighbors.BytesToMeasure(height, width, maxBytes));

    /// <summary>Returns the style weights, normalized to sum to 1.</summary>
    internal double[] Shares(int count) => _style.Shares(count);

    private Encoder CreateEncoder(EncoderGeometry geometry, long maxBytes)
        => new(_engine, _network, geometry, LayoutChoice.Choose(_engine, geometry, maxBytes).Layout, _cancel);
}
