using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atelier.Studio.Tests.Hosting;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Api;

/// <summary>What is published of the API says what the code says.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task OpenApi_Published_IsThatOfTheCode()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string text = (await studio.Client.GetStringAsync("/api/openapi.json")).ReplaceLineEndings("\n") + "\n";

        if (GeneratedFile.Difference("docs/studio.openapi.json", text) is string difference)
        {
            Assert.Fail(difference);
        }
    }

    [Fact]
    public async Task OpenApi_DescribesEveryOperation()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        JsonElement paths = (await studio.Get("/api/openapi.json")).GetProperty("paths");

        string[] operations =
        [
            .. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).Order(),
        ];
        Assert.Equal(
            [
                "DELETE /api/jobs/{id}", "GET /api/jobs", "GET /api/jobs/{id}", "GET /api/jobs/{id}/events",
                "GET /api/jobs/{id}/preview", "GET /api/jobs/{id}/result", "GET /api/options", "GET /api/styles",
                "PATCH /api/jobs/{id}/options", "POST /api/jobs", "POST /api/jobs/{id}/pause",
                "POST /api/jobs/{id}/resume", "POST /api/plan", "POST /api/styles",
            ],
            operations);
        Assert.All(
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()),
            operation => Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task Page_ShowsEveryPath_AndAsksForNothingFromAnotherHost()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        HttpResponseMessage answer = await studio.Send(HttpMethod.Get, "/api");
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        foreach (JsonProperty path in (await studio.Get("/api/openapi.json")).GetProperty("paths").EnumerateObject())
            Assert.Contains($" {path.Name}", page);
        foreach (string address in Address().Matches(page).Select(match => match.Groups[1].Value))
            Assert.Equal(HttpStatusCode.OK, await studio.StatusOf($"/{address}"));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("style=", page);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"#]+)\"")]
    private static partial Regex Address();
}
