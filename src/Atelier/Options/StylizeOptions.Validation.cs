using System.Collections.Immutable;
using Atelier.Primitives;

namespace Atelier.Options;

public sealed partial record StylizeOptions
{
    /// <summary>Above this, squared gradients overflow single precision.</summary>
    internal const double MaxWeight = 1e12;

    // Below this sum, what remains of a difference of styles is mostly noise.
    private const double MinShareOfWeights = 0.01;

    /// <summary>Validates every option and returns all problems.</summary>
    /// <param name="styleCount">Number of style pictures.</param>
    /// <returns>The problems; empty if the options can be used. Layer names are checked later, when the network is
    /// known.</returns>
    public IReadOnlyList<Problem> Validate(int styleCount)
        => [
            .. StylizeOptionTable.All.SelectMany(option => option.ProblemsWith(this)),
            .. GramProblems(), .. ScaleProblems(), .. StyleProblems(styleCount),
        ];

    /// <summary>Whether styles can be blended with these weights, which are then divided by their sum.</summary>
    internal static bool CanBlend(ImmutableArray<double> weights)
        => weights.Sum() is > 0 and double sum && sum >= MinShareOfWeights * weights.Sum(Math.Abs);

    private IEnumerable<Problem> GramProblems()
    {
        if (ActivationShift != 0 && StyleLoss != StyleLossKind.Gram)
        {
            yield return new Problem(
                "activation-shift", "affects only Gram matrices", "use style-loss gram, or set it to 0");
        }

        if (CorrelationChain && StyleLoss != StyleLossKind.Gram)
        {
            yield return new Problem(
                "correlation-chain", "consists of Gram matrices", "use style-loss gram, or turn it off");
        }
    }

    private IEnumerable<Problem> ScaleProblems()
    {
        if (!Scales.IsEmpty && Size is int size && Scales[^1] != size)
        {
            yield return new Problem("scales", $"ends at {Scales[^1]}, but size is {size}", "make them equal");
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
                "style-weights",
                $"has {Count.Of(StyleWeights.Length, "entry", "entries")} for {Count.Of(styleCount, "style picture")}",
                "give one for each");
        }

        bool areZero = StyleWeights.All(weight => weight == 0);
        if (!StyleWeights.IsEmpty && areZero)
        {
            yield return new Problem("style-weights", "are all 0", "give one above 0");
        }

        if (!areZero && !CanBlend(StyleWeights))
        {
            yield return new Problem(
                "style-weights", $"is {string.Join(',', StyleWeights.Select(OptionText.Of))}",
                "their sum must be clearly above 0, as in 1.5,-0.5");
        }

        if (!(ContentWeight > 0 || StyleWeight > 0 || TvWeight > 0 || ChromaTvWeight > 0))
        {
            yield return new Problem(
                "style-weight", "is 0, so there is nothing to optimize",
                "give one of content-weight, style-weight and tv-weight above 0")
            {
                Subject = "every weight",
            };
        }
    }
}
