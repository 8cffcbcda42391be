using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Pyramid;

namespace Atelier;

/// <summary>What must hold for a request before it can be painted, and what its user should know.</summary>
internal static class RequestChecks
{
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
            throw new OptionsException([
                "no content picture is given; name one, or set content-weight to 0 and init to style-stats."]);
        }

        if (request.Guides.KeepPhotograph)
        {
            throw new OptionsException([
                "no content picture is given, so nothing of it can stay where no style acts; name one, leave " +
                "preserve out, and let one style-mask be 'all' or 'rest'."]);
        }

        if (options.Color is ColorKind.Luminance or ColorKind.Content)
        {
            throw new OptionsException([
                $"color is {OptionWords.Of(options.Color)}, but there is no content picture whose colors to take; " +
                "take color match and a palette."]);
        }
    }

    internal static void Require(StylizeOptions options, Guides guides, IReadOnlyList<Style> styles)
    {
        string[] problems = [.. options.Validate(styles.Count), .. guides.Validate(styles.Count)];
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
    internal static ImmutableArray<string> Warnings(StylizeRequest request, PyramidScale final)
    {
        List<string> warnings = [];
        int contentSide = Math.Max(request.FullSize.Width, request.FullSize.Height);
        if (final.LongSide > contentSide)
        {
            warnings.Add(
                $"the photograph's long side is {contentSide} pixels and was enlarged to {final.LongSide}; " +
                "--size original keeps its size.");
        }

        int wanted = (int)Math.Round(final.LongSide * request.Options.StyleScale);
        foreach ((Style style, int i) in request.Styles.Select((style, i) => (style, i)))
        {
            if (style.Picture is Picture picture && Math.Max(picture.Width, picture.Height) < 0.75 * wanted)
            {
                warnings.Add(
                    $"style picture {i + 1} is {picture.Width} x {picture.Height}, smaller than the result; " +
                    "its strokes will look finer than on the original. A larger scan or a smaller --size helps.");
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
}
