using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Guides;

/// <summary>Where styles act, what is taken of them, and what stays as it is. All of it may be soft.</summary>
public sealed record SpatialGuides
{
    /// <summary>No guides: every style acts everywhere, with all of its picture.</summary>
    public static SpatialGuides None { get; } = new();

    /// <summary>Where in the result each style acts, in the order of the styles; empty for everywhere. Where masks
    /// overlap, styles act together, by their weights; where there is none, the result is the photograph.</summary>
    public ImmutableArray<StyleMask> StyleMasks { get; init; } = [];

    /// <summary>Which part of each style picture is taken: where the picture given here is bright, or all of it for
    /// null; empty for all of all.</summary>
    public ImmutableArray<Picture?> StyleRegions { get; init; } = [];

    /// <summary>Where the result is to be the photograph: exactly where it is white, blended where it is gray. What is
    /// preserved has no part in any style.</summary>
    public Picture? Preserve { get; init; }

    /// <summary>Which regions of the photograph and of the style pictures go together; null where styles act as a
    /// whole. Masks and regions that are given too are cut by these.</summary>
    public RegionLabels? Labels { get; init; }

    /// <summary>Where the colors of <see cref="ColorKind.Content"/> are put back; null for everywhere.</summary>
    public Picture? ColorMask { get; init; }

    /// <summary>What to call each entry of <see cref="StyleRegions"/> in warnings; empty for their numbers.</summary>
    internal ImmutableArray<string> RegionTitles { get; init; } = [];

    /// <summary>Whether there may be places without a style.</summary>
    internal bool LeaveGaps => !StyleMasks.IsEmpty && StyleMasks.All(mask => mask.Picture is not null);

    /// <summary>Whether the photograph may stay somewhere.</summary>
    internal bool KeepPhotograph => LeaveGaps || Preserve is not null;

    internal IEnumerable<Picture> Pictures
        => StyleMasks.Select(mask => mask.Picture).Concat(StyleRegions).Append(Preserve).Append(ColorMask)
            .Append(Labels?.Content).Concat(Labels?.Styles ?? []).OfType<Picture>();

    /// <summary>What is taken of a style picture; null for all of it.</summary>
    internal Mask? RegionOf(int style)
        => StyleRegions.IsEmpty || StyleRegions[style] is not Picture region ? null : Mask.Of(region);

    /// <summary>Names all problems at once; empty when there are none.</summary>
    /// <param name="styleCount">How many style pictures are given.</param>
    public IReadOnlyList<Problem> Validate(int styleCount)
    {
        List<Problem> problems = [];
        if (!StyleMasks.IsEmpty && StyleMasks.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-mask", $"has {StyleMasks.Length} entries for {styleCount} style pictures",
                "give one for each: a picture, 'all', or 'rest' for what the others leave"));
        }

        if (!StyleRegions.IsEmpty && StyleRegions.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-region", $"has {StyleRegions.Length} entries for {styleCount} style pictures",
                "give one for each: a picture, or 'all' for the whole style picture"));
        }

        if (Labels is not null && Labels.Styles.Length != styleCount)
        {
            problems.Add(new Problem(
                "style-regions", $"has {Labels.Styles.Length} label pictures for {styleCount} style pictures",
                "give one for each"));
        }

        bool leavesRest = StyleMasks.Any(mask => mask.Picture is not null) && !StyleMasks.Contains(StyleMask.All);
        if (StyleMasks.Contains(StyleMask.Rest) && !leavesRest)
        {
            problems.Add(new Problem(
                "style-mask", "'rest' is what the other masks leave", "give the other styles pictures, not 'all'"));
        }

        problems.AddRange(Black("mask", StyleMasks.Select(mask => mask.Picture), "the style would act nowhere"));
        problems.AddRange(Black("region", StyleRegions, "nothing of the style would be taken"));
        if (Preserve is not null)
        {
            Mask preserved = Mask.Of(Preserve);
            if (preserved.IsBlack || preserved.IsWhite)
            {
                problems.Add(preserved.IsBlack
                    ? new Problem(
                        "preserve", "is black everywhere, so it would keep nothing", "paint white what is to stay")
                    : new Problem(
                        "preserve", "is white everywhere, so nothing would be painted", "paint black what may change"));
            }
        }

        if (ColorMask is not null && Mask.Of(ColorMask).IsBlack)
        {
            problems.Add(new Problem(
                "color-mask", "is black everywhere, so no color would be put back", "paint white where it is to be"));
        }

        return problems;
    }

    private static IEnumerable<Problem> Black(string kind, IEnumerable<Picture?> pictures, string consequence)
        => pictures.Index().Where(each => each.Item is not null && Mask.Of(each.Item).IsBlack).Select(each => new Problem(
            $"style-{kind}", $"is black everywhere, so {consequence}",
            "paint white what is meant" + (each.Item!.Alpha is null ? "" : ", and opaque"))
        {
            Subject = $"style {kind} {each.Index + 1}",
        });
}
