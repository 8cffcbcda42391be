using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Options;

/// <summary>Named sets of options. Explicit options override those of a preset.</summary>
public static partial class Presets
{
    // Every scale adds detail of the photograph, so where there are more scales, the artwork has more to say at each.
    private static readonly StylizeOptions Large =
        StylizeOptions.Default with { NeighborGuide = 0.2, ContentGrowth = 0.2 };

    /// <summary>The presets by name.</summary>
    public static ImmutableSortedDictionary<string, StylizeOptions> ByName { get; } =
        new Dictionary<string, StylizeOptions>
        {
            // A first impression within a second or two, and a preview that shows what normal will look like.
            ["look"] = StylizeOptions.Default with { Iterations = 3, IterationGrowth = 0.7 },
            ["draft"] = StylizeOptions.Default with { Iterations = 7, IterationGrowth = 0.6 },
            ["normal"] = StylizeOptions.Default,

            // More iterations, at twice the size, and large prints.
            ["fine"] = Large with { Size = 1024, Iterations = 45 },
            ["print"] = Large with { Size = 2048, ScaleFactor = 1.6 },

            // Closer to the photograph, and farther from it.
            ["calm"] = StylizeOptions.Default with
            {
                NeighborWeight = 2,
                NeighborGuide = 0.6,
                NeighborBalance = 0.1,
                ContentWeight = 0.3,
                ContentGrowth = 0.6,
                Clarity = 0.5,
                Salience = 0.3,
                Detail = 1,
            },
            ["bold"] = StylizeOptions.Default with
            {
                NeighborGuide = 0.2,
                ContentWeight = 0.1,
                ContentGrowth = 0.2,
            },

            // Faces stay faces: the eyes and the mouth are the photograph's, and the skin stays smooth.
            ["portrait"] = StylizeOptions.Default with
            {
                NeighborGuide = 0.5,
                NeighborBalance = 0.1,
                ContentLayers = LayerSelection.Parse("relu2_2=1,relu3_3=1,relu4_2=2"),
                ContentWeight = 0.35,
                Clarity = 0.3,
                Salience = 0.5,
                Detail = 0.8,
                TvWeight = 4,
            },

            // Pencil, ink and engravings: gray, with hatching that follows the form.
            ["sketch"] = StylizeOptions.Default with
            {
                NeighborWeight = 4,
                NeighborBalance = 0.4,
                ContentWeight = 0.18,
                Salience = 0.3,
                Detail = 0.6,
                TvWeight = 1,
                ChromaTvWeight = 20,
            },

            // Gatys et al. 2015: Gram matrices of five layers, from noise, with L-BFGS, at a single scale.
            ["classic"] = StylizeOptions.Version1 with
            {
                StyleLoss = StyleLossKind.Gram,
                StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"),
                ContentLayers = LayerSelection.Parse("relu4_2"),
                ContentWeight = 0.02,
                TvWeight = 0,
                Optimizer = OptimizerKind.Lbfgs,
                Iterations = 200,
                MinSize = 65_535,
                Init = InitKind.Noise,
                Margin = 0,
            },

            // Novak and Nikulin 2016: shifted Gram matrices between neighboring layers, over all layers, weighted
            // toward the shallow ones.
            ["improved"] = StylizeOptions.Version1 with
            {
                StyleLoss = StyleLossKind.Gram,
                StyleLayers = LayerSelection.All,
                ContentLayers = LayerSelection.Parse("relu4_2"),
                LayerWeights = LayerWeighting.Geometric,
                ActivationShift = -1,
                CorrelationChain = true,
                ContentWeight = 0.001,
                TvWeight = 0.05,
                Optimizer = OptimizerKind.Lbfgs,
            },

            // The objective of jcjohnson/neural-style, expressed in this library's terms. Its Gram matrices are also
            // divided by the number of channels, and its layers have no weights: Σ(F·Fᵀ/(C·M) − A)²/C² equals 4/C²
            // times the Gram loss here, for C = 64, 128, 256, 512, 512. Its total variation has half the weight, on
            // values up to 255.
            ["neural-style"] = StylizeOptions.Version1 with
            {
                Network = "vgg19-caffe",
                Activations = ActivationMode.Original,
                ContentLayers = LayerSelection.Parse("relu4_2"),
                ContentWeight = 5,
                StyleLoss = StyleLossKind.Gram,
                StyleLayers = LayerSelection.Parse("relu1_1=64,relu2_1=16,relu3_1=4,relu4_1=1,relu5_1=1"),
                StyleWeight = 100 * 4 * 86 / (512.0 * 512),
                Tv = TotalVariationKind.Squared,
                TvWeight = 0.5e-3 * 255 * 255,
                Optimizer = OptimizerKind.Lbfgs,
                History = 100,
                Iterations = 1000,
                MinSize = 65_535,
                Init = InitKind.Gray,
                Margin = 0,
            },

            // The objective and the schedule of crowsonkb/style-transfer-pytorch.
            ["style-transfer-pytorch"] = StylizeOptions.Version1 with
            {
                Network = "vgg19",
                Activations = ActivationMode.Original,
                Padding = Padding.Replicate,
                ContentLayers = LayerSelection.Parse("relu4_2"),
                ContentWeight = 0.015,
                StyleLayers = LayerSelection.Parse("relu1_1=256,relu2_1=64,relu3_1=16,relu4_1=4,relu5_1=1"),
                TvWeight = 2,
                LearningRate = 0.02,
                ScaleFactor = Math.Sqrt(2),
                Iterations = 500,
                IterationGrowth = 0,
                InitialIterations = 1000,
                Margin = 0,
            },

            // Style alone.
            ["texture"] = StylizeOptions.Version1 with
            {
                ContentWeight = 0,
                Init = InitKind.StyleStats,
            },

            // Content alone, from noise: what a layer preserves of a picture.
            ["reconstruct"] = StylizeOptions.Version1 with
            {
                ContentLayers = LayerSelection.Parse("relu4_2"),
                ContentWeight = 1,
                StyleWeight = 0,
                TvWeight = 0,
                Optimizer = OptimizerKind.Lbfgs,
                Iterations = 200,
                MinSize = 65_535,
                Init = InitKind.Noise,
            },
        }.ToImmutableSortedDictionary();
}
