using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Options;

/// <summary>Every option of a style transfer, each declared once, in the order of a recipe.</summary>
public static class StylizeOptionTable
{
    // Less than the runtime and the smallest picture take.
    private const long MinMemory = 100_000_000;

    private static readonly OptionRange Sides = new(16, 65_535, "pixels"), Shares = new(0, 1), Ratios = new(0.05, 20);
    private static readonly OptionRange Strengths = new(0, StylizeOptions.LargestWeight);
    private static readonly WholeType Steps = new(new OptionRange(1, 1_000_000));

    /// <summary>All options.</summary>
    public static ImmutableArray<OptionDefinition<StylizeOptions>> All { get; } =
    [
        Define("size", OptionGroup.Basic, new OrWordType<int>(new WholeType(Sides), "original"),
            "Long side of the result, in pixels",
            options => options.Size, (options, value) => options with { Size = value }),
        Define("aspect", OptionGroup.Basic, new NumberType(Ratios),
            "Width divided by height of a picture without content",
            options => options.Aspect, (options, value) => options with { Aspect = value },
            scope: OptionScope.WithoutContent),
        Define("tileable", OptionGroup.Basic, new SwitchType(),
            "Paint so that the result repeats without a seam; its sides are then multiples of 16",
            options => options.Tileable, (options, value) => options with { Tileable = value },
            scope: OptionScope.WithoutContent),
        Define("style-scale", OptionGroup.Style, new NumberType(Ratios),
            "Size of the style pictures relative to the result; they are never enlarged",
            options => options.StyleScale, (options, value) => options with { StyleScale = value },
            scope: OptionScope.WithStyle),
        Define("style-weights", OptionGroup.Style,
            new ListType<double>(
                new NumberType(new OptionRange(-StylizeOptions.LargestWeight, StylizeOptions.LargestWeight)),
                OptionKind.NumberList, "a weight")
            {
                Empty = "equal",
            },
            "Share of each style in the blend; a negative one leads away from it",
            options => options.StyleWeights, (options, value) => options with { StyleWeights = value },
            true, OptionScope.WithStyle),
        Define("network", OptionGroup.How, new NetworkType("compact"),
            "Perceptual network: the embedded one, a published one by its name, or a weight file of a VGG",
            options => options.Network, (options, value) => options with { Network = value }, true),
        Define("pooling", OptionGroup.How, new WordType<Pooling>(),
            "How the network halves its maps",
            options => options.Pooling, (options, value) => options with { Pooling = value }, true),
        Define("padding", OptionGroup.How, new WordType<Padding> { WasNumber = true },
            "What the network sees beyond the picture's border",
            options => options.Padding, (options, value) => options with { Padding = value }, true),
        Define("activations", OptionGroup.How, new WordType<Activations> { WasNumber = true },
            "How large the network's features are, which strengths depend on: as the weights give them, or with mean "
            + "1; auto is normalized for networks taken by name, original for files",
            options => options.Activations, (options, value) => options with { Activations = value }, true),
        Define("content-layers", OptionGroup.Content, new LayersType(),
            "Layers that keep the content, as in relu4_2 or relu3_2=1,relu4_2=2 or all",
            options => options.ContentLayers, (options, value) => options with { ContentLayers = value },
            true, OptionScope.WithContent),
        Define("style-layers", OptionGroup.Style, new LayersType(),
            "Layers that carry the style, as in relu1_1=2,relu3_1=1 or all",
            options => options.StyleLayers, (options, value) => options with { StyleLayers = value },
            true, OptionScope.WithStyle),
        Define("layer-weights", OptionGroup.How, new WordType<LayerWeighting>(),
            "How layers without weights of their own share their term",
            options => options.LayerWeights, (options, value) => options with { LayerWeights = value }, true),
        Define("content-weight", OptionGroup.Content, new NumberType(Strengths),
            "Strength of the content; 0 leaves it out",
            options => options.ContentWeight, (options, value) => options with { ContentWeight = value },
            true, OptionScope.WithContent),
        Define("style-weight", OptionGroup.Style, new NumberType(Strengths),
            "Strength of the style; 0 leaves it out",
            options => options.StyleWeight, (options, value) => options with { StyleWeight = value },
            true, OptionScope.WithStyle),
        Define("tv-weight", OptionGroup.How, new NumberType(Strengths),
            "Strength of the smoothness; 0 leaves it out",
            options => options.TvWeight, (options, value) => options with { TvWeight = value }, true),
        Define("content-loss", OptionGroup.Content, new WordType<ContentLossKind>(),
            "Convention of the content loss",
            options => options.ContentLoss, (options, value) => options with { ContentLoss = value },
            true, OptionScope.WithContent),
        Define("style-loss", OptionGroup.Style, new WordType<StyleLossKind>(),
            "What is compared of the style",
            options => options.StyleLoss, (options, value) => options with { StyleLoss = value },
            true, OptionScope.WithStyle),
        Define("activation-shift", OptionGroup.Style, new NumberType(new OptionRange(-1000, 1000)),
            "Added to the features before their Gram matrix is taken",
            options => options.ActivationShift, (options, value) => options with { ActivationShift = value },
            true, OptionScope.WithStyle),
        Define("correlation-chain", OptionGroup.Style, new SwitchType(),
            "Take Gram matrices between neighboring layers instead of within layers",
            options => options.CorrelationChain, (options, value) => options with { CorrelationChain = value },
            true, OptionScope.WithStyle),
        Define("tv", OptionGroup.How, new WordType<TotalVariationKind>(),
            "Form of the smoothness term",
            options => options.Tv, (options, value) => options with { Tv = value }, true),
        Define("color", OptionGroup.Color, new WordType<ColorKind>(),
            "Whose colors: the artwork's, or those of the photograph or palette - exactly, painting luminance only; "
            + "by recoloring the artwork first; or put back after",
            options => options.Color, (options, value) => options with { Color = value },
            true, OptionScope.WithStyle),
        Define("color-match", OptionGroup.Color, new WordType<ColorMatchKind>(),
            "How the colors of one picture become those of another",
            options => options.ColorMatch, (options, value) => options with { ColorMatch = value },
            true, OptionScope.WithStyle),
        Define("color-amount", OptionGroup.Color, new NumberType(Shares),
            "How far color goes, 0 to 1",
            options => options.ColorAmount, (options, value) => options with { ColorAmount = value },
            true, OptionScope.WithStyle),
        Define("optimizer", OptionGroup.How, new WordType<OptimizerKind>(),
            "Optimization method",
            options => options.Optimizer, (options, value) => options with { Optimizer = value }),
        Define("learning-rate", OptionGroup.How,
            new OrWordType<double>(new NumberType(Strengths with { ExcludesMin = true }), "auto"),
            "Step size; auto takes the optimizer's own",
            options => options.LearningRate, (options, value) => options with { LearningRate = value }),
        Define("history", OptionGroup.How, new WholeType(new OptionRange(1, 1000)),
            "Curvature pairs that lbfgs remembers",
            options => options.History, (options, value) => options with { History = value }),
        Define("iterations", OptionGroup.How, Steps,
            "Steps at the final size",
            options => options.Iterations, (options, value) => options with { Iterations = value }),
        Define("initial-iterations", OptionGroup.How, new OrWordType<int>(Steps, "auto"),
            "Steps at the first of several sizes",
            options => options.InitialIterations, (options, value) => options with { InitialIterations = value }),
        Define("iteration-growth", OptionGroup.How, new NumberType(new OptionRange(0, 3)),
            "Smaller sizes take iterations x (final size / size)^X steps",
            options => options.IterationGrowth, (options, value) => options with { IterationGrowth = value }),
        Define("scales", OptionGroup.How,
            new ListType<int>(new WholeType(Sides), OptionKind.WholeList, "a size")
            {
                Empty = "auto",
                Growing = "128,256,512",
            },
            "Sizes to paint at, growing up to the final one",
            options => options.Scales, (options, value) => options with { Scales = value }),
        Define("scale-factor", OptionGroup.How,
            new NumberType(new OptionRange(1.01, double.PositiveInfinity) { ExcludesMin = true }),
            "Factor from one size to the next",
            options => options.ScaleFactor, (options, value) => options with { ScaleFactor = value }),
        Define("min-size", OptionGroup.How, new WholeType(Sides),
            "Long side of the first size, in pixels",
            options => options.MinSize, (options, value) => options with { MinSize = value }),
        Define("init", OptionGroup.Content, new InitType(),
            "What the painting starts from",
            options => options.Init, (options, value) => options with { Init = value }),
        Define("noise-ratio", OptionGroup.Content, new NumberType(Shares),
            "Share of noise mixed into the start, 0 to 1",
            options => options.NoiseRatio, (options, value) => options with { NoiseRatio = value }),
        Define("seed", OptionGroup.How, new WholeType(),
            "Seed of everything random",
            options => options.Seed, (options, value) => options with { Seed = value }),
        Define("average", OptionGroup.How, new NumberType(Shares with { ExcludesMax = true }),
            "Weight of the past in adam's running average of the picture",
            options => options.Average, (options, value) => options with { Average = value }),
        Define("margin", OptionGroup.How, new WholeType(new OptionRange(0, 256, "pixels")),
            "Mirrored pixels around the picture while it is painted",
            options => options.Margin, (options, value) => options with { Margin = value }),
        Define("max-memory", OptionGroup.How, new OrWordType<long>(new BytesType(MinMemory), "none"),
            "Memory that the run may take: large pictures then go in narrower bands",
            options => options.MaxMemory, (options, value) => options with { MaxMemory = value }),
    ];

    /// <summary>The option of a name, as in <c>style-weights</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static OptionDefinition<StylizeOptions> Of(string name)
        => All.FirstOrDefault(definition => definition.Name == name)
            ?? throw new KeyNotFoundException($"There is no option '{name}'.");

    private static OptionDefinition<StylizeOptions, TValue> Define<TValue>(
        string name, OptionGroup group, OptionType<TValue> type, string help,
        Func<StylizeOptions, TValue> get, Func<StylizeOptions, TValue, StylizeOptions> set,
        bool shapesObjective = false, OptionScope scope = OptionScope.Always)
        => new(name, group, help, type, get, set)
        {
            ShapesObjective = shapesObjective,
            Scope = scope,
        };
}
