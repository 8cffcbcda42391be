using System.Net;
using System.Text;
using System.Text.Json;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

/// <summary>Requests that cannot be carried out: each is answered with a problem that says why.</summary>
public sealed class BadRequestTests
{
    [Theory]
    [InlineData("photograph", null, "photograph must be given once")]
    [InlineData("artwork", null, "artwork must be given at least once")]
    [InlineData("photograph", "../secret.png", "'../secret.png' is not in the studio's folder")]
    [InlineData("artwork", "/etc/passwd", "'/etc/passwd' is not in the studio's folder")]
    [InlineData("preset", "finest", "'finest' is not known")]
    [InlineData("options", "size=64", "options is not a JSON object")]
    [InlineData("options", "{}, \"content\": {}", "options is not a JSON object")]
    [InlineData("options", "{\"size\": 64, \"size\": 65}", "occurs twice")]
    [InlineData("options", "{\"contentweigth\": 3}", "contentweigth")]
    [InlineData("options", "{\"size\": \"large\"}", "options.size")]
    [InlineData("options", "{\"size\": 3}", "size is 3")]
    [InlineData("options", "{\"styleWeights\": [1, 2]}", "style-weights has 2 entries for 1 style")]
    [InlineData("options", "{\"network\": \"/etc/passwd\"}", "network '/etc/passwd' is not the name of one")]
    [InlineData("optoins", "{}", "did you mean 'options'?")]
    public async Task Job_WithAWrongField_IsRefused(string field, string? value, string expected)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        studio.Host.Folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        Dictionary<string, string> fields = new() { ["photograph"] = "photo.png", ["artwork"] = "stripes.png" };
        fields.Remove(field);
        if (value is not null)
        {
            fields[field] = value;
        }

        MultipartFormDataContent form = [];
        foreach ((string name, string text) in fields)
            form.Add(new StringContent(text), name);
        (HttpStatusCode status, JsonElement problem) = await studio.Ask(HttpMethod.Post, "/api/jobs", form);

        RequireProblem(HttpStatusCode.BadRequest, status, problem, expected);
        Assert.Equal(0, (await studio.Get("/api/jobs")).GetArrayLength());
    }

    [Fact]
    public async Task TextNamedAsPicture_IsUnsupported_AndSoIsAnotherBody()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        MultipartFormDataContent form = new()
        {
            { new ByteArrayContent("This is a text."u8.ToArray()), "photograph", "photo.jpg" },
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
        };

        (HttpStatusCode status, JsonElement problem) = await studio.Ask(HttpMethod.Post, "/api/jobs", form);
        RequireProblem(HttpStatusCode.UnsupportedMediaType, status, problem, "not");
        (status, problem) = await studio.Ask(HttpMethod.Post, "/api/jobs", new StringContent("{}"));
        RequireProblem(HttpStatusCode.UnsupportedMediaType, status, problem, "not a form");
        (status, problem) = await studio.Ask(HttpMethod.Post, "/api/jobs", Broken());
        RequireProblem(HttpStatusCode.BadRequest, status, problem, "");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargeForm_IsRefused(bool tellsItsLength)
    {
        await using RunningStudio studio =
            await RunningStudio.StartAsync(options => options with { MaxUploadBytes = 1000 });
        HttpRequestMessage request = new(HttpMethod.Post, "/api/jobs")
        {
            Content = new MultipartFormDataContent
            {
                { new ByteArrayContent(new byte[50_000]), "photograph", "a.png" },
            },
        };
        request.Headers.TransferEncodingChunked = !tellsItsLength;

        HttpResponseMessage answer = await studio.Client.SendAsync(request, TestContext.Current.CancellationToken);

        RequireProblem(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode,
            JsonElement.Parse(await answer.Content.ReadAsStringAsync()), "larger");
    }

    [Theory]
    [InlineData("GET", "/api/jobs/none")]
    [InlineData("GET", "/api/jobs/none/events")]
    [InlineData("GET", "/api/jobs/none/result")]
    [InlineData("GET", "/api/jobs/..%2f..%2fetc/preview")]
    [InlineData("PATCH", "/api/jobs/none/options")]
    [InlineData("DELETE", "/api/jobs/none")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("PUT", "/api/jobs")]
    public async Task WhatIsNotThere_IsNotFound(string method, string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        (HttpStatusCode status, JsonElement problem) = await studio.Ask(new HttpMethod(method), path);

        RequireProblem(HttpStatusCode.NotFound, status, problem, "There is no");
    }

    [Theory]
    [InlineData("", "options is not a JSON object")]
    [InlineData("[1]", "options is not a JSON object")]
    [InlineData("{\"contentWeight\": -1}", "content-weight")]
    [InlineData("{\"network\": \"../x\"}", "network")]
    public async Task ChangeThatIsNone_IsRefused(string json, string expected)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string job = await studio.PostJob(ApiClient.Form(iterations: 100_000));
        await studio.UntilPainting(job);

        (HttpStatusCode status, JsonElement problem) = await studio.Ask(
            HttpMethod.Patch, $"{job}/options", new StringContent(json, Encoding.UTF8, "application/json"));

        RequireProblem(HttpStatusCode.BadRequest, status, problem, expected);
        Assert.Equal("painting", ApiClient.StateOf(await studio.Get(job)));
    }

    [Fact]
    public async Task Guard_AnswersWithProblems_AndTakesTheTokenOfAProgram()
    {
        await using RunningStudio studio =
            await RunningStudio.StartAsync(options => options with { Host = IPAddress.Any });
        studio.Client.BaseAddress = new Uri($"http://127.0.0.1:{studio.Host.Address.Port}");
        string token = studio.Host.Address.Query["?token=".Length..];

        (HttpStatusCode status, JsonElement problem) = await studio.Ask(HttpMethod.Get, "/api/jobs");
        RequireProblem(HttpStatusCode.Unauthorized, status, problem, "token");
        Assert.Equal(HttpStatusCode.Unauthorized, await studio.StatusOf("/api/jobs", ("Authorization", "Bearer x")));
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/api/jobs", ("Authorization", $"Bearer {token}")));
        Assert.Equal(HttpStatusCode.Forbidden, await studio.StatusOf(
            "/api/jobs", ("Authorization", $"Bearer {token}"), ("Origin", "https://evil.example")));
    }

    private static ByteArrayContent Broken()
    {
        ByteArrayContent content = new(
            "--x\r\nContent-Disposition: form-data; name=\"photograph\"\r\n\r\n"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        return content;
    }

    private static void RequireProblem(
        HttpStatusCode expected, HttpStatusCode status, JsonElement problem, string detail)
    {
        Assert.Equal(expected, status);
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.GetProperty("detail").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.DoesNotContain("   at ", problem.GetRawText());
    }
}
