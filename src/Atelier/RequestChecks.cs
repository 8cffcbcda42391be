using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Styles;

namespace Atelier;

/// <summary>What must hold for a request before it can be painted, and what its user should know.</summary>
internal static class RequestChecks
{
    // From there on a strength means something else.
    private const double FarActivations = 4;

    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    internal static void Require(StylizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        StylizeOptions options = request.Options;
        Require(options, request.Guides, request.Styles);
        if (request.Content is not null)
        {
            return;
        }

        if (options.ContentWeight != 0 || options.Init == InitKind.Content)
        {
            throw new OptionsException(new Problem(
                "content", "is given", "name one, or set content-weight to 0 and init to style-stats")
            {
                Subject = "no content picture",
            });
        }

        if (request.Guides.KeepPhotograph)
        {
            throw new OptionsException(new Problem(
                "content", "is given, so nothing of it can stay where no style acts",
                "name one, leave preserve out, and let one style-mask be 'all' or 'rest'")
            {
                Subject = "no content picture",
            });
        }

        if (options.Color is ColorKind.Luminance or ColorKind.Content)
        {
            throw new OptionsException(new Problem(
                "color", $"is {OptionWords.Of(options.Color)}, but there is no content picture whose colors to take",
                "take color match and a palette"));
        }
    }

    internal static void Require(StylizeOptions options, SpatialGuides guides, IReadOnlyList<Style> styles)
    {
        Problem[] problems = [.. options.Validate(styles.Count), .. guides.Validate(styles.Count)];
        if (problems.Length == 0)
        {
            problems =
                [.. Guidance.ProblemsWith(guides, options, styles), .. ColorTreatment.ProblemsWith(options, styles)];
        }

        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>What will not look as it could.</summary>
    internal static ImmutableArray<string> Warnings(
        StylizeRequest request, PyramidScale final, Network network, ObjectiveBuilder builder)
        => [.. SizeWarnings(request, final), .. StrengthWarnings(network, builder), .. builder.Warnings];

    private static ImmutableArray<string> SizeWarnings(StylizeRequest request, PyramidScale final)
    {
        List<string> warnings = [];
        int contentSide = Math.Max(request.FullSize.Width, request.FullSize.Height);
        if (final.LongSide > contentSide)
        {
            warnings.Add(
                $"the content's long side is {contentSide} pixels and was enlarged to {final.LongSide}; " +
                "size original keeps its size.");
        }

        int wanted = (int)Math.Round(final.LongSide * request.Options.StyleScale);
        foreach ((Style style, int i) in request.Styles.Select((style, i) => (style, i)))
        {
            if (style.Picture is Picture picture && Math.Max(picture.Width, picture.Height) < 0.75 * wanted)
            {
                warnings.Add(
                    $"style picture {i + 1} is {picture.Width} x {picture.Height}, smaller than the result; " +
                    "its strokes will look finer than on the original. A larger scan or a smaller size helps.");
            }
            else if (style.Statistics is StyleStatistics statistics && statistics.Sizes[^1] < 0.75 * wanted)
            {
                warnings.Add(
                    $"style file {i + 1} was measured up to {statistics.Sizes[^1]} pixels, fewer than the result " +
                    "has; its strokes will look finer than on the original. One extracted at larger sizes helps.");
            }
        }

        return [.. warnings];
    }

    /// <summary>Says that a network's features are far from what the presets' strengths are meant for.</summary>
    private static ImmutableArray<string> StrengthWarnings(Network network, ObjectiveBuilder builder)
    {
        StylizeOptions options = builder.Options;
        ImmutableHashSet<string> compared = builder.Layers;
        bool isEmbedded = options.Network == NetworkDefinition.Compact.Name;
        if (options.Activations != Activations.Auto || isEmbedded || compared.IsEmpty)
        {
            return [];
        }

        double Distance(double mean) => mean > 0 ? Math.Abs(Math.Log(mean)) : 0;
        (string layer, double mean) = network.MeanActivations(compared.Max(network.IndexOf) + 1)
            .Where(each => compared.Contains(each.Layer))
            .MaxBy(each => Distance(each.Mean));
        return Distance(mean) < Math.Log(FarActivations) ? [] : [
            FormattableString.Invariant(
                $"the network's activations are {mean:G2} on average at {layer}, where the presets' strengths ") +
            "are meant for 1. activations normalized makes them so; activations original keeps them in silence."];
    }
}
