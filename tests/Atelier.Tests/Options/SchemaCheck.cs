using System.Text.Json.Nodes;

namespace Atelier.Tests.Options;

/// <summary>Checks JSON against a JSON Schema: the few keywords that the recipe's schema has, and no others.</summary>
internal static class SchemaCheck
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description", "default"];

    internal static List<string> ProblemsWith(string schema, string json)
    {
        JsonNode root = JsonNode.Parse(schema)!;
        return [.. Check(root, root.AsObject(), JsonNode.Parse(json), "$")];
    }

    private static IEnumerable<string> Check(JsonNode root, JsonObject schema, JsonNode? value, string place)
        => schema.Where(rule => !Annotations.Contains(rule.Key))
            .SelectMany(rule => Check(root, schema, rule.Key, rule.Value!, value, place));

    private static IEnumerable<string> Check(
        JsonNode root, JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string place)
        => keyword switch
        {
            "type" => If(!IsOfType(rule, value), place, keyword),
            "const" => If(!JsonNode.DeepEquals(rule, value), place, keyword),
            "enum" => If(!rule.AsArray().Any(each => JsonNode.DeepEquals(each, value)), place, keyword),
            "minimum" => If(value is JsonValue && IsNumber(value) && Number(value) < Number(rule), place, keyword),
            "maximum" => If(value is JsonValue && IsNumber(value) && Number(value) > Number(rule), place, keyword),
            "exclusiveMinimum" => If(IsNumber(value) && Number(value!) <= Number(rule), place, keyword),
            "exclusiveMaximum" => If(IsNumber(value) && Number(value!) >= Number(rule), place, keyword),
            "minItems" => If(value is JsonArray list && list.Count < Number(rule), place, keyword),
            "items" => value is JsonArray items
                ? items.SelectMany((item, i) => Check(root, rule.AsObject(), item, $"{place}[{i}]"))
                : [],
            "required" => value is JsonObject tree
                ? rule.AsArray().Where(key => !tree.ContainsKey(key!.GetValue<string>()))
                    .Select(_ => $"{place}: {keyword}")
                : [],
            "properties" => value is JsonObject tree
                ? tree.Where(each => rule.AsObject().ContainsKey(each.Key)).SelectMany(each =>
                    Check(root, rule[each.Key]!.AsObject(), each.Value, $"{place}.{each.Key}"))
                : [],
            "additionalProperties" => value is JsonObject tree
                ? tree.Where(each => !schema["properties"]!.AsObject().ContainsKey(each.Key))
                    .Select(each => $"{place}.{each.Key}: {keyword}")
                : [],
            "anyOf" => If(
                rule.AsArray().All(each => Check(root, each!.AsObject(), value, place).Any()), place, keyword),
            "$ref" => Check(root, root["$defs"]![rule.GetValue<string>().Split('/')[^1]]!.AsObject(), value, place),
            _ => throw new InvalidOperationException($"The keyword {keyword} is unknown here."),
        };

    private static IEnumerable<string> If(bool isWrong, string place, string keyword)
        => isWrong ? [$"{place}: {keyword}"] : [];

    private static bool IsOfType(JsonNode rule, JsonNode? value) => rule is JsonArray several
        ? several.Any(each => IsOfType(each!, value))
        : rule.GetValue<string>() switch
        {
            "null" => value is null,
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
            "boolean" => value?.GetValueKind()
                is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            "number" => IsNumber(value),
            "integer" => IsNumber(value) && Math.Floor(Number(value!)) == Number(value!),
            string other => throw new InvalidOperationException($"The type {other} is unknown here."),
        };

    private static bool IsNumber(JsonNode? value) => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number;

    private static double Number(JsonNode value)
        => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);
}
