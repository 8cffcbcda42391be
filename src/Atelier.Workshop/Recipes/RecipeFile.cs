using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Recipes;

/// <summary>Reads recipe files.</summary>
public static class RecipeFile
{
    /// <summary>Reads a recipe.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="path">A JSON file, or <c>-</c> for standard input.</param>
    /// <param name="baseline">Values for options that the recipe does not set.</param>
    /// <exception cref="CodedException">The file does not exist, or is not a recipe (<c>recipe</c>).</exception>
    public static Recipe Read(WorkshopContext context, string path, StylizeOptions baseline)
    {
        InputFile.Require("recipe", path, "recipe");
        using StreamReader text = new(new MemoryStream(InputFile.ReadBytes(context, path)));
        try
        {
            return Recipe.Parse(text.ReadToEnd(), baseline);
        }
        catch (AtelierException error)
        {
            throw CodedException.Failed("recipe", $"{InputFile.Shown(path)}: {error.Message}");
        }
    }
}
