using System.Collections.Immutable;

namespace Atelier;

/// <summary>Named sets of options. Explicit options win over a preset's.</summary>
public static class Presets
{
    /// <summary>The presets by name.</summary>
    public static ImmutableSortedDictionary<string, StylizeOptions> ByName { get; } =
        new Dictionary<string, StylizeOptions>
        {
            ["draft"] = StylizeOptions.Default with { Size = 256, Iterations = 60 },
            ["normal"] = StylizeOptions.Default,
            ["fine"] = StylizeOptions.Default with { Size = 1024, Iterations = 100 },
            ["classic"] = StylizeOptions.Default with
            {
                StyleLoss = StyleLossKind.Gram,
                StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"),
                Optimizer = OptimizerKind.Lbfgs,
            },
        }.ToImmutableSortedDictionary();
}
