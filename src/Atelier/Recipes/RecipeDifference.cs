using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Options;

namespace Atelier.Recipes;

/// <summary>Compares recipes by what they produce, regardless of the paths of their files.</summary>
internal static class RecipeDifference
{
    /// <summary>Returns the differences, one phrase each; empty if both recipes produce the same result.</summary>
    /// <param name="theirs">The JSON of a recipe of any version.</param>
    /// <param name="ours">The JSON of a recipe of this version.</param>
    internal static List<string> Between(string theirs, string ours)
    {
        SortedDictionary<string, string> found = Flatten(theirs), expected = Flatten(ours);
        return [.. found.Keys.Union(expected.Keys).Order(StringComparer.Ordinal)
            .Select(key => (key, Theirs: found.GetValueOrDefault(key), Ours: expected.GetValueOrDefault(key)))
            .Where(each => each.Theirs != each.Ours)
            .Select(each => Describe(each.key, each.Theirs ?? "nothing", each.Ours ?? "nothing"))];
    }

    private static string Describe(string key, string theirs, string ours) => key.Split('.') switch
    {
        [string picture, "sha256"] => $"{picture} is a different file",
        ["options", string option] => $"{option} is {theirs} in the checkpoint, but {ours} here",
        _ => $"{key} is {theirs} in the checkpoint, but {ours} here",
    };

    /// <summary>Returns every value of a JSON tree by its path, such as <c>options.size</c> or
    /// <c>styles[0].sha256</c>.</summary>
    private static SortedDictionary<string, string> Flatten(string json)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        void Add(string place, JsonNode? node)
        {
            switch (node)
            {
                // A network is identified by its weights, and a file by its hash if it has one.
                case JsonObject tree:
                    bool hasHash = tree["sha256"] is not null;
                    foreach ((string key, JsonNode? value) in tree)
                    {
                        string child = place.Length == 0 ? key : $"{place}.{key}";
                        if (child != "options.network" && !(hasHash && key == "path"))
                        {
                            Add(child, value);
                        }
                    }

                    break;
                case JsonArray list when list.Any(item => item is JsonObject):
                    for (int i = 0; i < list.Count; i++)
                        Add($"{place}[{i}]", list[i]);
                    break;
                default:
                    values[place] = Today(place, node);
                    break;
            }
        }

        try
        {
            Add("", JsonNode.Parse(json));
        }
        catch (JsonException)
        {
            values["recipe"] = "not JSON";
        }

        return values;
    }

    /// <summary>Converts a value that another version wrote to the form of this version.</summary>
    private static string Today(string place, JsonNode? node)
    {
        string written = node?.ToJsonString() ?? "null";
        if (StylizeOptionTable.All.FirstOrDefault(each => place == $"options.{each.JsonName}") is not { } option)
        {
            return written;
        }

        try
        {
            using JsonDocument value = JsonDocument.Parse(written);
            using MemoryStream text = new();
            using (Utf8JsonWriter writer = new(text))
            {
                option.Write(writer, option.Read(StylizeOptions.Default, value.RootElement));
            }

            return Encoding.UTF8.GetString(text.ToArray());
        }
        catch (FormatException)
        {
            return written;
        }
    }
}
