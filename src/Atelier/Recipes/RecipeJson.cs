using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Recipes;

/// <summary>JSON serialization of recipes, generated at build time, except for the options, which <see
/// cref="StylizeOptionTable"/> defines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(StylizeOptionsConverter), typeof(OptionValueConverter<Precision>)])]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;

/// <summary>Converts the options by their definitions.</summary>
internal sealed class StylizeOptionsConverter : JsonConverter<StylizeOptions>
{
    public override StylizeOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        StylizeOptions read = StylizeOptions.Default;
        foreach (OptionDefinition<StylizeOptions> option in StylizeOptionTable.All)
        {
            if (!json.RootElement.TryGetProperty(option.JsonName, out JsonElement value))
            {
                continue;
            }

            try
            {
                read = option.Read(read, value);
            }
            catch (FormatException error)
            {
                throw new AtelierException($"recipe: options.{option.JsonName}: {error.Message}", error);
            }
        }

        return read;
    }

    public override void Write(Utf8JsonWriter writer, StylizeOptions value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (OptionDefinition<StylizeOptions> option in StylizeOptionTable.All)
        {
            writer.WritePropertyName(option.JsonName);
            option.Write(writer, value);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Converts an enumeration by the text of its values.</summary>
internal sealed class OptionValueConverter<TKind> : JsonConverter<TKind> where TKind : struct, Enum
{
    public override TKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        try
        {
            return OptionValues.Parse<TKind>(reader.GetString()!);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, TKind value, JsonSerializerOptions options)
        => writer.WriteStringValue(OptionValues.Format(value));
}

/// <summary>Reads and writes recipes as JSON trees, with understandable error messages.</summary>
internal static class JsonTree
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static JsonObject Serialize(Recipe recipe)
        => JsonSerializer.SerializeToNode(recipe, RecipeJson.Default.Recipe)!.AsObject();

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
                $"recipe: not valid JSON at line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}.",
                error);
        }
        catch (InvalidOperationException error)
        {
            throw new AtelierException(
                "recipe: a text contains half of a surrogate pair, which is not a character.", error);
        }
    }

    // Keys must be unique, and texts must be valid. AllowDuplicateProperties would check the former, but with a
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
                        $"recipe: the key '{key}' occurs twice in one object; remove one of them.");
                case JsonTokenType.String:
                    _ = reader.GetString();
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Deserializes a tree whose keys are all known.</summary>
    public static Recipe Read(JsonObject recipe)
    {
        try
        {
            Recipe read = recipe.Deserialize(RecipeJson.Default.Recipe)!;
            if (read.Changes.Any(change => change is null || change.Options.Values.Any(value => value is null)))
            {
                throw new AtelierException(
                    "recipe: changes contains null; write a change as " +
                    "{ \"afterIteration\": 100, \"options\": { \"content-weight\": \"0.02\" } }.");
            }

            return read.Styles.Concat(read.StyleMasks).Concat(read.StyleRegions).Concat(read.StyleLabels)
                .Concat(read.Changes.SelectMany(change => change.Masks?.StyleMasks ?? []))
                .All(picture => picture is not null)
                ? read
                : throw new AtelierException(
                    "recipe: a list of pictures contains null; name a picture as { \"path\": \"art.png\" }.");
        }
        catch (JsonException error)
        {
            string path = error.Path is ['$', '.', .. string rest] ? rest : "the recipe";
            bool explained = error.InnerException is FormatException && error.Message == error.InnerException.Message;
            string reason = explained ? error.Message : $"{ValueAt(recipe, path)} is not a valid value.";
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
