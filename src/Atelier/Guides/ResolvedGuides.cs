using System.Collections.Immutable;
using System.Globalization;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Guides;

/// <summary>Styles that share a mask.</summary>
/// <param name="Styles">Indices of the styles.</param>
/// <param name="Mask">The mask; null for the whole picture.</param>
/// <param name="Title">Name for warnings; null uses the numbers of the styles.</param>
internal sealed record StyleMaskGroup(ImmutableArray<int> Styles, Mask? Mask, string? Title)
{
    /// <summary>The numbers of the styles, starting at 1.</summary>
    internal string Number => string.Join('+', Styles.Select(style => style + 1));
}

/// <summary>The guides of an objective, resolved for a picture of one size.</summary>
/// <param name="Groups">The styles, grouped by mask.</param>
/// <param name="Margin">Width of the margin that the masks also cover, in pixels.</param>
internal sealed record ResolvedGuides(ImmutableArray<StyleMaskGroup> Groups, int Margin)
{
    /// <summary>Applies all styles everywhere.</summary>
    internal static ResolvedGuides None(int styleCount) => Create(SpatialGuides.None, styleCount, 0, 0, 0);

    /// <summary>Resolves guides for a picture; its size is given without the margin.</summary>
    internal static ResolvedGuides Create(SpatialGuides guides, int styleCount, int height, int width, int margin)
    {
        Mask? opacity = guides.Opacity?.Resize(height, width);
        Mask? free = Mask.Product(
            guides.Preserve is null ? null : Mask.FromPicture(guides.Preserve).Resize(height, width).Inverse, opacity);
        List<(StyleMask Mask, ImmutableArray<int> Styles)> places = Places(guides, styleCount);
        bool isAsGiven = free is null && margin == 0 && !guides.StyleMasks.Contains(StyleMask.Rest);
        Mask? WhereOf(StyleMask mask)
        {
            Mask? where = mask.Picture is not null ? Mask.FromPicture(mask.Picture)
                : mask == StyleMask.Rest ? RestOf(places, height, width)
                : free;
            return where is null || isAsGiven ? where : Free(where.Resize(height, width), free).Extend(margin);
        }

        return new ResolvedGuides(
            [.. places.Select(place => new StyleMaskGroup(
                place.Styles, WhereOf(place.Mask), place.Mask.Title ?? TitleOf(place.Mask, guides)))],
            margin);
    }

    /// <summary>Returns the mask of a style, ignoring preserved pixels.</summary>
    internal static Mask MaskOf(SpatialGuides guides, int styleCount, int style, int height, int width)
    {
        StyleMask mask = guides.StyleMasks.IsEmpty ? StyleMask.All : guides.StyleMasks[style];
        return mask.Picture is not null ? Mask.FromPicture(mask.Picture).Resize(height, width)
            : mask == StyleMask.Rest ? RestOf(Places(guides, styleCount), height, width)
            : Mask.White(height, width);
    }

    /// <summary>Returns the mask of everything that stays as in the photograph: preserved pixels and those that no
    /// style covers; null if there are none.</summary>
    internal static Mask? PreservedMask(SpatialGuides guides, int styleCount, int height, int width)
    {
        Mask free = Mask.White(height, width);
        if (guides.MayLeaveGaps)
        {
            free = free.Minus(RestOf(Places(guides, styleCount), height, width));
        }

        if (guides.Preserve is not null)
        {
            free = free.Times(Mask.FromPicture(guides.Preserve).Resize(height, width).Inverse);
        }

        return guides.MayPreserveContent ? free.Inverse : null;
    }

    /// <summary>Returns all reasons why the styles cannot be combined as requested; empty if they can.</summary>
    internal static IEnumerable<Problem> ProblemsWith(
        SpatialGuides guides, StylizeOptions options, IReadOnlyList<Style> styles)
    {
        for (int style = 0; style < styles.Count; style++)
        {
            if (guides.RegionOf(style) is not null && styles[style].Picture is null)
            {
                yield return new Problem(
                    "style-region", "is part of a style file, which has no picture",
                    "use 'all', and select the part of the artwork when extracting its style file")
                {
                    Subject = $"style-region {style + 1}",
                };
            }

            if (guides.Labels is not null && styles[style].Picture is null)
            {
                yield return new Problem(
                    "style", "is a style file, which has no picture whose regions could be used",
                    "use the artwork itself, or leave out the regions")
                {
                    Subject = $"style {style + 1}",
                };
            }
        }

        foreach ((StyleMask _, ImmutableArray<int> together) in Places(guides, styles.Count))
        {
            ImmutableArray<double> weights = options.StyleWeights.IsEmpty
                ? [1]
                : [.. together.Select(style => options.StyleWeights[style])];
            if (weights.Any(weight => weight < 0) && !StylizeOptions.CanBlend(weights))
            {
                string shares = string.Join(
                    ',', weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)));
                string numbers = string.Join('+', together.Select(style => style + 1));
                yield return new Problem(
                    "style-weights", $"of the styles with the same mask are {shares} (style {numbers})",
                    "a negative weight works only together with another style, so give both the same mask and a sum " +
                    "above 0");
            }
        }
    }

    /// <summary>Returns the number of masks in use.</summary>
    internal static int CountMasks(SpatialGuides guides, int styleCount)
        => Places(guides, styleCount).Count(
            place => place.Mask != StyleMask.All || guides.Preserve is not null || guides.Opacity is not null);

    /// <summary>Groups the styles by mask.</summary>
    private static List<(StyleMask Mask, ImmutableArray<int> Styles)> Places(SpatialGuides guides, int styleCount)
    {
        List<(StyleMask Mask, ImmutableArray<int> Styles)> places = [];
        for (int style = 0; style < styleCount; style++)
        {
            StyleMask mask = guides.StyleMasks.IsEmpty ? StyleMask.All : guides.StyleMasks[style];
            int known = places.FindIndex(place => place.Mask.Matches(mask));
            if (known < 0)
            {
                places.Add((mask, [style]));
            }
            else
            {
                places[known] = (mask, places[known].Styles.Add(style));
            }
        }

        return places;
    }

    private static Mask RestOf(
        IEnumerable<(StyleMask Mask, ImmutableArray<int> Styles)> places, int height, int width)
    {
        Mask rest = Mask.White(height, width);
        foreach ((StyleMask mask, ImmutableArray<int> _) in places)
            rest = mask.Picture is null ? rest : rest.Minus(Mask.FromPicture(mask.Picture).Resize(height, width));
        return rest;
    }

    private static string? TitleOf(StyleMask mask, SpatialGuides guides)
        => mask == StyleMask.All && guides.Preserve is null && guides.Opacity is not null
            ? "the transparency of the photograph"
            : null;

    private static Mask Free(Mask where, Mask? free) => free is null || free == where ? where : where.Times(free);
}
