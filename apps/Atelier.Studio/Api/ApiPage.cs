using System.Net;
using System.Text;
using Atelier.Studio.Assets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Atelier.Studio.Api;

/// <summary>The API as a page to read, made from its OpenAPI document.</summary>
internal static class ApiPage
{
    internal static async Task<IResult> Show(
        [FromKeyedServices("v1")] IOpenApiDocumentProvider provider, CancellationToken cancel)
    {
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync(cancel);
        StringBuilder page = new($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{document.Info.Title}: HTTP API</title>
            <link rel="stylesheet" href="{StudioAssets.UrlOf("api.css")}">
            </head>
            <body>
            <main>
            <h1>{Text(document.Info.Title)}: HTTP API</h1>
            <p>{Text(document.Info.Description)}</p>
            <p><a href="api/openapi.json">OpenAPI document</a> · <a href="./">The studio</a></p>

            """);
        foreach ((string path, IOpenApiPathItem item) in document.Paths)
        {
            foreach ((HttpMethod method, OpenApiOperation operation) in item.Operations ?? [])
                Describe(page, method, path, operation);
        }

        page.Append("</main>\n</body>\n</html>\n");
        return Results.Content(page.ToString(), "text/html; charset=utf-8");
    }

    private static void Describe(StringBuilder page, HttpMethod method, string path, OpenApiOperation operation)
    {
        string address = $"{method} {Text(path)}";
        bool canOpen = method == HttpMethod.Get && !path.Contains('{', StringComparison.Ordinal);
        page.Append("<section>\n<h2><code>")
            .Append(canOpen ? $"<a href=\"{Text(path.TrimStart('/'))}\">{address}</a>" : address)
            .Append($"</code></h2>\n<p><strong>{Text(operation.Summary)}.</strong> ")
            .Append($"{Text(operation.Description)}</p>\n");
        foreach ((string mediaType, OpenApiMediaType body) in operation.RequestBody?.Content ?? EmptyContent)
        {
            page.Append($"<h3>Body: {Text(mediaType)}</h3>\n");
            Fields(page, body.Schema);
        }

        page.Append("<h3>Answers</h3>\n<ul>\n");
        foreach ((string status, IOpenApiResponse response) in (operation.Responses ?? []).OrderBy(each => each.Key))
        {
            string types = string.Join(", ", (response.Content ?? EmptyContent).Keys);
            page.Append($"<li><code>{status}</code> {Text(response.Description)} {Text(types)}</li>\n");
        }

        page.Append("</ul>\n");
        IOpenApiSchema? answer = operation.Responses?.FirstOrDefault(each => each.Key.StartsWith('2')).Value?
            .Content?.Values.FirstOrDefault()?.Schema;
        Fields(page, answer?.Items ?? answer);

        page.Append("</section>\n");
    }

    private static Dictionary<string, OpenApiMediaType> EmptyContent => [];

    private static void Fields(StringBuilder page, IOpenApiSchema? schema)
    {
        if (schema?.Properties is not { Count: > 0 } fields)
        {
            return;
        }

        page.Append("<dl>\n");
        foreach ((string name, IOpenApiSchema field) in fields)
        {
            string about = string.Join(" ", new[] { field.Items?.Description, field.Description }.OfType<string>());
            string must = schema.Required?.Contains(name) == true ? "" : " <small>optional</small>";
            page.Append($"<dt><code>{Text(name)}</code>{must}</dt><dd>{Text(about)}</dd>\n");
        }

        page.Append("</dl>\n");
    }

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
