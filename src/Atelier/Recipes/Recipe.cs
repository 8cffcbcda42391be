using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Primitives;

namespace Atelier.Recipes;

/// <summary>How a picture was made, so that it can be made again: the pictures by path and hash, and every option.
/// Stored as JSON, in a file of its own or in the text of a PNG.</summary>
public sealed record Recipe
{
    /// <summary>Keyword of <see cref="Picture.Text"/> under which a result carries its recipe.</summary>
    public const string TextKey = "atelier:recipe";

    private const int KnownSchema = 1;

    /// <summary>Version of the form: 1.</summary>
    public int SchemaVersion { get; init; } = KnownSchema;

    /// <summary>Version of Atelier that wrote the recipe.</summary>
    public string? AtelierVersion { get; init; }

    /// <summary>The photograph; null in a recipe that leaves it to the command line.</summary>
    public RecipePicture? Content { get; init; }

    /// <summary>The artworks, in order; empty in a recipe that leaves them to the command line.</summary>
    public ImmutableArray<RecipePicture> Styles { get; init; } = [];

    /// <summary>Where each style acts: a picture, or a word as in <see cref="StyleMask.Rest"/>; empty for everywhere.
    /// </summary>
    public ImmutableArray<RecipePicture> StyleMasks { get; init; } = [];

    /// <summary>Which part of each artwork is taken: a picture, or <c>all</c>; empty for all of all.</summary>
    public ImmutableArray<RecipePicture> StyleRegions { get; init; } = [];

    /// <summary>The label picture of the photograph, or <c>auto:K</c> for regions that were found.</summary>
    public RecipePicture? Labels { get; init; }

    /// <summary>The label picture of each artwork; empty for regions that were found.</summary>
    public ImmutableArray<RecipePicture> StyleLabels { get; init; } = [];

    /// <summary>Where the result stays the photograph.</summary>
    public RecipePicture? Preserve { get; init; }

    /// <summary>Where colors were put back; null for everywhere.</summary>
    public RecipePicture? ColorMask { get; init; }

    /// <summary>The picture to start from, for <see cref="InitKind.File"/>.</summary>
    public RecipePicture? Initial { get; init; }

    /// <summary>The picture whose colors stand in for the photograph's.</summary>
    public RecipePicture? Palette { get; init; }

    /// <summary>What convolutions multiplied; null in a recipe that leaves it to the machine.</summary>
    public Precision? Precision { get; init; }

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>Version of this library, with the commit that it was built from.</summary>
    public static string LibraryVersion { get; } = typeof(Recipe).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The recipe that a picture carries; null when it carries none.</summary>
    /// <exception cref="AtelierException">The recipe cannot be read.</exception>
    public static Recipe? Of(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Text.TryGetValue(TextKey, out string? json) ? Parse(json) : null;
    }

    /// <summary>The same picture, carrying this recipe; the planes are shared, not copied.</summary>
    public Picture EmbedIn(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.WithText(picture.Text.SetItem(TextKey, ToJson()));
    }

    /// <summary>Reads a recipe. It may be partial; comments and trailing commas are allowed.</summary>
    /// <param name="json">A JSON object with any of the keys that <see cref="ToJson"/> writes.</param>
    /// <param name="baseline">The options that the recipe does not name; null takes the defaults.</param>
    /// <exception cref="AtelierException">The text is not JSON, a key is unknown, or a value does not fit.</exception>
    public static Recipe Parse(string json, StylizeOptions? baseline = null)
    {
        JsonObject recipe = JsonTree.Of(new Recipe { Options = baseline ?? StylizeOptions.Default });
        Overlay(recipe, JsonTree.Parse(json), "");
        Recipe read = JsonTree.Read(recipe);
        return read.SchemaVersion == KnownSchema
            ? read
            : throw new AtelierException($"recipe: schemaVersion is {read.SchemaVersion}, but this version reads " +
                $"{KnownSchema}; use the version of Atelier that wrote it ({read.AtelierVersion ?? "not named"}).");
    }

    /// <summary>The written form, which <see cref="Parse"/> reads back; plain ASCII.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RecipeJson.Default.Recipe);

    /// <summary>Replaces what is given; keys that are not there to be replaced are unknown.</summary>
    private static void Overlay(JsonObject known, JsonObject given, string place)
    {
        foreach ((string key, JsonNode? value) in given)
        {
            if (!known.ContainsKey(key))
            {
                IEnumerable<string> names = known.Select(pair => pair.Key);
                throw new AtelierException(
                    $"recipe: the key '{place}{key}' is unknown{NearestName.Suggestion(key, names)}");
            }

            if (key == "options")
            {
                JsonObject options = value as JsonObject ?? throw new AtelierException(
                    "recipe: options is not an object; write \"options\": { \"size\": 512 }.");
                Overlay(known[key]!.AsObject(), options, "options.");
            }
            else
            {
                known[key] = value?.DeepClone();
            }
        }
    }
}

/// <summary>A picture that a recipe names.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Sha256">SHA-256 of the file in hexadecimal; null in a recipe written by hand.</param>
public sealed record RecipePicture(string Path, string? Sha256 = null)
{
    /// <summary>A picture by its path and the bytes of its file.</summary>
    public static RecipePicture Of(string path, ReadOnlySpan<byte> file)
        => new(path, Primitives.Sha256.HexOf(file));
}
