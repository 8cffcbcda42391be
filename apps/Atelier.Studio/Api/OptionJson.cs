using System.Text.Json;
using System.Text.Json.Nodes;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Api;

/// <summary>Options as JSON objects, by their names in a recipe.</summary>
internal static class OptionJson
{
    private const string Place = "recipe: ";

    /// <summary>Returns options with some changed.</summary>
    /// <param name="json">An object with the options to change.</param>
    /// <param name="baseline">The options.</param>
    /// <exception cref="ApiException">The text is not such an object.</exception>
    internal static StylizeOptions Read(string json, StylizeOptions baseline)
    {
        RequireObject(json);
        try
        {
            return Recipe.Parse($$"""{"options":{{json}}}""", baseline).Options;
        }
        catch (AtelierException error)
        {
            string message = error.Message.StartsWith(Place, StringComparison.Ordinal)
                ? error.Message[Place.Length..]
                : error.Message;
            throw new ApiException(new ApiProblem(400, "options", message));
        }
    }

    /// <summary>Checks options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="artworks">Number of artworks.</param>
    /// <exception cref="OptionsException">They are not valid.</exception>
    internal static void Require(StylizeOptions options, int artworks)
    {
        Problem[] problems = [.. NetworkProblems(options.Network), .. options.Validate(artworks)];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>Returns the options that differ from others.</summary>
    internal static JsonObject Changed(StylizeOptions options, StylizeOptions baseline)
    {
        JsonObject all = All(options), changed = [];
        foreach (OptionDefinition<StylizeOptions> option in StylizeOptionTable.All)
        {
            if (option.Show(options) != option.Show(baseline))
            {
                changed[option.JsonName] = all[option.JsonName]?.DeepClone();
            }
        }

        return changed;
    }

    /// <summary>Returns all options.</summary>
    internal static JsonObject All(StylizeOptions options)
        => JsonNode.Parse(new Recipe { Options = options }.ToJson())!["options"]!.AsObject();

    private static void RequireObject(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return;
            }
        }
        catch (JsonException)
        {
            // Not JSON, and so no object.
        }

        throw ApiProblem.Usage(
            "options", "is not a JSON object", """give an object such as {"size": 512, "contentWeight": 0.3}""");
    }

    /// <summary>No path that comes with a request is opened, so networks are known by name alone.</summary>
    private static IEnumerable<Problem> NetworkProblems(string network)
    {
        if (!KnownNetworks.Names.Contains(network))
        {
            yield return new Problem(
                "network", $"'{network}' is not the name of one",
                $"use one of {string.Join(", ", KnownNetworks.Names)}");
        }
    }
}
