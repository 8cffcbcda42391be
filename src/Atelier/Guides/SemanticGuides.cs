using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier.Guides;

/// <summary>Label pictures as masks and regions: each style, once for each label that it has.</summary>
/// <param name="Styles">The index of the style that each entry is.</param>
/// <param name="Guides">A mask and a region for each entry.</param>
/// <param name="Warnings">What of the labels has no counterpart.</param>
internal sealed record SemanticGuides(
    ImmutableArray<int> Styles, SpatialGuides Guides, ImmutableArray<string> Warnings)
{
    /// <summary>A request without labels that means the same.</summary>
    /// <exception cref="OptionsException">A label picture has no flat colors.</exception>
    internal static StylizeRequest Resolve(StylizeRequest request, out ImmutableArray<string> warnings)
    {
        warnings = [];
        if (request.Guides.Labels is not RegionLabels labels || request.Options.StyleWeight == 0)
        {
            return request;
        }

        SemanticGuides resolved = Of(request.Guides, labels);
        warnings = resolved.Warnings;
        ImmutableArray<double> weights = request.Options.StyleWeights;
        StylizeRequest plain = request with
        {
            Styles = [.. resolved.Styles.Select(style => request.Styles[style])],
            Guides = resolved.Guides,
            Options = request.Options with
            {
                StyleWeights = weights.IsEmpty ? [] : [.. resolved.Styles.Select(style => weights[style])],
            },
        };
        Problem[] problems = [.. Guidance.ProblemsWith(plain.Guides, plain.Options, plain.Styles)];
        return problems.Length == 0 ? plain : throw new OptionsException(problems);
    }

    /// <summary>What guides without labels say the same. Masks and regions that are given too are cut by the
    /// labels.</summary>
    /// <exception cref="OptionsException">A picture has no flat colors.</exception>
    internal static SemanticGuides Of(SpatialGuides guides, RegionLabels labels)
    {
        LabelColors colors = LabelColors.Of(
        [
            ("the photograph's regions", labels.Content),
            .. labels.Styles.Select((style, i) => ($"style-regions {i + 1}", style)),
        ]);
        LabelMap content = colors.Read(labels.Content);
        LabelMap[] styles = [.. labels.Styles.Select(colors.Read)];
        List<(int Style, StyleMask Mask, Picture? Region, string Title)> entries = [];
        List<string> warnings = [];
        for (int label = 0; label < colors.Count; label++)
        {
            int[] having = [.. Enumerable.Range(0, styles.Length).Where(i => styles[i].ShareOf(label) > 0)];
            if (content.ShareOf(label) == 0)
            {
                continue;
            }

            if (having.Length == 0)
            {
                warnings.Add(
                    $"region {colors.NameOf(label)} is in the photograph's regions but in no style's; the whole of " +
                    "every style is taken there.");
            }

            foreach (int style in having.Length > 0 ? having : [.. Enumerable.Range(0, styles.Length)])
            {
                Mask where = Guidance.PlaceOf(guides, styles.Length, style, content.Height, content.Width)
                    .Times(content.MaskOf(label));
                Picture? region = guides.StyleRegions.IsEmpty ? null : guides.StyleRegions[style];
                Mask? part = having.Length > 0 ? Cut(styles[style].MaskOf(label), region) : null;
                if (!where.IsBlack && part?.IsBlack != true)
                {
                    string title = $"region {colors.NameOf(label)}";
                    entries.Add((
                        style, StyleMask.Of(where.ToPicture(), title), part?.ToPicture() ?? region,
                        $"{title} of style {style + 1}"));
                }
            }
        }

        return new SemanticGuides(
            [.. entries.Select(entry => entry.Style)],
            guides with
            {
                Labels = null,
                StyleMasks = [.. entries.Select(entry => entry.Mask)],
                StyleRegions = [.. entries.Select(entry => entry.Region)],
                RegionTitles = [.. entries.Select(entry => entry.Title)],
            },
            [.. warnings]);
    }

    private static Mask Cut(Mask mask, Picture? region)
        => region is null ? mask : mask.Times(Mask.Of(region).Resize(mask.Height, mask.Width));
}
