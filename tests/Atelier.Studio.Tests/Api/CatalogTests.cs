using System.Net;
using System.Text.Json;
using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

public sealed class CatalogTests
{
    [Fact]
    public async Task Options_AreThoseOfTheTable()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        JsonElement[] options = [.. (await studio.Get("/api/options")).EnumerateArray()];

        Assert.Equal(
            StylizeOptionTable.All.Select(option => option.JsonName),
            options.Select(option => option.GetProperty("name").GetString()));
        JsonElement size = options.Single(option => option.GetProperty("name").GetString() == "size");
        Assert.Equal(("basic", "whole"), (size.GetProperty("group").GetString(), size.GetProperty("kind").GetString()));
        Assert.Equal(StylizeOptions.Default.Size, size.GetProperty("default").GetInt32());
        Assert.Equal(65_535, size.GetProperty("range").GetProperty("max").GetDouble());
        JsonElement optimizer = options.Single(option => option.GetProperty("name").GetString() == "optimizer");
        Assert.Contains("lbfgs", optimizer.GetProperty("words").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public async Task Plan_PredictsTimeAndMemory()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        (HttpStatusCode status, JsonElement plan) =
            await studio.Ask(HttpMethod.Post, "/api/plan", ApiClient.Form(iterations: 4));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(plan.GetProperty("seconds").GetDouble() > 0);
        Assert.True(plan.GetProperty("peakBytes").GetInt64() > 1_000_000);
        JsonElement last = plan.GetProperty("scales").EnumerateArray().Last();
        Assert.Equal((64, 43), (last.GetProperty("width").GetInt32(), last.GetProperty("height").GetInt32()));
    }

    [Fact]
    public async Task Style_IsExtracted_Listed_AndPaintedWith()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
            { new StringContent("../Bold stripes"), "name" },
        };

        (HttpStatusCode status, JsonElement style) = await studio.Ask(HttpMethod.Post, "/api/styles", form);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("Bold stripes.atelierstyle", style.GetProperty("name").GetString());
        Assert.NotEqual(0, style.GetProperty("layers").GetArrayLength());
        File.WriteAllText(Path.Combine(studio.Host.Folder.FolderOf(PictureKind.Styles), "notes.txt"), "no style");
        JsonElement listed = await studio.Get("/api/styles");
        Assert.Equal(style.GetRawText(), Assert.Single(listed.EnumerateArray()).GetRawText());
        string job = await studio.PostJob(new MultipartFormDataContent
        {
            { new ByteArrayContent(TestPictures.Photograph), "photograph", "photo.png" },
            { new StringContent("Bold stripes.atelierstyle"), "artwork" },
            { new StringContent("""{"size": 64, "iterations": 2, "neighborWeight": 0}"""), "options" },
        });
        await studio.Until(job, "done");
    }
}
