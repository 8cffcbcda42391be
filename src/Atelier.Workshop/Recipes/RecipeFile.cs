using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Recipes;

/// <summary>A recipe file, which may be read with several baselines.</summary>
public sealed class RecipeFile
{
    private readonly string _path, _text;

    private RecipeFile(string path, string text) => (_path, _text) = (path, text);

    /// <summary>Reads a file.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="path">A JSON file, or <c>-</c> for standard input.</param>
    /// <exception cref="CodedException">The file does not exist.</exception>
    public static RecipeFile Open(WorkshopContext context, string path)
    {
        InputFile.Require("recipe", path, "recipe");
        using StreamReader text = new(new MemoryStream(InputFile.ReadBytes(context, path)));
        return new RecipeFile(path, text.ReadToEnd());
    }

    /// <summary>Reads the recipe.</summary>
    /// <param name="baseline">Values for options that the recipe does not set.</param>
    /// <exception cref="CodedException">The file is not a recipe (<c>recipe</c>).</exception>
    public Recipe Parse(StylizeOptions baseline)
    {
        try
        {
            return Recipe.Parse(_text, baseline);
        }
        catch (AtelierException error)
        {
            throw CodedException.Failed("recipe", $"{InputFile.Shown(_path)}: {error.Message}");
        }
    }
}
