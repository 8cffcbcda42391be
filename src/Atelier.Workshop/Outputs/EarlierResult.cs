using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Outputs;

/// <summary>Results of earlier runs.</summary>
internal static class EarlierResult
{
    /// <summary>Returns the recipe in a file; null if there is no file, or no recipe in it.</summary>
    internal static Recipe? RecipeAt(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return Recipe.FromPicture(PictureFile.Load(path));
        }
        catch (Exception error) when (error is AtelierException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
