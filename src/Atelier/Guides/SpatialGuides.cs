using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Primitives;

namespace Atelier.Guides;

/// <summary>Spatial control: where each style applies, which part of each style picture is used, and which parts of the
/// photograph are preserved. All of these may have soft edges.</summary>
public sealed record SpatialGuides
{
    /// <summary>No guides: every style applies everywhere and uses its whole picture.</summary>
    public static SpatialGuides None { get; } = new();

    /// <summary>Where in the result each style applies, in the order of the styles; empty means everywhere. Where masks
    /// overlap, their styles are combined by weight; where no mask covers the picture, the result is the
    /// photograph.</summary>
    public ImmutableArray<StyleMask> StyleMasks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Which part of each style picture is used, as a mask: white is used, black is not. Null uses the whole
    /// picture; an empty array uses the whole of every style picture.</summary>
    public ImmutableArray<Picture?> StyleRegions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Mask of the photograph's pixels to preserve: kept exactly where the mask is white, blended where it is
    /// gray. Preserved pixels take no part in any style.</summary>
    public Picture? Preserve { get; init; }

    /// <summary>Label pictures that pair regions of the photograph with regions of the style pictures; null for none.
    /// Style masks and style regions that are also given are intersected with the labeled regions.</summary>
    public RegionLabels? Labels { get; init; }

    /// <summary>Where <see cref="ColorKind.Content"/> restores the photograph's colors; null means
    /// everywhere.</summary>
    public Picture? ColorMask { get; init; }

    /// <summary>The opacity of the photograph; null if it is opaque everywhere. Transparent pixels take no part in
    /// content or style.</summary>
    internal Mask? Opacity { get; init; }

    /// <summary>Names of the entries of <see cref="StyleRegions"/> for warnings; empty uses their numbers.</summary>
    internal ImmutableArray<string> RegionTitles { get; init; } = [];

    /// <summary>Whether parts of the result may have no style.</summary>
    internal bool MayLeaveGaps => !StyleMasks.IsEmpty && StyleMasks.All(mask => mask.Picture is not null);

    /// <summary>Whether any part of the photograph may be preserved.</summary>
    internal bool MayPreserveContent => MayLeaveGaps || Preserve is not null;

    internal IEnumerable<Picture> Pictures
        => StyleMasks.Select(mask => mask.Picture).Concat(StyleRegions).Append(Preserve).Append(ColorMask)
            .Append(Labels?.Content).Concat(Labels?.Styles ?? []).OfType<Picture>();

    /// <summary>The mask of a style picture's region; null for the whole picture.</summary>
    internal Mask? RegionOf(int style)
        => StyleRegions.IsEmpty || StyleRegions[style] is not Picture region ? null : Mask.FromPicture(region);

    /// <summary>Validates the guides and returns all problems; empty if there are none.</summary>
    /// <param name="styleCount">Number of styles.</param>
    public IReadOnlyList<Problem> Validate(int styleCount)
    {
        List<Problem> problems = [];
        string styles = Count.Of(styleCount, "style picture");
        if (!StyleMasks.IsEmpty && StyleMasks.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-mask", $"has {Count.Of(StyleMasks.Length, "entry", "entries")} for {styles}",
                "give one for each: a picture, 'all', or 'rest' for everything that the others leave uncovered"));
        }

        if (!StyleRegions.IsEmpty && StyleRegions.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-region", $"has {Count.Of(StyleRegions.Length, "entry", "entries")} for {styles}",
                "give one for each: a picture, or 'all' for the whole style picture"));
        }

        if (Labels is not null && Labels.Styles.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-regions", $"has {Count.Of(Labels.Styles.Length, "label picture")} for {styles}",
                "give one for each"));
        }

        bool leavesRest = StyleMasks.Any(mask => mask.Picture is not null) && !StyleMasks.Contains(StyleMask.All);
        if (StyleMasks.Contains(StyleMask.Rest) && !leavesRest)
        {
            problems.Add(new Problem(
                "style-mask", "'rest' covers only what the other masks leave uncovered",
                "use pictures for the other styles, not 'all'"));
        }

        problems.AddRange(Black("mask", StyleMasks.Select(mask => mask.Picture), "the style would apply nowhere"));
        problems.AddRange(Black("region", StyleRegions, "no part of the style would be used"));
        if (Preserve is not null)
        {
            Mask preserved = Mask.FromPicture(Preserve);
            if (preserved.IsBlack || preserved.IsWhite)
            {
                problems.Add(preserved.IsBlack
                    ? new Problem(
                        "preserve", "is black everywhere, so it would preserve nothing",
                        "paint the area to preserve white")
                    : new Problem(
                        "preserve", "is white everywhere, so nothing would be painted",
                        "paint the area that may change black"));
            }
        }

        if (ColorMask is not null && Mask.FromPicture(ColorMask).IsBlack)
        {
            problems.Add(new Problem(
                "color-mask", "is black everywhere, so no color would be restored", "paint the area to restore white"));
        }

        return problems;
    }

    /// <summary>Whether both contain the same picture objects.</summary>
    public bool Equals(SpatialGuides? other)
        => other is not null
            && (Preserve, Labels, ColorMask, Opacity)
                == (other.Preserve, other.Labels, other.ColorMask, other.Opacity)
            && Contents.AreEqual(StyleMasks, other.StyleMasks) && Contents.AreEqual(StyleRegions, other.StyleRegions)
            && Contents.AreEqual(RegionTitles, other.RegionTitles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Preserve, Labels, ColorMask, Contents.HashOf(StyleMasks), Contents.HashOf(StyleRegions));

    private static IEnumerable<Problem> Black(string kind, IEnumerable<Picture?> pictures, string consequence)
        => pictures.Index().Where(each => each.Item is not null && Mask.FromPicture(each.Item).IsBlack)
            .Select(each => new Problem(
                $"style-{kind}", $"is black everywhere, so {consequence}",
                "paint the part to use white" + (each.Item!.Alpha is null ? "" : ", and opaque"))
            {
                Subject = $"style {kind} {each.Index + 1}",
            });
}
