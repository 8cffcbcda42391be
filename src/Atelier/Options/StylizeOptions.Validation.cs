using System.Collections.Immutable;
using System.Globalization;

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
    /// <returns>The problems; empty when the options can be used. Layer names are checked later, when the
    /// network is known.</returns>
    public IReadOnlyList<Problem> Validate(int styleCount)
    {
        List<Problem> problems = [];
        void Require(bool holds, string option, FormattableString fault, string remedy)
        {
            if (!holds)
            {
                problems.Add(new Problem(option, FormattableString.Invariant(fault), remedy));
            }
        }

        void RequireStrength(double value, string name)
            => Require(value is >= 0 and <= LargestWeight, name, $"is {value}", $"give 0 to {LargestWeight:0e+0}");

        const string Pixels = "give 16 to 65535 pixels";
        Require(Size is null or (>= 16 and <= 65_535), "size", $"is {Size}", $"{Pixels}, or original");
        Require(double.IsFinite(StyleScale) && StyleScale is >= 0.05 and <= 20, "style-scale", $"is {StyleScale}",
            "give 0.05 to 20");
        Require(Aspect is >= 0.05 and <= 20, "aspect", $"is {Aspect}", "give 0.05 to 20");
        RequireStrength(ContentWeight, "content-weight");
        RequireStrength(StyleWeight, "style-weight");
        RequireStrength(TvWeight, "tv-weight");
        Require(ActivationShift is >= -1000 and <= 1000, "activation-shift", $"is {ActivationShift}",
            "give -1000 to 1000");
        Require(ActivationShift == 0 || StyleLoss == StyleLossKind.Gram, "activation-shift",
            $"changes Gram matrices only", "add style-loss gram, or leave the shift at 0");
        Require(!CorrelationChain || StyleLoss == StyleLossKind.Gram, "correlation-chain", $"is made of Gram matrices",
            "add style-loss gram, or turn the chain off");
        Require(ColorAmount is >= 0 and <= 1, "color-amount", $"is {ColorAmount}", "give 0 to 1");
        Require(LearningRate is null or (> 0 and <= LargestWeight), "learning-rate", $"is {LearningRate}",
            $"give a number above 0, up to {LargestWeight:0e+0}");
        Require(History is >= 1 and <= 1000, "history", $"is {History}", "give 1 to 1000");
        Require(Iterations is >= 1 and <= 1_000_000, "iterations", $"is {Iterations}", "give 1 to 1000000");
        Require(InitialIterations is null or (>= 1 and <= 1_000_000), "initial-iterations", $"is {InitialIterations}",
            "give 1 to 1000000");
        Require(IterationGrowth is >= 0 and <= 3, "iteration-growth", $"is {IterationGrowth}", "give 0 to 3");
        Require(double.IsFinite(ScaleFactor) && ScaleFactor > 1.01, "scale-factor", $"is {ScaleFactor}",
            "give a number above 1.01");
        Require(MinSize is >= 16 and <= 65_535, "min-size", $"is {MinSize}", Pixels);
        Require(NoiseRatio is >= 0 and <= 1, "noise-ratio", $"is {NoiseRatio}", "give 0 to 1");
        Require(Average is >= 0 and < 1, "average", $"is {Average}", "give 0 or more, below 1");
        Require(Margin is >= 0 and <= 256, "margin", $"is {Margin}", "give 0 to 256 pixels");
        Require(MaxMemory is null or >= LeastMemory, "max-memory", $"is {MaxMemory} bytes",
            $"give at least {LeastMemory / 1_000_000}MB");
        problems.AddRange(ScaleProblems());
        problems.AddRange(StyleProblems(styleCount));
        return problems;
    }

    /// <summary>Whether styles can be blended with weights, which are then divided by their sum.</summary>
    internal static bool CanBlend(ImmutableArray<double> weights)
        => weights.Sum() is > 0 and double sum && sum >= LeastShareOfWeights * weights.Sum(Math.Abs);

    private IEnumerable<Problem> ScaleProblems()
    {
        if (Scales.Any(scale => scale is < 16 or > 65_535))
        {
            yield return new Problem("scales", "holds a size outside 16 to 65535 pixels", "leave it out");
        }

        if (Scales.Zip(Scales.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return new Problem("scales", "must grow from each to the next", "write them as in 128,256,512");
        }

        if (!Scales.IsEmpty && Size is int size && Scales[^1] != size)
        {
            yield return new Problem("scales", $"ends at {Scales[^1]}, but size is {size}", "make the two the same");
        }
    }

    private IEnumerable<Problem> StyleProblems(int styleCount)
    {
        if (StyleWeight != 0 && styleCount == 0)
        {
            yield return new Problem("style", "is given", "name at least one, or set style-weight to 0")
            {
                Subject = "no style picture",
            };
        }

        if (!StyleWeights.IsEmpty && StyleWeights.Length != styleCount)
        {
            yield return new Problem(
                "style-weights", $"has {StyleWeights.Length} entries for {styleCount} style pictures",
                "give one for each");
        }

        string weights =
            $"is {string.Join(',', StyleWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}";
        if (StyleWeights.Any(weight => !(Math.Abs(weight) <= LargestWeight)))
        {
            yield return new Problem(
                "style-weights", weights,
                FormattableString.Invariant($"give numbers of -{LargestWeight:0e+0} to {LargestWeight:0e+0}"));
        }

        bool areZero = StyleWeights.All(weight => weight == 0);
        if (!StyleWeights.IsEmpty && areZero)
        {
            yield return new Problem("style-weights", "are all 0", "give one above 0");
        }

        if (!areZero && !CanBlend(StyleWeights))
        {
            yield return new Problem(
                "style-weights", weights, "their sum must be above 0, and not next to it, as in 1.5,-0.5");
        }

        if (!(ContentWeight > 0 || StyleWeight > 0 || TvWeight > 0))
        {
            yield return new Problem(
                "style-weight", "is 0, so there is nothing to paint towards",
                "give one of content-weight, style-weight and tv-weight above 0")
            {
                Subject = "every weight",
            };
        }
    }
}
