using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Options;

/// <summary>The options of a style transfer, with their defaults. <see cref="StylizeOptionTable"/> lists their names,
/// ranges and text values. Two objects are equal if all values are equal.</summary>
/// <remarks>Loss weights have the same effect at every picture size, because the losses are means or per-position
/// statistics.</remarks>
public sealed partial record StylizeOptions
{
    /// <summary>The default options, which are those of the preset <c>normal</c>.</summary>
    public static StylizeOptions Default { get; } = new();

    /// <summary>The defaults of version 0.1 of this library, with the options that came later turned off.</summary>
    public static StylizeOptions Version1 { get; } = new()
    {
        ContentLayers = LayerSelection.Parse("relu3_3,relu4_2"),
        StyleLayers = LayerSelection.Parse("relu1_1=8,relu2_1=4,relu3_1=4,relu4_1=4,relu5_1=2"),
        ContentWeight = 0.2,
        ContentGrowth = 0,
        Clarity = 0,
        Salience = 0,
        Detail = 0,
        NeighborWeight = 0,
        NeighborBalance = 0,
        TvWeight = 6,
        ChromaTvWeight = 0,
        ColorMap = 0,
        Padding = Padding.Zero,
        Margin = 16,
        LearningRateEnd = 1,
        Average = 0.99,
        Iterations = 60,
        IterationGrowth = 1,
        MinSize = 128,
    };

    /// <summary>Long side of the result, in pixels (16 or more); null keeps the size of the content picture or, without
    /// a content picture, that of the first style picture.</summary>
    public int? Size { get; init; } = 512;

    /// <summary>Width divided by height, 0.05–20, of a result without a content picture; otherwise the result has the
    /// content's aspect ratio.</summary>
    public double Aspect { get; init; } = 1;

    /// <summary>Whether the result tiles seamlessly in both directions: the network and the total variation term then
    /// treat opposite edges as adjacent, and there is no margin. Both sides must be multiples of 16 pixels, unless all
    /// layers are shallow.</summary>
    public bool Tileable { get; init; }

    /// <summary>Size of the style pictures relative to the result: 1 makes their long side as long as the result's;
    /// smaller values give finer strokes. A style picture is never enlarged beyond its own size.</summary>
    public double StyleScale { get; init; } = 1;

    /// <summary>Weight of each style in the blend, in order, normalized to sum to 1; empty means equal weights. A
    /// negative weight moves the result away from a style, as in 1.5, −0.5.</summary>
    public ImmutableArray<double> StyleWeights { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The perceptual network: <c>compact</c>, which is embedded, or the path to a weight file.</summary>
    public string Network { get; init; } = "compact";

    /// <summary>The network's pooling.</summary>
    public Pooling Pooling { get; init; } = Pooling.Max;

    /// <summary>Padding at the picture's border. Ignored for tileable pictures, which have no border.</summary>
    public Padding Padding { get; init; } = Padding.Replicate;

    /// <summary>Scale of the network's activations. The loss weights of the presets are tuned for normalized
    /// activations, unless a preset sets this option.</summary>
    public ActivationMode Activations { get; init; } = ActivationMode.Auto;

    /// <summary>Layers whose features should match those of the content picture.</summary>
    public LayerSelection ContentLayers { get; init; } = LayerSelection.Parse("relu2_2,relu3_3,relu4_2");

    /// <summary>Layers whose feature statistics should match those of the style pictures.</summary>
    public LayerSelection StyleLayers { get; init; } =
        LayerSelection.Parse("relu1_1=2,relu2_1=1,relu3_1=1");

    /// <summary>How a loss is distributed over layers without an explicit weight.</summary>
    public LayerWeighting LayerWeights { get; init; } = LayerWeighting.Equal;

    /// <summary>Weight α of the content loss; 0 turns it off.</summary>
    public double ContentWeight { get; init; } = 0.12;

    /// <summary>Weight β of the style losses; 0 turns them off.</summary>
    public double StyleWeight { get; init; } = 1;

    /// <summary>Weight of the total variation term; 0 turns it off.</summary>
    public double TvWeight { get; init; } = 2;

    /// <summary>Growth of the content weight toward smaller scales: <c>ContentWeight × (final size /
    /// size)^ContentGrowth</c>.</summary>
    public double ContentGrowth { get; init; } = 0.4;

    /// <summary>How far weak local contrast of the photograph is strengthened before it is painted, 0–1: faint joints,
    /// panels and clouds become forms that the painting keeps (the statistical differencing of Wallis 1976).</summary>
    public double Clarity { get; init; } = 1;

    /// <summary>How far the painting holds on to the photograph where it has contrast, and lets go where it is flat,
    /// 0–1: flat skies, walls and water are left to the artwork. Weights the content loss and <see
    /// cref="NeighborGuide"/> by the photograph's local variance; 0 treats all parts alike.</summary>
    public double Salience { get; init; } = 1;

    /// <summary>Share of the photograph's fine detail, which the next larger scale adds, that is put into the painting
    /// when it is enlarged, 0–1.</summary>
    public double Detail { get; init; } = 0.4;

    /// <summary>Weight of the total variation of color alone, not of brightness; 0 turns it off.</summary>
    public double ChromaTvWeight { get; init; } = 5;

    /// <summary>Convention of the content loss.</summary>
    public ContentLossKind ContentLoss { get; init; } = ContentLossKind.Mean;

    /// <summary>The style loss.</summary>
    public StyleLossKind StyleLoss { get; init; } = StyleLossKind.Wasserstein;

    /// <summary>Weight of the nearest-neighbor style loss, which draws each position's features toward the most similar
    /// ones of the artworks, relative to <see cref="StyleWeight"/>; 0 turns it off.</summary>
    public double NeighborWeight { get; init; } = 3;

    /// <summary>Layers of the nearest-neighbor style loss.</summary>
    public LayerSelection NeighborLayers { get; init; } = LayerSelection.Parse("relu2_1,relu3_1,relu4_1");

    /// <summary>Share of the photograph's features in the search for neighbors, 0–1: the larger, the more do similar
    /// parts of the photograph get similar strokes.</summary>
    public double NeighborGuide { get; init; } = 0.3;

    /// <summary>How far the search for neighbors may move toward using all of the artworks equally, as a difference of
    /// cosines, 0–1: 0 takes the most similar features, so that flat parts of the photograph stay flat; larger values
    /// fill them with more of the artwork.</summary>
    public double NeighborBalance { get; init; } = 0.3;

    /// <summary>Constant added to the features before computing Gram matrices (Novak and Nikulin 2016 use
    /// −1).</summary>
    public double ActivationShift { get; init; }

    /// <summary>Whether Gram matrices are computed between neighboring style layers instead of within each layer (Novak
    /// and Nikulin 2016, section 3.5).</summary>
    public bool CorrelationChain { get; init; }

    /// <summary>Form of the total variation term.</summary>
    public TotalVariationKind Tv { get; init; } = TotalVariationKind.NinePoint;

    /// <summary>Where the colors of the result come from.</summary>
    public ColorKind Color { get; init; } = ColorKind.Style;

    /// <summary>How colors are matched, for <see cref="ColorKind.Match"/> and wherever a palette is used.</summary>
    public ColorMatchKind ColorMatch { get; init; } = ColorMatchKind.MongeKantorovich;

    /// <summary>Strength of <see cref="Color"/>: 0 keeps the artwork's colors, 1 applies it fully.</summary>
    public double ColorAmount { get; init; } = 1;

    /// <summary>How far the colors of the finished painting are mapped to those of the artworks by a linear map, 0–1
    /// (Pitié and Kokaram 2007): 1 makes the paintings of gray artworks exactly gray.</summary>
    public double ColorMap { get; init; } = 1;

    /// <summary>The optimization method.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size of Adam (in units of the [0, 1] range) and of gradient descent, and the first trial step of
    /// L-BFGS. Null uses the optimizer's default: 0.03 for Adam, the number of samples in the picture for gradient
    /// descent, 1 for L-BFGS.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Step size at the end of each scale as a share of that at its beginning, 0–1; it falls along a
    /// cosine.</summary>
    public double LearningRateEnd { get; init; } = 0.05;

    /// <summary>Number of curvature pairs that L-BFGS stores.</summary>
    public int History { get; init; } = 10;

    /// <summary>Number of iterations at the final scale.</summary>
    public int Iterations { get; init; } = 28;

    /// <summary>Number of iterations at the first scale if there are several; null derives it from
    /// <see cref="IterationGrowth"/>. </summary>
    public int? InitialIterations { get; init; }

    /// <summary>Growth of the iteration count toward smaller scales: a scale runs <c>Iterations × (final size /
    /// size)^IterationGrowth</c> iterations.</summary>
    public double IterationGrowth { get; init; } = 0.4;

    /// <summary>Long sides of the scales, in pixels, in ascending order; empty derives them from <see cref="MinSize"/>
    /// and <see cref="ScaleFactor"/>. The last one must equal the final size.</summary>
    public ImmutableArray<int> Scales { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Maximum size ratio between neighboring scales, above 1.</summary>
    public double ScaleFactor { get; init; } = 2;

    /// <summary>Long side of the first (smallest) scale, in pixels.</summary>
    public int MinSize { get; init; } = 64;

    /// <summary>What the painting is initialized with.</summary>
    public InitKind Init { get; init; } = InitKind.Content;

    /// <summary>Fraction of noise mixed into the initial picture, 0–1.</summary>
    public double NoiseRatio { get; init; }

    /// <summary>Seed of all random numbers. The same inputs, options, seed and processor type produce the same
    /// bytes.</summary>
    public int Seed { get; init; }

    /// <summary>Decay of the running average of Adam's iterates, from which the result is taken, 0 ≤ X &lt; 1; 0 uses
    /// the last iterate.</summary>
    public double Average { get; init; } = 0.9;

    /// <summary>Width in pixels of the mirrored margin that surrounds the picture while it is painted, so that the
    /// network's zero padding causes no artifacts at the border. The margin is cropped at the end.</summary>
    public int Margin { get; init; } = 4;

    /// <summary>The margin in effect: none for tileable pictures.</summary>
    internal int PaintedMargin => Tileable ? 0 : Margin;

    /// <summary>Limit, in bytes, on the predicted memory use of a run. To stay within it, large pictures are processed
    /// in narrower bands and more values are recomputed, which changes the result only by rounding. Null sets no
    /// limit.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Whether all values are equal; lists are compared by their elements.</summary>
    public bool Equals(StylizeOptions? other)
        => other is not null && StylizeOptionTable.All.All(option => option.AreEqual(this, other));

    /// <inheritdoc/>
    public override int GetHashCode()
        => StylizeOptionTable.All.Aggregate(0, (hash, option) => HashCode.Combine(hash, option.HashOf(this)));
}
