using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Options;

/// <summary>Every option of a style transfer, with its default. Names, ranges and words stand in
/// <see cref="StylizeOptionTable"/>. Options are equal when all of their values are.</summary>
/// <remarks>Strengths mean the same at every picture size: losses are means or per-position statistics.</remarks>
public sealed partial record StylizeOptions
{
    /// <summary>The options of the preset <c>normal</c>: what happens when nothing is asked for.</summary>
    public static StylizeOptions Default { get; } = new();

    /// <summary>Long side of the result, in pixels (16 or more); null keeps the content picture's own size, or without
    /// content that of the first style picture.</summary>
    public int? Size { get; init; } = 512;

    /// <summary>Width divided by height of a picture without content, 0.05–20; with content it has the content's
    /// shape.</summary>
    public double Aspect { get; init; } = 1;

    /// <summary>Whether the result repeats without a seam, to the sides and up and down: opposite sides are neighbors
    /// then to the network and the smoothness, and there is no margin. Both sides must be multiples of 16 pixels,
    /// unless all layers are shallow.</summary>
    public bool Tileable { get; init; }

    /// <summary>Size of the style pictures relative to the result: 1 fits the style's long side to the result's;
    /// smaller values give finer strokes. A style picture is never enlarged beyond its own size.</summary>
    public double StyleScale { get; init; } = 1;

    /// <summary>Share of each style in the blend, in their order, normalized to sum 1; empty means equal. A negative
    /// share leads away from a style, as in 1.5, −0.5.</summary>
    public ImmutableArray<double> StyleWeights { get; init; } = [];

    /// <summary>The perceptual network: <c>compact</c>, which is embedded, or the path of a weight file.</summary>
    public string Network { get; init; } = "compact";

    /// <summary>How the network halves its maps.</summary>
    public Pooling Pooling { get; init; } = Pooling.Max;

    /// <summary>What the network sees beyond the picture's border. A picture that repeats has none.</summary>
    public Padding Padding { get; init; } = Padding.Zero;

    /// <summary>How large the network's features are. The strengths of the presets are meant for normalized ones,
    /// except where a preset says otherwise.</summary>
    public Activations Activations { get; init; } = Activations.Auto;

    /// <summary>Layers whose features are to stay those of the content picture.</summary>
    public LayerSelection ContentLayers { get; init; } = LayerSelection.Parse("relu3_3,relu4_2");

    /// <summary>Layers whose feature statistics are to become those of the style pictures.</summary>
    public LayerSelection StyleLayers { get; init; } =
        LayerSelection.Parse("relu1_1=8,relu2_1=4,relu3_1=4,relu4_1=4,relu5_1=2");

    /// <summary>How layers without a weight of their own share their term.</summary>
    public LayerWeighting LayerWeights { get; init; } = LayerWeighting.Equal;

    /// <summary>Strength α of the content term; 0 leaves it out.</summary>
    public double ContentWeight { get; init; } = 0.2;

    /// <summary>Strength β of the style term; 0 leaves it out.</summary>
    public double StyleWeight { get; init; } = 1;

    /// <summary>Strength of the smoothness term; 0 leaves it out.</summary>
    public double TvWeight { get; init; } = 6;

    /// <summary>Convention of the content loss.</summary>
    public ContentLossKind ContentLoss { get; init; } = ContentLossKind.Mean;

    /// <summary>What is compared of the style.</summary>
    public StyleLossKind StyleLoss { get; init; } = StyleLossKind.Wasserstein;

    /// <summary>Constant added to the features before their Gram matrix is taken
    /// (Novak and Nikulin 2016 use −1).</summary>
    public double ActivationShift { get; init; }

    /// <summary>Whether Gram matrices are taken between neighboring style layers instead of within each layer
    /// (Novak and Nikulin 2016, section 3.5).</summary>
    public bool CorrelationChain { get; init; }

    /// <summary>Form of the smoothness term.</summary>
    public TotalVariationKind Tv { get; init; } = TotalVariationKind.NinePoint;

    /// <summary>Whose colors the result has.</summary>
    public ColorKind Color { get; init; } = ColorKind.Style;

    /// <summary>How colors are matched, by <see cref="ColorKind.Match"/> and wherever there is a palette.</summary>
    public ColorMatchKind ColorMatch { get; init; } = ColorMatchKind.MongeKantorovich;

    /// <summary>How far <see cref="Color"/> goes, from 0, the artwork's colors, to 1.</summary>
    public double ColorAmount { get; init; } = 1;

    /// <summary>The optimization method.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size of Adam (in units of the [0, 1] range) and of gradient descent, and the first trial step of
    /// L-BFGS; null takes the method's own: 0.03, the number of samples in the picture, and 1.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Curvature pairs that L-BFGS remembers.</summary>
    public int History { get; init; } = 10;

    /// <summary>Steps at the final size.</summary>
    public int Iterations { get; init; } = 60;

    /// <summary>Steps at the first size, where there are several; null lets <see cref="IterationGrowth"/> choose.
    /// </summary>
    public int? InitialIterations { get; init; }

    /// <summary>Smaller sizes take <c>Iterations × (final size / size)^IterationGrowth</c> steps.</summary>
    public double IterationGrowth { get; init; } = 1;

    /// <summary>Long sides of the sizes at which the picture is painted, growing, in pixels; empty lets
    /// <see cref="MinSize"/> and <see cref="ScaleFactor"/> choose. The last one must be the final size.</summary>
    public ImmutableArray<int> Scales { get; init; } = [];

    /// <summary>Factor from one size to the next, above 1.</summary>
    public double ScaleFactor { get; init; } = 2;

    /// <summary>Long side of the first, smallest size, in pixels.</summary>
    public int MinSize { get; init; } = 128;

    /// <summary>What the optimization starts from.</summary>
    public InitKind Init { get; init; } = InitKind.Content;

    /// <summary>Share of noise mixed into the starting picture, 0–1.</summary>
    public double NoiseRatio { get; init; }

    /// <summary>Seed of everything random. The same inputs, options, seed and kind of processor give
    /// the same bytes.</summary>
    public int Seed { get; init; }

    /// <summary>Weight of the past in the running average of the iterates that Adam's result is taken from, 0 ≤ X &lt;
    /// 1; 0 takes the last iterate.</summary>
    public double Average { get; init; } = 0.99;

    /// <summary>Pixels by which the picture is extended (mirrored) while it is painted, so that the network's zero
    /// padding leaves no glow at the border; they are cut off at the end.</summary>
    public int Margin { get; init; } = 16;

    /// <summary>The margin that is painted.</summary>
    internal int PaintedMargin => Tileable ? 0 : Margin;

    /// <summary>Memory in bytes that a run may take, as far as it can be foreseen: large pictures are then worked
    /// through in narrower bands, and more is computed twice, which changes the result by rounding only. Null sets no
    /// limit.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Whether all values are equal; lists are compared by what they hold.</summary>
    public bool Equals(StylizeOptions? other)
        => other is not null && StylizeOptionTable.All.All(option => option.AreEqual(this, other));

    /// <inheritdoc/>
    public override int GetHashCode()
        => StylizeOptionTable.All.Aggregate(0, (hash, option) => HashCode.Combine(hash, option.HashOf(this)));
}
