using Atelier.Weights;

namespace Atelier.Recipes;

/// <summary>Where and when a run saves its complete state, so that it can be resumed after any interruption and still
/// produce the same bytes.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The checkpoint file, replaced atomically at each save. It remains when the run ends; delete it after
    /// the result has been stored.</summary>
    public required string Path { get; init; }

    /// <summary>What is painted. A checkpoint of other pictures (compared by hash) or of other options is
    /// rejected.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Returns the recipe with the changes of a session so far, which is saved in place of
    /// <see cref="Recipe"/>, so that a session with it can resume; or null, to save nothing this time. Called by the
    /// thread that paints, between two iterations.</summary>
    public Func<Recipe?>? RecipeNow { get; init; }

    /// <summary>Number of iterations between saves, counted over the whole run; 0 saves only when the run is
    /// canceled.</summary>
    public int Every { get; init; }

    /// <summary>Whether to resume from the file, which must exist.</summary>
    public bool Resume { get; init; }

    /// <summary>Receives the error if the file cannot be written, as on a full disk, and the run goes on; null ends the
    /// run with the error.</summary>
    public Action<Exception>? OnFailure { get; init; }

    /// <summary>Reads what a checkpoint of a picture is of, without checking the rest of the file.</summary>
    /// <param name="path">The checkpoint file.</param>
    /// <exception cref="AtelierException">The file is damaged, or not a checkpoint of a picture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recipe ReadRecipe(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Metadata.TryGetValue(Recipe.TextKey, out string? json)
            ? Recipe.Parse(json)
            : throw new WeightFormatException($"{path}: not a checkpoint of a picture.");
    }
}
