using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Gallery;

/// <summary>The masks and regions of a recipe, as they were at the end.</summary>
/// <param name="Masks">Those that were found.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record RestoredMasks(PaintingMasks Masks, bool IsWhole)
{
    /// <summary>Finds the masks of a recipe.</summary>
    /// <exception cref="IOException">A file of the folder cannot be read.</exception>
    internal static RestoredMasks Of(Recipe recipe, PictureFinder finder)
    {
        RecipeMasks wanted = recipe.Changes.Select(change => change.Masks).LastOrDefault(masks => masks is not null)
            ?? RecipeMasks.Of(recipe);
        bool isWhole = wanted.StyleRegions.IsEmpty;
        StoredPicture? Find(RecipePicture? picture)
        {
            StoredPicture? found = picture is null ? null : finder.Find(picture, PictureKind.Masks);
            isWhole &= picture is null || found is not null;
            return found;
        }

        ImmutableArray<StoredPicture?> styles =
            [.. wanted.StyleMasks.Select(mask => StyleMask.FromName(mask.Path ?? "") is null ? Find(mask) : null)];
        bool hasStyles = isWhole && styles.Length == recipe.Styles.Length;
        int? count = wanted.Labels is RecipePicture word ? LabelSources.ParseCount(word.Path) : null;
        StoredPicture? content = count is null ? Find(wanted.Labels) : null;
        ImmutableArray<StoredPicture?> labels = [.. wanted.StyleLabels.Select(Find)];
        StoredPicture? preserve = Find(wanted.Preserve), color = Find(wanted.ColorMask);
        return new RestoredMasks(
            new PaintingMasks
            {
                Styles = hasStyles ? [.. styles.Select(MaskOf)] : [],
                OthersEverywhere = wanted.StyleMasks.Any(mask => mask.Path == StyleMask.All.Name),
                Preserve = MaskOf(preserve),
                Color = MaskOf(color),
                Regions = content is not null && labels.Length == recipe.Styles.Length && !labels.Contains(null)
                    ? new PairedRegions(content, [.. labels.OfType<StoredPicture>()])
                    : null,
                AutoRegions = count,
            },
            isWhole);
    }

    private static PaintingMask? MaskOf(StoredPicture? picture) => picture is null ? null : new PaintingMask(picture);
}
