using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Recipes;

/// <summary>The JSON Schema (2020-12) of a recipe, which lets editors complete, explain and validate recipes.</summary>
public static class RecipeSchema
{
    /// <summary>The key with which a recipe can refer to its schema.</summary>
    internal const string Key = "$schema";

    private const string PictureReference = "#/$defs/picture";

    // Apostrophes are not escaped, because the text is never embedded in HTML.
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON text, derived from <see cref="StylizeOptionTable"/>.</summary>
    public static string Text { get; } = Write(Create());

    private static JsonObject Create() => new()
    {
        [Key] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Atelier recipe",
        ["description"] = "How a picture is painted: the pictures by path, and every option. All keys are optional.",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            [Key] = Described("The schema of this file.", "string"),
            ["schemaVersion"] = new JsonObject
            {
                ["enum"] = new JsonArray(1, 2),
                ["description"] = "Version of the format. Options that version 1 did not have are off in it.",
            },
            ["atelierVersion"] = Described("Version of Atelier that wrote the recipe.", "string", "null"),
            ["content"] = Picture("The photograph."),
            ["styles"] = Pictures("The artworks, in order."),
            ["styleMasks"] = Pictures("Where each style applies: a picture, or the path 'all' or 'rest'."),
            ["styleRegions"] = Pictures("Which part of each artwork is used: a picture, or the path 'all'."),
            ["labels"] = Picture("The label picture of the photograph, or the path 'auto:K' to find K regions."),
            ["styleLabels"] = Pictures("The label picture of each artwork."),
            ["preserve"] = Picture("The mask of the photograph's pixels to preserve."),
            ["colorMask"] = Picture("The mask of where the photograph's colors are restored."),
            ["initial"] = Picture("The initial picture, for the init 'file'."),
            ["palette"] = Picture("The picture whose colors are used instead of the photograph's."),
            ["precision"] = new JsonObject
            {
                ["enum"] = new JsonArray(
                    [.. OptionValues.All<Precision>().Select(word => (JsonNode)word), (JsonNode?)null]),
                ["description"] = "Number format of the convolutions' products.",
            },
            ["options"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["description"] = "The options of the style transfer. Omitted options have their defaults.",
                ["properties"] = new JsonObject(StylizeOptionTable.All.Select(option =>
                    KeyValuePair.Create(option.JsonName, (JsonNode?)option.Schema(StylizeOptions.Default)))),
            },
            ["changes"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["$ref"] = "#/$defs/change" },
                ["description"] = "Changes that were made while the picture was painted.",
            },
        },
        ["$defs"] = new JsonObject
        {
            ["picture"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("path"),
                ["properties"] = new JsonObject
                {
                    ["path"] = Described("The path of the file.", "string"),
                    ["sha256"] = Described("SHA-256 of the file in hexadecimal.", "string", "null"),
                },
            },
            ["change"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("afterIteration", "options"),
                ["properties"] = new JsonObject
                {
                    ["afterIteration"] = new JsonObject
                    {
                        ["type"] = "integer",
                        ["minimum"] = 0,
                        ["description"] = "Number of iterations of the whole run after which it takes effect.",
                    },
                    ["options"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["propertyNames"] = new JsonObject
                        {
                            ["enum"] = new JsonArray(
                                [.. StylizeOptionTable.All.Select(option => (JsonNode)option.Name)]),
                        },
                        ["additionalProperties"] = new JsonObject { ["type"] = "string" },
                        ["description"] = "The changed options, with values as on the command line.",
                    },
                    ["masks"] = new JsonObject
                    {
                        ["type"] = new JsonArray("object", "null"),
                        ["additionalProperties"] = false,
                        ["properties"] = new JsonObject
                        {
                            ["styleMasks"] = Pictures("Where each style applies from then on."),
                            ["styleRegions"] = Pictures("Which part of each artwork is used from then on."),
                            ["labels"] = Picture("The label picture of the photograph from then on."),
                            ["styleLabels"] = Pictures("The label picture of each artwork from then on."),
                            ["preserve"] = Picture("The mask of the photograph's pixels to preserve from then on."),
                            ["colorMask"] = Picture("The mask of where colors are restored from then on."),
                        },
                        ["description"] = "All masks and regions from then on; null keeps them.",
                    },
                },
            },
        },
    };

    private static JsonObject Described(string description, params string[] types) => new()
    {
        ["type"] = types is [string only] ? only : new JsonArray([.. types.Select(type => (JsonNode)type)]),
        ["description"] = description,
    };

    private static JsonObject Picture(string description) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["$ref"] = PictureReference }, new JsonObject { ["type"] = "null" }),
        ["description"] = description,
    };

    private static JsonObject Pictures(string description) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["$ref"] = PictureReference },
        ["description"] = description,
    };

    private static string Write(JsonObject schema)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, Readable))
        {
            schema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }
}
