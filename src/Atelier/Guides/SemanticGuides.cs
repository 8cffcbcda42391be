using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Guides;

/// <summary>Converts label pictures to style masks and style regions: each style is repeated once per label that it
/// contains.</summary>
/// <param name="Styles">The index of the style of each entry.</param>
/// <param name="Guides">A style mask and a style region for each entry.</param>
/// <param name="Warnings">Warnings about labels without a counterpart.</param>
internal sealed record SemanticGuides(
    ImmutableArray<int> Styles, SpatialGuides Guides, ImmutableArray<string> Warnings)
{
    /// <summary>Converts guides with labels to equivalent guides without, and checks that the styles can be
    /// combined.</summary>
    /// <exception cref="OptionsException">A label picture has no flat colors, or the styles cannot be combined as the
    /// labels require.</exception>
    internal static SemanticGuides Resolve(
        SpatialGuides guides, StylizeOptions options, IReadOnlyList<Style> styles)
    {
        if (guides.Labels is not RegionLabels labels || options.StyleWeight == 0)
        {
            return new SemanticGuides([.. Enumerable.Range(0, styles.Count)], guides, []);
        }

        SemanticGuides resolved = Create(guides, labels);
        Problem[] problems =
            [.. ResolvedGuides.ProblemsWith(resolved.Guides, resolved.Arrange(options), resolved.Arrange([.. styles]))];
        return problems.Length == 0 ? resolved : throw new OptionsException(problems);
    }

    /// <summary>Returns the style of each entry.</summary>
    internal ImmutableArray<Style> Arrange(ImmutableArray<Style> styles) => [.. Styles.Select(style => styles[style])];

    /// <summary>Returns the options with the weight of each entry's style.</summary>
    internal StylizeOptions Arrange(StylizeOptions options) => options with
    {
        StyleWeights = options.StyleWeights.IsEmpty ? [] : [.. Styles.Select(style => options.StyleWeights[style])],
    };

    /// <summary>Converts guides with labels to equivalent guides without. Masks and regions that are also given are
    /// intersected with the labeled regions.</summary>
    /// <exception cref="OptionsException">A picture has no flat colors.</exception>
    internal static SemanticGuides Create(SpatialGuides guides, RegionLabels labels)
    {
        LabelColors colors = LabelColors.Find(
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
                    $"region {colors.NameOf(label)} occurs in the photograph's label picture but in that of no " +
                    "style; the whole of every style is used there.");
            }

            foreach (int style in having.Length > 0 ? having : [.. Enumerable.Range(0, styles.Length)])
            {
                Mask where = ResolvedGuides.MaskOf(guides, styles.Length, style, content.Height, content.Width)
                    .Times(content.MaskOf(label));
                Picture? region = guides.StyleRegions.IsEmpty ? null : guides.StyleRegions[style];
                Mask? part = having.Length > 0 ? Cut(styles[style].MaskOf(label), region) : null;
                if (!where.IsBlack && part?.IsBlack != true)
                {
                    string title = $"region {colors.NameOf(label)}";
                    entries.Add((
                        style, StyleMask.FromPicture(where.ToPicture(), title), part?.ToPicture() ?? region,
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
        => region is null ? mask : mask.Times(Mask.FromPicture(region).Resize(mask.Height, mask.Width));
}
