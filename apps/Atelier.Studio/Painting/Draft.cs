using Atelier.Options;

namespace Atelier.Studio.Painting;

/// <summary>A small painting with few iterations, that shows what the large one would be like.</summary>
public static class Draft
{
    /// <summary>Long side of the picture, in pixels.</summary>
    public const int Side = 256;

    private static readonly StylizeOptions Preset = Presets.ByName["draft"];

    /// <summary>The names of the options that a draft has of its own.</summary>
    public static IReadOnlyList<string> OwnOptions { get; } =
    [
        "size", "scales", "initial-iterations", "iterations", "iteration-growth", "min-size", "scale-factor",
        "optimizer", "learning-rate",
    ];

    /// <summary>Returns the options of a draft of a painting with other options.</summary>
    public static StylizeOptions Of(StylizeOptions options) => Reduce(options, Side, Preset);

    /// <summary>Returns options with the size, the scales and the iterations of a preset.</summary>
    /// <param name="options">The options.</param>
    /// <param name="side">Long side, in pixels; a smaller one stays as it is.</param>
    /// <param name="preset">The preset; fewer iterations stay as they are.</param>
    internal static StylizeOptions Reduce(StylizeOptions options, int side, StylizeOptions preset)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Size = Math.Min(side, options.Size ?? side),
            Scales = [],
            InitialIterations = null,
            Iterations = Math.Min(options.Iterations, preset.Iterations),
            IterationGrowth = preset.IterationGrowth,
            MinSize = preset.MinSize,
            ScaleFactor = preset.ScaleFactor,
            Optimizer = OptimizerKind.Adam,
            LearningRate = null,
        };
    }
}
