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

/// <summary>A record of how a picture was made, from which it can be reproduced: the input pictures by path and hash,
/// and every option. Stored as JSON, in a file of its own or in a picture.</summary>
public sealed record Recipe
{
    /// <summary>The keyword in <see cref="Picture.Text"/> under which a result stores its recipe.</summary>
    public const string TextKey = "atelier:recipe";

    private const int KnownSchema = 2;

    /// <summary>Version of the recipe format; currently 2. Version 1 is read too.</summary>
    public int SchemaVersion { get; init; } = KnownSchema;

    /// <summary>Version of Atelier that wrote the recipe.</summary>
    public string? AtelierVersion { get; init; }

    /// <summary>The photograph; null if it is supplied separately.</summary>
    public RecipePicture? Content { get; init; }

    /// <summary>The artworks, in order; empty if they are supplied separately.</summary>
    public ImmutableArray<RecipePicture> Styles { get; init; } = [];

    /// <summary>Where each style applies: a picture, or the name of a predefined mask such as
    /// <see cref="StyleMask.Rest"/>; empty means everywhere. </summary>
    public ImmutableArray<RecipePicture> StyleMasks { get; init; } = [];

    /// <summary>Which part of each artwork is used: a picture, or <c>all</c>; empty uses the whole of every
    /// artwork.</summary>
    public ImmutableArray<RecipePicture> StyleRegions { get; init; } = [];

    /// <summary>The label picture of the photograph, or <c>auto:K</c> for regions found automatically.</summary>
    public RecipePicture? Labels { get; init; }

    /// <summary>The label picture of each artwork; empty if the regions were found automatically.</summary>
    public ImmutableArray<RecipePicture> StyleLabels { get; init; } = [];

    /// <summary>The mask of the preserved pixels of the photograph.</summary>
    public RecipePicture? Preserve { get; init; }

    /// <summary>The mask of restored colors; null means everywhere.</summary>
    public RecipePicture? ColorMask { get; init; }

    /// <summary>The initial picture, for <see cref="InitKind.File"/>.</summary>
    public RecipePicture? Initial { get; init; }

    /// <summary>The picture whose colors are used instead of the photograph's.</summary>
    public RecipePicture? Palette { get; init; }

    /// <summary>The number format of the convolutions' products; null lets the machine choose.</summary>
    public Precision? Precision { get; init; }

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>Changes that were made while the picture was painted, in the order of their iterations.</summary>
    public ImmutableArray<RecipeChange> Changes { get; init; } = [];

    /// <summary>Version of this library, including the commit that it was built from.</summary>
    public static string LibraryVersion { get; } = typeof(Recipe).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Reads the recipe embedded in a picture; returns null if there is none.</summary>
    /// <exception cref="AtelierException">The recipe cannot be read.</exception>
    public static Recipe? FromPicture(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.Text.TryGetValue(TextKey, out string? json) ? Parse(json) : null;
    }

    /// <summary>Returns the same picture with this recipe embedded; the planes are shared, not copied.</summary>
    public Picture EmbedIn(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return picture.WithText(picture.Text.SetItem(TextKey, ToJson()));
    }

    /// <summary>Parses a recipe. It may be partial; comments and trailing commas are allowed.</summary>
    /// <param name="json">A JSON object with any of the keys that <see cref="ToJson"/> writes, and optionally
    /// <c>$schema</c>, which editors use.</param>
    /// <param name="baseline">Values for options that the recipe does not set; null uses the defaults.</param>
    /// <exception cref="AtelierException">The text is not JSON, a key is unknown, or a value is invalid.</exception>
    public static Recipe Parse(string json, StylizeOptions? baseline = null)
    {
        JsonObject given = JsonTree.Parse(json);
        StylizeOptions unset = given["schemaVersion"] is JsonValue version && version.TryGetValue(out int number)
            ? UnsetIn(number, baseline)
            : baseline ?? StylizeOptions.Default;
        JsonObject recipe = JsonTree.Serialize(new Recipe { Options = unset });
        Overlay(recipe, given, "");
        Recipe read = JsonTree.Read(recipe);
        return read.SchemaVersion is >= 1 and <= KnownSchema
            ? read with { SchemaVersion = KnownSchema }
            : throw new AtelierException($"recipe: schemaVersion is {read.SchemaVersion}, but this version reads " +
                $"{KnownSchema}; use the version of Atelier that wrote it ({read.AtelierVersion ?? "not named"}).");
    }

    /// <summary>Returns the recipe as JSON, which <see cref="Parse"/> reads back; plain ASCII.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RecipeJson.Default.Recipe);

    /// <summary>Whether both have the same pictures and options.</summary>
    public bool Equals(Recipe? other)
        => other is not null
            && Single == other.Single
            && Contents.AreEqual(Styles, other.Styles) && Contents.AreEqual(StyleMasks, other.StyleMasks)
            && Contents.AreEqual(StyleRegions, other.StyleRegions) && Contents.AreEqual(StyleLabels, other.StyleLabels)
            && Contents.AreEqual(Changes, other.Changes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Single, Contents.HashOf(Styles), Contents.HashOf(StyleMasks), Contents.HashOf(StyleRegions),
        Contents.HashOf(StyleLabels));

    /// <summary>All values that are not lists.</summary>
    private (int, string?, Precision?, StylizeOptions, RecipePicture?, RecipePicture?, RecipePicture?, RecipePicture?,
        RecipePicture?, RecipePicture?) Single
        => (SchemaVersion, AtelierVersion, Precision, Options, Content, Labels, Preserve, ColorMask, Initial, Palette);

    /// <summary>Returns the values of the options that a recipe does not set. Those that its version of the format did
    /// not have are off, so that it still gives the same picture.</summary>
    private static StylizeOptions UnsetIn(int version, StylizeOptions? baseline)
        => StylizeOptionTable.All.Where(option => option.Since > version).Aggregate(
            baseline ?? (version == 1 ? StylizeOptions.Version1 : StylizeOptions.Default),
            (options, option) => option.Copy(StylizeOptions.Version1, options));

    /// <summary>Overwrites the known keys with the given values; any other key is an error.</summary>
    private static void Overlay(JsonObject known, JsonObject given, string place)
    {
        foreach ((string key, JsonNode? value) in given)
        {
            if (key == RecipeSchema.Key && place.Length == 0)
            {
                continue;
            }

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

/// <summary>A picture referenced by a recipe.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Sha256">SHA-256 of the file in hexadecimal; null in a recipe written by hand.</param>
public sealed record RecipePicture(string Path, string? Sha256 = null)
{
    /// <summary>Creates a reference from a path and the bytes of the file.</summary>
    public static RecipePicture Create(string path, ReadOnlySpan<byte> file)
        => new(path, Primitives.Sha256.HexOf(file));
}
