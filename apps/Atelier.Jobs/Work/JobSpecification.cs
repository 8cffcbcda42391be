using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Networks;

namespace Atelier.Jobs.Work;

/// <summary>What a job makes: a recipe whose files are blobs, by their SHA-256.</summary>
public sealed record JobSpecification
{
    private const int MaxLength = 4 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What is made.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The name of the result, a file name without a folder.</summary>
    public required string Name { get; init; }

    /// <summary>The recipe, as JSON.</summary>
    public required string RecipeText { get; init; }

    /// <summary>How the picture is written.</summary>
    public EncodeOptions Encode { get; init; } = EncodeOptions.Default;

    /// <summary>Long sides at which artworks are measured for a style file; null for the default ones.</summary>
    public IReadOnlyList<int>? Sizes { get; init; }

    /// <summary>The video of a film or of a scene; null for other kinds.</summary>
    public FilmClip? Clip { get; init; }

    /// <summary>Reads the recipe.</summary>
    /// <exception cref="AtelierException">It is not valid.</exception>
    public Recipe ReadRecipe()
    {
        Recipe recipe = Recipe.Parse(RecipeText);
        string network = recipe.Options.Network;

        // A file of this machine is nothing that a job may read.
        return network == StylizeOptions.Default.Network || NetworkManifest.All.Any(known => known.Name == network)
            ? recipe
            : throw new AtelierException($"the job names a network that is not published: '{network}'.");
    }

    /// <summary>Returns it as JSON, which <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a specification, of which nothing is trusted.</summary>
    /// <exception cref="AtelierException">It is not valid.</exception>
    public static JobSpecification Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JobSpecification? read;
        try
        {
            read = json.Length <= MaxLength ? JsonSerializer.Deserialize<JobSpecification>(json, Json)
                : throw new AtelierException(
                    $"the job cannot be read: it has {json.Length} characters, and {MaxLength} are allowed.");
        }
        catch (JsonException error)
        {
            throw new AtelierException($"the job cannot be read: {error.Message}", error);
        }

        string? problem = read switch
        {
            null => "it is empty",
            { Kind: JobKind.Unknown } => "this version does not know its kind",
            _ when !Enum.IsDefined(read.Kind) => "this version does not know its kind",
            _ when !IsFileName(read.Name) => "its result has no plain file name",
            { Encode.Quality: < 1 or > 100 } => "the quality of its result is not 1 to 100",
            { Encode.BitDepth: not (null or 8 or 16) } => "the bit depth of its result is not 8 or 16",
            _ => null,
        };
        return problem is null ? read! : throw new AtelierException($"the job cannot be read: {problem}.");
    }

    // What cannot be in a name on some system is refused on all.
    private static bool IsFileName(string name)
        => name.Length is > 0 and <= 255 && name is not ("." or "..")
            && !name.Any(letter => char.IsControl(letter) || "/\\:*?\"<>|".Contains(letter, StringComparison.Ordinal));
}
