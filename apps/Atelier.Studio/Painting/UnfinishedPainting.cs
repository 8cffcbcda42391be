using System.Collections.Immutable;
using Atelier.Recipes;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Painting;

/// <summary>A painting that was not complete when its studio ended.</summary>
/// <param name="File">Its file, which whoever goes on with it owns.</param>
/// <param name="Recipe">The recipe in the file, with all changes.</param>
/// <param name="MasksAfter">The masks after each change; null where it kept them.</param>
internal sealed record UnfinishedPainting(
    UnfinishedFile File, Recipe Recipe, ImmutableArray<PaintingMasks?> MasksAfter)
{
    /// <summary>The changes, with the masks after each.</summary>
    public IEnumerable<(RecipeChange Change, PaintingMasks? Masks)> Changes => Recipe.Changes.Zip(MasksAfter);
}
