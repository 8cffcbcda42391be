using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>What a recipe asks for, as a choice to paint again: its options, and those of its pictures that were
/// found.</summary>
public sealed record Restoration
{
    private readonly RestoredMasks _masks;

    private Restoration(
        Recipe recipe, StylizeOptions options, ImmutableArray<RecipeSlot> slots, RestoredMasks masks)
        => (Recipe, Options, Slots, _masks) = (recipe, options, slots, masks);

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; }

    /// <summary>The pictures: the photograph, and then the artworks.</summary>
    public ImmutableArray<RecipeSlot> Slots { get; private init; }

    /// <summary>The pictures that were not found.</summary>
    public IEnumerable<RecipeSlot> Missing => Slots.Where(slot => slot.Found is null);

    /// <summary>Whether all pictures are there.</summary>
    public bool IsComplete => !Missing.Any();

    /// <summary>Whether the recipe has masks or regions that were not found, other pictures that are left out, or a
    /// network of its own file.</summary>
    public bool LeavesOut => !_masks.IsWhole || (Recipe.Initial ?? Recipe.Palette) is not null
        || Recipe.Options.Network != Options.Network;

    /// <summary>What is to be painted.</summary>
    /// <exception cref="InvalidOperationException">A picture is missing.</exception>
    public PaintingChoice Choice => IsComplete
        ? new PaintingChoice
        {
            Photograph = Slots[0].Found,
            Artworks = [.. Slots.Skip(1).Select(slot => slot.Found!)],
            Masks = _masks.Masks,
            Preset = NearestPreset(Options),
            Options = Options,
        }
        : throw new InvalidOperationException("A picture is missing.");

    /// <summary>Restores a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="finder">Finds its pictures.</param>
    /// <exception cref="AtelierException">Its changes are not changes of options.</exception>
    /// <exception cref="IOException">A file of the folder cannot be read.</exception>
    public static Restoration Of(Recipe recipe, PictureFinder finder)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(finder);
        RecipeSlot Slot(PictureKind kind, RecipePicture? picture) => new(
            kind, picture, picture is null ? null : finder.Find(picture, kind));
        StylizeOptions options = OptionsOf(recipe);
        return new Restoration(
            recipe,
            options with
            {
                Init = options.Init == InitKind.File ? StylizeOptions.Default.Init : options.Init,
                Network = KnownNetworks.Names.Contains(options.Network)
                    ? options.Network
                    : StylizeOptions.Default.Network,
            },
            [
                Slot(PictureKind.Photographs, recipe.Content),
                .. recipe.Styles.Select(style => Slot(PictureKind.Artworks, style)),
                .. recipe.Styles.IsEmpty ? [Slot(PictureKind.Artworks, null)] : Array.Empty<RecipeSlot>(),
            ],
            RestoredMasks.Of(recipe, finder));
    }

    /// <summary>Returns the restoration with a picture in place of the first missing one of its kind; a style file
    /// stands for an artwork.</summary>
    public Restoration With(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        PictureKind kind = picture.Kind == PictureKind.Styles ? PictureKind.Artworks : picture.Kind;
        RecipeSlot? slot = Missing.FirstOrDefault(each => each.Kind == kind);
        return slot is null ? this : this with { Slots = Slots.Replace(slot, slot with { Found = picture }) };
    }

    /// <summary>The options of a recipe, as they were at the end.</summary>
    /// <exception cref="AtelierException">Its changes are not changes of options.</exception>
    public static StylizeOptions OptionsOf(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Changes.Aggregate(recipe.Options, (options, change) => change.Apply(options));
    }

    /// <summary>The preset from which the fewest options differ; the default one if several are as near.</summary>
    public static string NearestPreset(StylizeOptions options)
        => Presets.Common.OrderBy(preset => preset != PaintingChoice.DefaultPreset)
            .MinBy(preset => CommandLine.Changed(options, Presets.ByName[preset]).Count())!;
}

/// <summary>A picture that a recipe asks for.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Wanted">The picture; null if the recipe names none.</param>
/// <param name="Found">The picture in the studio's folder; null if it is missing.</param>
public sealed record RecipeSlot(PictureKind Kind, RecipePicture? Wanted, StoredPicture? Found)
{
    /// <summary>The name that the picture had; null if the recipe names none.</summary>
    public string? Name => Wanted is null ? null : GalleryItem.NameOf(Wanted);
}
