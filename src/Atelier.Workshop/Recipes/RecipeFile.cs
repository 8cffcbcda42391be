using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Recipes;

/// <summary>Recipes by their paths.</summary>
public static class RecipeFile
{
    /// <summary>Reads a recipe.</summary>
    /// <param name="around">Where standard input is.</param>
    /// <param name="path">A file of JSON, or <c>-</c>.</param>
    /// <param name="baseline">The options that it does not name.</param>
    /// <exception cref="CodedException">It is not there, or cannot be read (<c>recipe</c>).</exception>
    public static Recipe Read(Surroundings around, string path, StylizeOptions baseline)
    {
        InputFile.Require("recipe", path, "recipe");
        using StreamReader text = new(new MemoryStream(InputFile.ReadBytes(around, path)));
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
