using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Atelier.Studio.Api;

/// <summary>Describes endpoints for the OpenAPI document.</summary>
internal static class ApiDescription
{
    private const string Json = "application/json", Form = "multipart/form-data";

    internal static RouteHandlerBuilder Tells(this RouteHandlerBuilder endpoint, string summary, string description)
        => endpoint.WithSummary(summary).WithDescription(description);

    internal static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, params int[] problems)
        => endpoint.Answers<T>(status, Json, problems);

    internal static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder endpoint, int status, string mediaType, params int[] problems)
        => endpoint.Produces<T>(status, mediaType).Refuses(problems);

    internal static RouteHandlerBuilder AnswersFile(
        this RouteHandlerBuilder endpoint, string mediaType, params int[] problems)
        => endpoint.Refuses(problems).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses!["200"] = new OpenApiResponse
            {
                Description = "The picture",
                Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = File() } },
            };
            return Task.CompletedTask;
        });

    /// <summary>Describes the form of a job.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="single">Fields with one picture.</param>
    /// <param name="several">Fields with one or more pictures.</param>
    /// <param name="text">The text field besides the options.</param>
    internal static RouteHandlerBuilder TakesForm(
        this RouteHandlerBuilder endpoint, string[] single, string[] several, string text = JobForm.Preset)
    {
        Dictionary<string, IOpenApiSchema> fields = [];
        foreach (string field in single)
            fields[field] = Picture($"The {field}: a file, or the name of one in the studio's folder.");
        foreach (string field in several)
        {
            fields[field] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Picture($"An {field}: a file, or the name of one in the studio's folder, a style file too."),
                Description = "Repeat the field for several. Names come before files.",
            };
        }

        if (single.Contains(JobForm.Photograph))
        {
            AddMasks(fields);
        }

        fields[text] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = text == JobForm.Preset ? "Name of a preset." : "Name of the style file.",
        };
        fields[JobForm.Options] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "A JSON object of options by their names in a recipe, such as {\"size\": 512}.",
        };
        return endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Body(Form, new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string>([.. single, .. several]),
                Properties = fields,
            });
            return Task.CompletedTask;
        });
    }

    private static void AddMasks(Dictionary<string, IOpenApiSchema> fields)
    {
        const string Named = "a file, or the name of one in the studio's folder";
        fields[$"{MaskFields.Mask}1"] = Picture(
            $"Where the first artwork acts: white where it does; {Named}, or all (everywhere) or rest (where other " +
            $"masks leave room), which an artwork without a mask means too. So are {MaskFields.Mask}2 to " +
            $"{MaskFields.Mask}{MaskFields.MaxArtworks} those of the others, in the order of the artworks in the " +
            "answer.");
        fields[MaskFields.Preserve] = Picture($"What of the photograph is preserved; {Named}.");
        fields[MaskFields.ColorMask] = Picture($"Where colors are restored, with the option color: content; {Named}.");
        fields[MaskFields.Regions] = Picture(
            $"Regions of the photograph, each of which takes that of the same color in the artworks; {Named}, or " +
            "auto:2 and more to find as many in all pictures.");
        fields[$"{MaskFields.StyleRegions}1"] = Picture(
            $"The regions of the first artwork, if those of the photograph are a picture; {Named}. Each artwork " +
            $"needs its own: {MaskFields.StyleRegions}2 and so on.");
    }

    /// <summary>Describes a body of options.</summary>
    internal static RouteHandlerBuilder TakesOptions(this RouteHandlerBuilder endpoint)
        => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = Body(Json, new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Options by their names in a recipe.",
            });
            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int[] problems)
    {
        foreach (int status in problems)
            endpoint.Produces<ApiProblem>(status, ApiProblem.MediaType);
        return endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?.GetValueOrDefault("429") is OpenApiResponse tooMany)
            {
                tooMany.Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["Retry-After"] = new OpenApiHeader
                    {
                        Description = "Seconds after which the request may be sent again.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    },
                };
            }

            return Task.CompletedTask;
        });
    }

    private static OpenApiRequestBody Body(string mediaType, OpenApiSchema schema) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = schema } },
    };

    private static OpenApiSchema Picture(string description) => new()
    {
        Description = description,
        OneOf = [File(), new OpenApiSchema { Type = JsonSchemaType.String }],
    };

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
