using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Jobs.Work;

/// <summary>What a job makes: a recipe whose files are blobs, by their SHA-256.</summary>
public sealed record JobSpecification
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
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

    /// <summary>Reads the recipe.</summary>
    /// <exception cref="AtelierException">It is not valid.</exception>
    public Recipe ReadRecipe() => Recipe.Parse(RecipeText);

    /// <summary>Returns it as JSON, which <see cref="Parse"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a specification, of which nothing is trusted.</summary>
    /// <exception cref="AtelierException">It is not valid.</exception>
    public static JobSpecification Parse(string json)
    {
        JobSpecification? read;
        try
        {
            read = JsonSerializer.Deserialize<JobSpecification>(json, Json);
        }
        catch (JsonException error)
        {
            throw new AtelierException($"the job cannot be read: {error.Message}", error);
        }

        return read is not null && read.Name.Length > 0 && Path.GetFileName(read.Name) == read.Name
            ? read
            : throw new AtelierException("the job cannot be read: its result has no plain file name.");
    }
}
