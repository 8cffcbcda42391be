using System.Globalization;
using System.Net;
using System.Text.Json;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

/// <summary>Talks to a studio as a program does.</summary>
internal static class ApiClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A form of a small job.</summary>
    internal static MultipartFormDataContent Form(int iterations = 3, string more = "") => new()
    {
        { new ByteArrayContent(TestPictures.Photograph), "photograph", "photo.png" },
        { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
        {
            new StringContent(string.Create(
                CultureInfo.InvariantCulture, $$"""{"size": 64, "iterations": {{iterations}}{{more}}}""")), "options"
        },
    };

    /// <summary>Posts a job, and returns its address.</summary>
    internal static async Task<string> PostJob(this RunningStudio studio, HttpContent form)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsync("/api/jobs", form);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<JsonElement> Get(this RunningStudio studio, string path)
        => JsonElement.Parse(await studio.Client.GetStringAsync(path));

    /// <summary>Sends a request, and returns its status and JSON.</summary>
    internal static async Task<(HttpStatusCode Status, JsonElement Json)> Ask(
        this RunningStudio studio, HttpMethod method, string path, HttpContent? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body };
        using HttpResponseMessage answer = await studio.Client.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    internal static string StateOf(JsonElement job) => job.GetProperty("state").GetString()!;

    /// <summary>Waits until a job is in a state.</summary>
    internal static Task<JsonElement> Until(this RunningStudio studio, string job, string state)
        => studio.Until(job, found => StateOf(found) == state);

    /// <summary>Waits until something is true of a job.</summary>
    internal static async Task<JsonElement> Until(this RunningStudio studio, string job, Func<JsonElement, bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            JsonElement found = await studio.Get(job);
            if (isSo(found))
            {
                return found;
            }

            Assert.DoesNotContain(StateOf(found), (string[])["failed", "done", "canceled"]);
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until a job makes progress.</summary>
    internal static Task<JsonElement> UntilPainting(this RunningStudio studio, string job) => studio.Until(
        job, found => found.GetProperty("progress").ValueKind == JsonValueKind.Object);
}
