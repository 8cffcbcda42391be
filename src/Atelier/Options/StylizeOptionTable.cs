using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Options;

/// <summary>All options of a style transfer, each declared once, in the order of a recipe.</summary>
public static class StylizeOptionTable
{
    // Less than the runtime and the smallest picture require.
    private const long MinMemory = 100_000_000;

    private static readonly OptionRange Sides = new(16, 65_535, "pixels"), Shares = new(0, 1), Ratios = new(0.05, 20);
    private static readonly OptionRange Strengths = new(0, StylizeOptions.MaxWeight);
    private static readonly WholeType Steps = new(new OptionRange(1, 1_000_000));

    /// <summary>All options.</summary>
    public static ImmutableArray<OptionDefinition<StylizeOptions>> All { get; } =
    [
        Define("size", OptionGroup.Basic, new OrWordType<int>(new WholeType(Sides), "original"),
            "Long side of the result, in pixels",
            options => options.Size, (options, value) => options with { Size = value }),
        Define("aspect", OptionGroup.Basic, new NumberType(Ratios),
            "Width divided by height of a result without a content picture",
            options => options.Aspect, (options, value) => options with { Aspect = value },
            scope: OptionScope.WithoutContent),
        Define("tileable", OptionGroup.Basic, new SwitchType(),
            "Make the result tile seamlessly; its sides must be multiples of 16",
            options => options.Tileable, (options, value) => options with { Tileable = value },
            scope: OptionScope.WithoutContent),
        Define("style-scale", OptionGroup.Style, new NumberType(Ratios),
            "Size of the style pictures relative to the result; they are never enlarged beyond their own size",
            options => options.StyleScale, (options, value) => options with { StyleScale = value },
            scope: OptionScope.WithStyle),
        Define("style-weights", OptionGroup.Style,
            new ListType<double>(
                new NumberType(new OptionRange(-StylizeOptions.MaxWeight, StylizeOptions.MaxWeight)),
                OptionKind.NumberList, "a weight")
            {
                Empty = "equal",
            },
            "Weight of each style in the blend; a negative weight moves away from that style",
            options => options.StyleWeights, (options, value) => options with { StyleWeights = value },
            true, OptionScope.WithStyle),
        Define("network", OptionGroup.How, new NetworkType("compact"),
            "Perceptual network: the embedded one, a downloaded one by name, or a VGG weight file",
            options => options.Network, (options, value) => options with { Network = value }, true),
        Define("pooling", OptionGroup.How, new WordType<Pooling>(),
            "Pooling of the network",
            options => options.Pooling, (options, value) => options with { Pooling = value }, true),
        Define("padding", OptionGroup.How, new WordType<Padding> { WasNumber = true },
            "How the first convolution pads the picture",
            options => options.Padding, (options, value) => options with { Padding = value }, true),
        Define("activations", OptionGroup.How, new WordType<ActivationMode> { WasNumber = true },
            "Scale of the network's features, on which loss weights depend: as the weights produce it, or with mean "
            + "1; auto means normalized for networks chosen by name, original for files",
            options => options.Activations, (options, value) => options with { Activations = value }, true),
        Define("content-layers", OptionGroup.Content, new LayersType(),
            "Content layers, with optional weights: relu4_2, relu3_2=1,relu4_2=2 or all",
            options => options.ContentLayers, (options, value) => options with { ContentLayers = value },
            true, OptionScope.WithContent),
        Define("style-layers", OptionGroup.Style, new LayersType(),
            "Style layers, with optional weights: relu1_1=2,relu3_1=1 or all",
            options => options.StyleLayers, (options, value) => options with { StyleLayers = value },
            true, OptionScope.WithStyle),
        Define("layer-weights", OptionGroup.How, new WordType<LayerWeighting>(),
            "How a loss is distributed over layers without explicit weights",
            options => options.LayerWeights, (options, value) => options with { LayerWeights = value }, true),
        Define("content-weight", OptionGroup.Content, new NumberType(Strengths),
            "Weight of the content loss; 0 turns it off",
            options => options.ContentWeight, (options, value) => options with { ContentWeight = value },
            true, OptionScope.WithContent),
        Define2("content-growth", OptionGroup.Content, new NumberType(new OptionRange(0, 3)),
            "Growth of the content weight toward smaller scales: content-weight x (final size / size)^X",
            options => options.ContentGrowth, (options, value) => options with { ContentGrowth = value },
            true, OptionScope.WithContent),
        Define2("detail", OptionGroup.Content, new NumberType(Shares),
            "Share of the photograph's fine detail put into the painting at each enlargement, 0 to 1",
            options => options.Detail, (options, value) => options with { Detail = value },
            scope: OptionScope.WithContent),
        Define("style-weight", OptionGroup.Style, new NumberType(Strengths),
            "Weight of the style losses; 0 turns them off",
            options => options.StyleWeight, (options, value) => options with { StyleWeight = value },
            true, OptionScope.WithStyle),
        Define("tv-weight", OptionGroup.How, new NumberType(Strengths),
            "Weight of the total variation (smoothness) term; 0 turns it off",
            options => options.TvWeight, (options, value) => options with { TvWeight = value }, true),
        Define2("chroma-tv-weight", OptionGroup.How, new NumberType(Strengths),
            "Weight of the total variation of color alone; 0 turns it off",
            options => options.ChromaTvWeight, (options, value) => options with { ChromaTvWeight = value }, true),
        Define("content-loss", OptionGroup.Content, new WordType<ContentLossKind>(),
            "Convention of the content loss",
            options => options.ContentLoss, (options, value) => options with { ContentLoss = value },
            true, OptionScope.WithContent),
        Define("style-loss", OptionGroup.Style, new WordType<StyleLossKind>(),
            "What the style loss compares",
            options => options.StyleLoss, (options, value) => options with { StyleLoss = value },
            true, OptionScope.WithStyle),
        Define2("neighbor-weight", OptionGroup.Style, new NumberType(Strengths),
            "Weight of the nearest-neighbor style loss relative to style-weight; 0 turns it off",
            options => options.NeighborWeight, (options, value) => options with { NeighborWeight = value },
            true, OptionScope.WithStyle),
        Define2("neighbor-layers", OptionGroup.Style, new LayersType(),
            "Layers of the nearest-neighbor style loss",
            options => options.NeighborLayers, (options, value) => options with { NeighborLayers = value },
            true, OptionScope.WithStyle),
        Define2("neighbor-guide", OptionGroup.Style, new NumberType(Shares),
            "Share of the photograph in the search for neighbors, 0 to 1",
            options => options.NeighborGuide, (options, value) => options with { NeighborGuide = value },
            true, OptionScope.WithStyle),
        Define2("neighbor-balance", OptionGroup.Style, new NumberType(Shares),
            "How far the search for neighbors may move toward using all of the artwork equally",
            options => options.NeighborBalance, (options, value) => options with { NeighborBalance = value },
            true, OptionScope.WithStyle),
        Define("activation-shift", OptionGroup.Style, new NumberType(new OptionRange(-1000, 1000)),
            "Constant added to the features before computing Gram matrices",
            options => options.ActivationShift, (options, value) => options with { ActivationShift = value },
            true, OptionScope.WithStyle),
        Define("correlation-chain", OptionGroup.Style, new SwitchType(),
            "Compute Gram matrices between neighboring layers instead of within each layer",
            options => options.CorrelationChain, (options, value) => options with { CorrelationChain = value },
            true, OptionScope.WithStyle),
        Define("tv", OptionGroup.How, new WordType<TotalVariationKind>(),
            "Form of the total variation (smoothness) term",
            options => options.Tv, (options, value) => options with { Tv = value }, true),
        Define("color", OptionGroup.Color, new WordType<ColorKind>(),
            "Colors of the result: the artwork's, or those of the photograph or palette: exactly, by painting only "
            + "luminance; by recoloring the artwork first; or restored afterwards",
            options => options.Color, (options, value) => options with { Color = value },
            true, OptionScope.WithStyle),
        Define("color-match", OptionGroup.Color, new WordType<ColorMatchKind>(),
            "How the colors of one picture are matched to those of another",
            options => options.ColorMatch, (options, value) => options with { ColorMatch = value },
            true, OptionScope.WithStyle),
        Define("color-amount", OptionGroup.Color, new NumberType(Shares),
            "How strongly color is applied, 0 to 1",
            options => options.ColorAmount, (options, value) => options with { ColorAmount = value },
            true, OptionScope.WithStyle),
        Define2("color-map", OptionGroup.Color, new NumberType(Shares),
            "How far the finished painting's colors are mapped to those of the artworks, 0 to 1",
            options => options.ColorMap, (options, value) => options with { ColorMap = value },
            scope: OptionScope.WithStyle),
        Define("optimizer", OptionGroup.How, new WordType<OptimizerKind>(),
            "Optimization method",
            options => options.Optimizer, (options, value) => options with { Optimizer = value }),
        Define("learning-rate", OptionGroup.How,
            new OrWordType<double>(new NumberType(Strengths with { ExcludesMin = true }), "auto"),
            "Step size; auto uses the optimizer's default",
            options => options.LearningRate, (options, value) => options with { LearningRate = value }),
        Define2("learning-rate-end", OptionGroup.How, new NumberType(Shares),
            "Step size at the end of each scale, as a share of that at its beginning",
            options => options.LearningRateEnd, (options, value) => options with { LearningRateEnd = value }),
        Define("history", OptionGroup.How, new WholeType(new OptionRange(1, 1000)),
            "Number of curvature pairs that lbfgs stores",
            options => options.History, (options, value) => options with { History = value }),
        Define("iterations", OptionGroup.How, Steps,
            "Iterations at the final scale",
            options => options.Iterations, (options, value) => options with { Iterations = value }),
        Define("initial-iterations", OptionGroup.How, new OrWordType<int>(Steps, "auto"),
            "Iterations at the first scale, if there are several",
            options => options.InitialIterations, (options, value) => options with { InitialIterations = value }),
        Define("iteration-growth", OptionGroup.How, new NumberType(new OptionRange(0, 3)),
            "Growth of the iterations toward smaller scales: iterations x (final size / size)^X",
            options => options.IterationGrowth, (options, value) => options with { IterationGrowth = value }),
        Define("scales", OptionGroup.How,
            new ListType<int>(new WholeType(Sides), OptionKind.WholeList, "a size")
            {
                Empty = "auto",
                Growing = "128,256,512",
            },
            "Long sides of the scales, in ascending order; the last is the final size",
            options => options.Scales, (options, value) => options with { Scales = value }),
        Define("scale-factor", OptionGroup.How,
            new NumberType(new OptionRange(1.01, double.PositiveInfinity) { ExcludesMin = true }),
            "Maximum size ratio between neighboring scales",
            options => options.ScaleFactor, (options, value) => options with { ScaleFactor = value }),
        Define("min-size", OptionGroup.How, new WholeType(Sides),
            "Long side of the first scale, in pixels",
            options => options.MinSize, (options, value) => options with { MinSize = value }),
        Define("init", OptionGroup.Content, new InitType(),
            "What to initialize the painting with",
            options => options.Init, (options, value) => options with { Init = value }),
        Define("noise-ratio", OptionGroup.Content, new NumberType(Shares),
            "Fraction of noise mixed into the initial picture, 0 to 1",
            options => options.NoiseRatio, (options, value) => options with { NoiseRatio = value }),
        Define("seed", OptionGroup.How, new WholeType(),
            "Random seed",
            options => options.Seed, (options, value) => options with { Seed = value }),
        Define("average", OptionGroup.How, new NumberType(Shares with { ExcludesMax = true }),
            "Decay of adam's running average of the picture; 0 uses the last iterate",
            options => options.Average, (options, value) => options with { Average = value }),
        Define("margin", OptionGroup.How, new WholeType(new OptionRange(0, 256, "pixels")),
            "Width in pixels of the mirrored margin around the picture while it is painted",
            options => options.Margin, (options, value) => options with { Margin = value }),
        Define("max-memory", OptionGroup.How, new OrWordType<long>(new BytesType(MinMemory), "none"),
            "Memory limit of the run; large pictures are processed in narrower bands to stay within it",
            options => options.MaxMemory, (options, value) => options with { MaxMemory = value }),
    ];

    /// <summary>Returns the option with a name, such as <c>style-weights</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such option.</exception>
    public static OptionDefinition<StylizeOptions> Get(string name)
        => All.FirstOrDefault(definition => definition.Name == name)
            ?? throw new KeyNotFoundException($"There is no option '{name}'.");

    /// <summary>Defines an option that the first version of the recipe format does not have.</summary>
    private static OptionDefinition<StylizeOptions, TValue> Define2<TValue>(
        string name, OptionGroup group, OptionType<TValue> type, string help,
        Func<StylizeOptions, TValue> get, Func<StylizeOptions, TValue, StylizeOptions> set,
        bool shapesObjective = false, OptionScope scope = OptionScope.Always)
        => Define(name, group, type, help, get, set, shapesObjective, scope, since: 2);

    private static OptionDefinition<StylizeOptions, TValue> Define<TValue>(
        string name, OptionGroup group, OptionType<TValue> type, string help,
        Func<StylizeOptions, TValue> get, Func<StylizeOptions, TValue, StylizeOptions> set,
        bool shapesObjective = false, OptionScope scope = OptionScope.Always, int since = 1)
        => new(name, group, help, type, get, set)
        {
            AffectsObjective = shapesObjective,
            Scope = scope,
            Since = since,
        };
}
