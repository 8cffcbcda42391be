using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Recipes;

/// <summary>The JSON form of a recipe, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(WordConverter<Pooling>), typeof(WordConverter<LayerWeighting>), typeof(WordConverter<ContentLossKind>),
        typeof(WordConverter<StyleLossKind>), typeof(WordConverter<TotalVariationKind>),
        typeof(WordConverter<OptimizerKind>), typeof(WordConverter<InitKind>), typeof(WordConverter<ColorKind>),
        typeof(WordConverter<ColorMatchKind>), typeof(WordConverter<Precision>), typeof(LayerSelectionConverter),
    ])]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;

/// <summary>A kind by its word.</summary>
internal sealed class WordConverter<TKind> : JsonConverter<TKind> where TKind : struct, Enum
{
    public override TKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonTree.ReadWord(ref reader, OptionWords.Parse<TKind>);

    public override void Write(Utf8JsonWriter writer, TKind value, JsonSerializerOptions options)
        => writer.WriteStringValue(OptionWords.Of(value));
}

/// <summary>A selection of layers by its written form.</summary>
internal sealed class LayerSelectionConverter : JsonConverter<LayerSelection>
{
    public override LayerSelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonTree.ReadWord(ref reader, LayerSelection.Parse);

    public override void Write(Utf8JsonWriter writer, LayerSelection value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}

/// <summary>Recipes as trees of JSON, with errors that a person understands.</summary>
internal static class JsonTree
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static JsonObject Of(Recipe recipe)
        => JsonSerializer.SerializeToNode(recipe, RecipeJson.Default.Recipe)!.AsObject();

    public static JsonObject Of(StylizeOptions options)
        => JsonSerializer.SerializeToNode(options, RecipeJson.Default.StylizeOptions)!.AsObject();

    public static JsonObject Parse(string json)
    {
        try
        {
            CheckTexts(json);
            return JsonNode.Parse(json, documentOptions: Lenient) as JsonObject
                ?? throw new AtelierException(
                    "recipe: not a JSON object; a recipe looks like { \"options\": { \"size\": 512 } }.");
        }
        catch (JsonException error)
        {
            throw new AtelierException(
                $"recipe: not valid JSON at line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new AtelierException("recipe: a text holds half of a surrogate pair, which is no character.", error);
        }
    }

    // Keys must not stand twice, and texts must be texts. AllowDuplicateProperties would see to the first, but with a
    // random number from the system's cryptographic library, which is not on every machine.
    private static void CheckTexts(string json)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json), new JsonReaderOptions
        {
            AllowTrailingCommas = Lenient.AllowTrailingCommas,
            CommentHandling = Lenient.CommentHandling,
        });
        Stack<HashSet<string>> open = [];
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push([]);
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.GetString() is string key && !open.Peek().Add(key):
                    throw new AtelierException(
                        $"recipe: the key '{key}' stands twice in one object; keep one of them.");
                case JsonTokenType.String:
                    _ = reader.GetString();
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Reads a value that is written as text.</summary>
    public static T ReadWord<T>(ref Utf8JsonReader reader, Func<string, T> parse)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        try
        {
            return parse(reader.GetString()!);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>Binds a tree whose keys are known.</summary>
    public static Recipe Read(JsonObject recipe)
    {
        try
        {
            Recipe read = recipe.Deserialize(RecipeJson.Default.Recipe)!;
            return read.Styles.Concat(read.StyleMasks).Concat(read.StyleRegions).Concat(read.StyleLabels)
                .All(picture => picture is not null)
                ? read
                : throw new AtelierException(
                    "recipe: a list of pictures holds null; name a picture as { \"path\": \"art.png\" }.");
        }
        catch (JsonException error)
        {
            string path = error.Path is ['$', '.', .. string rest] ? rest : "the recipe";
            bool explained = error.InnerException is FormatException && error.Message == error.InnerException.Message;
            string reason = explained ? error.Message : $"{ValueAt(recipe, path)} does not fit.";
            throw new AtelierException($"recipe: {path}: {reason}", error);
        }
    }

    private static string ValueAt(JsonNode? node, string path)
    {
        foreach (string step in path.Split('.', '['))
        {
            node = node switch
            {
                JsonObject tree when tree.TryGetPropertyValue(step, out JsonNode? child) => child,
                JsonArray list when int.TryParse(step.TrimEnd(']'), out int index) && index < list.Count => list[index],
                _ => node,
            };
        }

        return node?.ToJsonString() ?? "null";
    }
}
