using System.Collections.Immutable;

namespace Atelier.Options;

public sealed partial record StylizeOptions
{
    /// <summary>Above it, squares of gradients overflow single precision.</summary>
    internal const double LargestWeight = 1e12;

    // Below it a difference of styles is their noise.
    private const double LeastShareOfWeights = 0.01;

    // Less than the runtime and the smallest picture take.
    private const long LeastMemory = 100_000_000;

    /// <summary>Checks every option and names all problems at once.</summary>
    /// <param name="styleCount">How many style pictures are given.</param>
    /// <returns>A sentence per problem; empty when the options can be used. Layer names are checked later, when the
    /// network is known.</returns>
    public IReadOnlyList<string> Validate(int styleCount)
    {
        List<string> problems = [];
        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        void RequireStrength(double value, string name)
            => Require(value is >= 0 and <= LargestWeight, $"{name} is {value}; give 0 to {LargestWeight:0e+0}.");

        Require(Size is null or (>= 16 and <= 65_535), $"size is {Size}; give 16 to 65535 pixels, or original.");
        Require(double.IsFinite(StyleScale) && StyleScale is >= 0.05 and <= 20,
            $"style-scale is {StyleScale}; give 0.05 to 20.");
        Require(Aspect is >= 0.05 and <= 20, $"aspect is {Aspect}; give 0.05 to 20.");
        RequireStrength(ContentWeight, "content-weight");
        RequireStrength(StyleWeight, "style-weight");
        RequireStrength(TvWeight, "tv-weight");
        Require(ActivationShift is >= -1000 and <= 1000, $"activation-shift is {ActivationShift}; give -1000 to 1000.");
        Require(ActivationShift == 0 || StyleLoss == StyleLossKind.Gram,
            "activation-shift changes Gram matrices only; add style-loss gram, or leave the shift at 0.");
        Require(!CorrelationChain || StyleLoss == StyleLossKind.Gram,
            "correlation-chain is made of Gram matrices; add style-loss gram, or turn the chain off.");
        Require(ColorAmount is >= 0 and <= 1, $"color-amount is {ColorAmount}; give 0 to 1.");
        Require(LearningRate is null or (> 0 and <= LargestWeight),
            $"learning-rate is {LearningRate}; give a number above 0, up to {LargestWeight:0e+0}.");
        Require(History is >= 1 and <= 1000, $"history is {History}; give 1 to 1000.");
        Require(Iterations is >= 1 and <= 1_000_000, $"iterations is {Iterations}; give 1 to 1000000.");
        Require(InitialIterations is null or (>= 1 and <= 1_000_000),
            $"initial-iterations is {InitialIterations}; give 1 to 1000000.");
        Require(IterationGrowth is >= 0 and <= 3, $"iteration-growth is {IterationGrowth}; give 0 to 3.");
        Require(double.IsFinite(ScaleFactor) && ScaleFactor > 1.01,
            $"scale-factor is {ScaleFactor}; give a number above 1.01.");
        Require(MinSize is >= 16 and <= 65_535, $"min-size is {MinSize}; give 16 to 65535 pixels.");
        Require(NoiseRatio is >= 0 and <= 1, $"noise-ratio is {NoiseRatio}; give 0 to 1.");
        Require(Average is >= 0 and < 1, $"average is {Average}; give 0 or more, below 1.");
        Require(Margin is >= 0 and <= 256, $"margin is {Margin}; give 0 to 256 pixels.");
        Require(MaxMemory is null or >= LeastMemory,
            $"max-memory is {MaxMemory} bytes; give at least {LeastMemory / 1_000_000}MB.");
        ValidateScales(Require);
        ValidateStyles(Require, styleCount);
        return problems;
    }

    /// <summary>Whether styles can be blended with weights, which are then divided by their sum.</summary>
    internal static bool CanBlend(ImmutableArray<double> weights)
        => weights.Sum() is > 0 and double sum && sum >= LeastShareOfWeights * weights.Sum(Math.Abs);

    private void ValidateScales(Action<bool, string> require)
    {
        require(Scales.All(scale => scale is >= 16 and <= 65_535), "scales holds a size outside 16 to 65535 pixels.");
        require(Scales.Zip(Scales.Skip(1)).All(pair => pair.First < pair.Second),
            "scales must grow from each to the next.");
        require(Scales.IsEmpty || Size is null || Scales[^1] == Size,
            $"scales ends at {(Scales.IsEmpty ? 0 : Scales[^1])}, but size is {Size}; make the two the same.");
    }

    private void ValidateStyles(Action<bool, string> require, int styleCount)
    {
        require(StyleWeight == 0 || styleCount > 0,
            "no style picture is given; name at least one, or set style-weight to 0.");
        require(StyleWeights.IsEmpty || StyleWeights.Length == styleCount,
            $"style-weights has {StyleWeights.Length} entries for {styleCount} style pictures; give one for each.");
        string weights = $"style-weights is {string.Join(',', StyleWeights)}";
        require(StyleWeights.All(weight => Math.Abs(weight) <= LargestWeight),
            $"{weights}; give numbers of -{LargestWeight:0e+0} to {LargestWeight:0e+0}.");
        bool areZero = StyleWeights.All(weight => weight == 0);
        require(StyleWeights.IsEmpty || !areZero, "style-weights are all 0; give one above 0.");
        require(areZero || CanBlend(StyleWeights),
            $"{weights}; their sum must be above 0, and not next to it, as in 1.5,-0.5.");
        require(ContentWeight > 0 || StyleWeight > 0 || TvWeight > 0,
            "every weight is 0, so there is nothing to paint towards.");
    }
}
