using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Styles;

namespace Atelier.Pyramid;

/// <summary>Warnings about settings that limit the quality of the result.</summary>
internal static class RunWarnings
{
    // Beyond this factor, loss weights no longer have their usual effect.
    private const double FarActivations = 4;

    // Fraction of the requested long side of a style.
    private const double SmallStyle = 0.75;

    /// <summary>Returns the warnings of a run whose pictures have been measured.</summary>
    internal static ImmutableArray<string> Of(PreparedRun run)
        => [.. BeforeRun(run), .. run.Objectives.Warnings];

    /// <summary>Returns the warnings that are known before the pictures are measured.</summary>
    internal static ImmutableArray<string> BeforeRun(PreparedRun run)
        => [.. run.LabelWarnings, .. OfSizes(run), .. OfSeed(run), .. OfStrengths(run)];

    private static List<string> OfSizes(PreparedRun run)
    {
        List<string> warnings = [];
        PyramidScale final = run.Scales[^1].Scale;
        int contentSide = Math.Max(run.FullSize.Width, run.FullSize.Height);
        if (final.LongSide > contentSide)
        {
            warnings.Add(
                $"the content's long side is {Count.Of(contentSide, "pixel")}; it is enlarged to {final.LongSide}. " +
                "Use size original to keep its size.");
        }

        int wanted = (int)Math.Round(final.LongSide * run.Options.StyleScale);
        foreach ((Style style, int i) in run.GivenStyles.Select((style, i) => (style, i)))
        {
            if (style.Picture is Picture picture && Math.Max(picture.Width, picture.Height) < SmallStyle * wanted)
            {
                warnings.Add(
                    $"style picture {i + 1} is {picture.Width} x {picture.Height}, smaller than the result; " +
                    "its strokes will look finer than on the original. A larger scan or a smaller size helps.");
            }
            else if (style.Statistics is StyleStatistics statistics && statistics.Sizes[^1] < SmallStyle * wanted)
            {
                warnings.Add(
                    $"style file {i + 1} was measured up to {statistics.Sizes[^1]} pixels, less than the size of " +
                    "the result; its strokes will look finer than in the original. Extract the style at larger " +
                    "sizes.");
            }
        }

        return warnings;
    }

    /// <summary>Warns if a seed was chosen for a run without anything random.</summary>
    private static ImmutableArray<string> OfSeed(PreparedRun run)
        => run.Options.Seed == StylizeOptions.Default.Seed || run.DependsOnSeed ? [] : [
            $"seed {run.Options.Seed} has no effect: nothing in this run is random. Use init noise, or a noise-ratio " +
            "above 0, for a variation."];

    /// <summary>Warns if a network's activations are far from the level that the presets' loss weights are tuned
    /// for.</summary>
    private static ImmutableArray<string> OfStrengths(PreparedRun run)
    {
        (StylizeOptions options, Network network) = (run.Options, run.Network);
        ImmutableHashSet<string> compared = run.Objectives.Layers;
        bool isEmbedded = options.Network == NetworkDefinition.Compact.Name;
        if (options.Activations != ActivationMode.Auto || isEmbedded || compared.IsEmpty)
        {
            return [];
        }

        double Distance(double mean) => mean > 0 ? Math.Abs(Math.Log(mean)) : 0;
        (string layer, double mean) = network.MeanActivations(compared.Max(network.IndexOf) + 1)
            .Where(each => compared.Contains(each.Layer))
            .MaxBy(each => Distance(each.Mean));
        return Distance(mean) < Math.Log(FarActivations) ? [] : [
            FormattableString.Invariant(
                $"the network's activations are {mean:G2} on average at {layer}, but the presets' loss weights ") +
            "are meant for 1. Use activations normalized to normalize them, or activations original to accept them."];
    }
}
