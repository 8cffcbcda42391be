using System.Collections.Immutable;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>Paintings that were not complete when their studio ended.</summary>
/// <param name="folder">The studio's folder.</param>
/// <param name="finder">Finds their pictures.</param>
/// <param name="room">Where they go on.</param>
internal sealed class UnfinishedPaintings(StudioFolder folder, PictureFinder finder, PaintingRoom room)
{
    /// <summary>Lets the newest go on; the others wait for the next start. What cannot go on is put aside, and told at
    /// the page.</summary>
    internal void GoOn()
    {
        try
        {
            foreach (UnfinishedFile file in UnfinishedFile.TakeAbandoned(folder))
            {
                if (TryGoOn(file))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            room.Tell($"Unfinished paintings could not be looked for: {error.Message}");
        }
    }

    private bool TryGoOn(UnfinishedFile file)
    {
        try
        {
            Recipe recipe = CheckpointOptions.ReadRecipe(file.FilePath);
            Restoration restoration = Restoration.Of(recipe, finder);
            RecipeSlot? missing = restoration.Missing.FirstOrDefault();
            if (missing is not null)
            {
                throw new AtelierException($"'{missing.Name}' is not in the studio's folder any more.");
            }

            PaintingChoice choice =
                restoration.Choice with { Options = recipe.Options, Masks = MasksOf(recipe with { Changes = [] }) };
            ImmutableArray<PaintingMasks?> masksAfter =
            [
                .. recipe.Changes.Select(change => change.Masks is null
                    ? null
                    : MasksOf(recipe with { Changes = [change] })),
            ];
            room.GoOn(choice, new UnfinishedPainting(file, recipe, masksAfter));
            return true;
        }
        catch (Exception error) when (error is AtelierException or IOException or UnauthorizedAccessException)
        {
            room.Tell($"An unfinished painting cannot go on: {error.Message} It was put aside as '{file.PutAside()}'.");
            file.Dispose();
            return false;
        }
    }

    private PaintingMasks MasksOf(Recipe recipe)
    {
        RestoredMasks restored = RestoredMasks.Of(recipe, finder);
        return restored.IsWhole
            ? restored.Masks
            : throw new AtelierException("one of its masks is not in the studio's folder any more.");
    }
}
