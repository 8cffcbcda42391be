using Atelier.Options;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;
using static Atelier.Cli.Commands.Knob;

namespace Atelier.Cli.Commands;

/// <summary>Every option that stands for a property of <see cref="StylizeOptions"/>, each declared once.</summary>
internal static class Knobs
{
    public static Knob Size { get; } = Optional("--size", "N|original",
        "Long side of the result, in pixels", "original", ParseWhole,
        options => options.Size, (options, value) => options with { Size = value });

    /// <summary>Any word of <see cref="InitKind"/> except <c>file</c>; everything else is a picture's path.</summary>
    public static Knob Init { get; } = new("--init", $"{string.Join('|', InitWords)}|FILE",
        "What the painting starts from",
        options => OptionWords.Of(options.Init),
        (options, text) => options with
        {
            Init = InitWords.Contains(text) ? OptionWords.Parse<InitKind>(text) : InitKind.File,
        })
    {
        Words = InitWords,
    };

    public static Knob ColorMatch { get; } = Choice("--color-match",
        "How the colors of one picture become those of another",
        options => options.ColorMatch, (options, value) => options with { ColorMatch = value });

    public static Knob ColorAmount { get; } = Number("--color-amount", "How far --color goes, 0 to 1",
        options => options.ColorAmount, (options, value) => options with { ColorAmount = value });

    public static Knob Network { get; } = new(
        "--network", "compact|NAME|FILE",
        "Perceptual network: the embedded one, one from 'weights get', or a weight file of a VGG",
        options => options.Network, (options, text) => options with { Network = text })
    {
        Words = ["compact", .. NetworkManifest.All.Select(manifest => manifest.Name)],
        ShapesObjective = true,
    };

    public static Knob Pooling { get; } =
        Choice("--pooling", "How the network halves its maps",
            options => options.Pooling, (options, value) => options with { Pooling = value }) with
        {
            ShapesObjective = true,
        };

    /// <summary>The knobs of a picture with content and style.</summary>
    public static IReadOnlyList<Knob> All { get; } =
    [
        Size,
        Number("--style-scale", "Size of the style pictures relative to the result; they are never enlarged",
            options => options.StyleScale, (options, value) => options with { StyleScale = value }),
        NumberList("--style-weights", "Share of each style in the blend; a negative one leads away from it", "equal",
            ParseNumber, options => options.StyleWeights, (options, value) => options with { StyleWeights = value })
            with { ShapesObjective = true },
        Network, Pooling,
        Choice("--padding", "What the network sees beyond the picture's border",
            options => options.Padding, (options, value) => options with { Padding = value })
            with { ShapesObjective = true },
        Choice("--activations", "How large the network's features are, which strengths depend on: as the weights "
            + "give them, or with mean 1; auto is normalized for networks from 'weights get', original for files",
            options => options.Activations, (options, value) => options with { Activations = value })
            with { ShapesObjective = true },
        LayerList("--content-layers", "Layers that keep the content, as in relu4_2 or relu3_2=1,relu4_2=2 or all",
            options => options.ContentLayers, (options, value) => options with { ContentLayers = value })
            with { ShapesObjective = true },
        LayerList("--style-layers", "Layers that carry the style, as in relu1_1=2,relu3_1=1 or all",
            options => options.StyleLayers, (options, value) => options with { StyleLayers = value })
            with { ShapesObjective = true },
        Choice("--layer-weights", "How layers without weights of their own share their term",
            options => options.LayerWeights, (options, value) => options with { LayerWeights = value })
            with { ShapesObjective = true },
        Number("--content-weight", "Strength of the content; 0 leaves it out",
            options => options.ContentWeight, (options, value) => options with { ContentWeight = value })
            with { ShapesObjective = true },
        Number("--style-weight", "Strength of the style; 0 leaves it out",
            options => options.StyleWeight, (options, value) => options with { StyleWeight = value })
            with { ShapesObjective = true },
        Number("--tv-weight", "Strength of the smoothness; 0 leaves it out",
            options => options.TvWeight, (options, value) => options with { TvWeight = value })
            with { ShapesObjective = true },
        Choice("--content-loss", "Convention of the content loss",
            options => options.ContentLoss, (options, value) => options with { ContentLoss = value })
            with { ShapesObjective = true },
        Choice("--style-loss", "What is compared of the style",
            options => options.StyleLoss, (options, value) => options with { StyleLoss = value })
            with { ShapesObjective = true },
        Number("--activation-shift", "Added to the features before their Gram matrix is taken",
            options => options.ActivationShift, (options, value) => options with { ActivationShift = value })
            with { ShapesObjective = true },
        Switch("--correlation-chain", "Take Gram matrices between neighboring layers instead of within layers",
            options => options.CorrelationChain, (options, value) => options with { CorrelationChain = value })
            with { ShapesObjective = true },
        Choice("--tv", "Form of the smoothness term",
            options => options.Tv, (options, value) => options with { Tv = value })
            with { ShapesObjective = true },
        Choice("--color", "Whose colors: the artwork's, or those of the photograph (or --palette) - exactly, painting "
            + "luminance only; by recoloring the artwork first; or put back after",
            options => options.Color, (options, value) => options with { Color = value })
            with { ShapesObjective = true },
        ColorMatch with { ShapesObjective = true },
        ColorAmount with { ShapesObjective = true },
        Choice("--optimizer", "Optimization method",
            options => options.Optimizer, (options, value) => options with { Optimizer = value }),
        Optional("--learning-rate", "X|auto", "Step size; auto takes the optimizer's own", "auto", ParseNumber,
            options => options.LearningRate, (options, value) => options with { LearningRate = value }),
        Whole("--history", "Curvature pairs that lbfgs remembers",
            options => options.History, (options, value) => options with { History = value }),
        Whole("--iterations", "Steps at the final size",
            options => options.Iterations, (options, value) => options with { Iterations = value }),
        Optional("--initial-iterations", "N|auto", "Steps at the first of several sizes", "auto", ParseWhole,
            options => options.InitialIterations,
            (options, value) => options with { InitialIterations = value }),
        Number("--iteration-growth", "Smaller sizes take iterations x (final size / size)^X steps",
            options => options.IterationGrowth, (options, value) => options with { IterationGrowth = value }),
        NumberList("--scales", "Sizes to paint at, growing up to the final one", "auto", ParseWhole,
            options => options.Scales, (options, value) => options with { Scales = value }),
        Number("--scale-factor", "Factor from one size to the next",
            options => options.ScaleFactor, (options, value) => options with { ScaleFactor = value }),
        Whole("--min-size", "Long side of the first size, in pixels",
            options => options.MinSize, (options, value) => options with { MinSize = value }),
        Init,
        Number("--noise-ratio", "Share of noise mixed into the start, 0 to 1",
            options => options.NoiseRatio, (options, value) => options with { NoiseRatio = value }),
        Whole("--seed", "Seed of everything random",
            options => options.Seed, (options, value) => options with { Seed = value }),
        Number("--average", "Weight of the past in adam's running average of the picture",
            options => options.Average, (options, value) => options with { Average = value }),
        Whole("--margin", "Mirrored pixels around the picture while it is painted",
            options => options.Margin, (options, value) => options with { Margin = value }),
        Optional("--max-memory", "none|4GB", "Memory that the run may take: large pictures then go in narrower bands",
            "none", ParseBytes,
            options => options.MaxMemory, (options, value) => options with { MaxMemory = value }),
    ];

    /// <summary>The knobs of a picture without content.</summary>
    public static IEnumerable<Knob> OfStyle => All.Where(knob => !ContentNames.Contains(knob.Name)).Prepend(Tileable);

    /// <summary>The knobs of a picture without style.</summary>
    public static IEnumerable<Knob> OfContent => All.Where(knob => !StyleNames.Contains(knob.Name));

    /// <summary>The picture that <c>--init FILE</c> names.</summary>
    /// <exception cref="CliException">It is neither a file nor one of the words.</exception>
    public static PictureSource InitFile(string path)
        => File.Exists(path) || Directory.Exists(path) || path == InputFile.StandardInput
            ? new PictureSource("initial picture", path, "init")
            : throw CliException.Usage($"--init: '{path}' is neither a file nor one of {string.Join(", ", InitWords)}" +
                NearestName.Suggestion(path, InitWords));

    private static Knob Tileable { get; } = Switch(
        "--tileable", "Paint so that the result repeats without a seam; its sides are then multiples of 16",
        options => options.Tileable, (options, value) => options with { Tileable = value });

    private static string[] ContentNames => ["--content-layers", "--content-weight", "--content-loss"];

    private static string[] StyleNames =>
    [
        "--style-scale", "--style-weights", "--style-layers", "--style-weight", "--style-loss", "--activation-shift",
        "--correlation-chain", "--color", "--color-match", "--color-amount",
    ];

    private static IReadOnlyList<string> InitWords
        => [.. OptionWords.All<InitKind>().Where(word => word != OptionWords.Of(InitKind.File))];
}
