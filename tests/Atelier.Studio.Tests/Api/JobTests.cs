using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

public sealed class JobTests
{
    private const int Forever = 100_000;

    [Fact]
    public async Task Job_IsFollowed_ToAResultWithItsRecipe()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        // Long enough for a preview on the way, also where the painter is much faster than the rest.
        string job = await studio.PostJob(ApiClient.Form(iterations: 200, ", \"contentWeight\": 0.31"));

        List<SseItem<JsonElement>> events = await Follow(studio, job);

        Assert.Equal("done", events[^1].EventType);
        Assert.All(events[..^1], each => Assert.Contains(each.EventType, (string[])["progress", "preview"]));
        Assert.Contains(events, each => each.EventType == "preview" && each.Data.GetProperty("preview").GetInt32() > 0);
        JsonElement last = events[^1].Data;
        Assert.Equal(1, last.GetProperty("progress").GetProperty("fraction").GetDouble());
        Assert.Equal("photo - stripes.png", last.GetProperty("result").GetString());
        Assert.Equal(
            """{"size":64,"iterations":200,"contentWeight":0.31}""".Length,
            last.GetProperty("options").GetRawText().Length);
        HttpResponseMessage result = await studio.Send(HttpMethod.Get, $"{job}/result");
        Assert.Equal("image/png", result.Content.Headers.ContentType!.MediaType);
        Picture picture = PictureFile.Decode(await result.Content.ReadAsByteArrayAsync());
        Assert.Equal((64, 43), (picture.Width, picture.Height));
        Assert.Equal(0.31, Recipe.FromPicture(picture)!.Options.ContentWeight);
        HttpResponseMessage preview = await studio.Send(HttpMethod.Get, $"{job}/preview");
        Assert.Equal(64, PictureFile.Decode(await preview.Content.ReadAsByteArrayAsync()).Width);
        Assert.Equal(job, $"/api/jobs/{(await studio.Get("/api/jobs"))[0].GetProperty("id").GetString()}");
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task PicturesOfTheFolder_AreUsedByName()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Photographs, "sea.png", TestPictures.Photograph);
        studio.Host.Folder.Add(PictureKind.Artworks, "dots.png", TestPictures.OtherArtwork);
        string job = await studio.PostJob(new MultipartFormDataContent
        {
            { new StringContent("sea.png"), "photograph" },
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "../stripes.png" },
            { new StringContent("dots.png"), "artwork" },
            { new StringContent("draft"), "preset" },
            { new StringContent("""{"size": 64, "iterations": 2, "styleWeights": [1, 3]}"""), "options" },
        });

        JsonElement done = await studio.Until(job, "done");

        Assert.Equal("""["dots.png","stripes.png"]""", done.GetProperty("artworks").GetRawText());
        Assert.Equal("draft", done.GetProperty("preset").GetString());
        Assert.Equal(3, done.GetProperty("options").GetProperty("styleWeights")[1].GetDouble());
    }

    [Fact]
    public async Task RunningJob_IsSteered_HeldAndResumed()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string job = await studio.PostJob(ApiClient.Form(Forever));
        await studio.UntilPainting(job);

        (HttpStatusCode status, JsonElement steered) = await Steer(studio, job, """{"contentWeight": 3}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, steered.GetProperty("options").GetProperty("contentWeight").GetDouble());
        (status, JsonElement problem) = await Steer(studio, job, """{"optimizer": "lbfgs"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("optimizer", problem.GetProperty("problems")[0].GetProperty("option").GetString());
        Assert.Contains("another painting", problem.GetProperty("problems")[0].GetProperty("remedy").GetString());

        (_, JsonElement held) = await studio.Ask(HttpMethod.Post, $"{job}/pause");
        Assert.Equal("paused", ApiClient.StateOf(held));
        HttpResponseMessage preview = await studio.Send(HttpMethod.Get, $"{job}/preview");
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.NotEqual("0", preview.Headers.GetValues("Atelier-Frame").Single());
        int still = IterationOf(await Rested(studio, job));
        (_, JsonElement resumed) = await studio.Ask(HttpMethod.Post, $"{job}/resume");
        Assert.Equal("painting", ApiClient.StateOf(resumed));
        await studio.Until(job, found => IterationOf(found) > still);
        Assert.Equal(HttpStatusCode.Conflict, await studio.StatusOf($"{job}/result"));
    }

    [Fact]
    public async Task Jobs_WaitForTheirTurn_AndAreCanceled()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string first = await studio.PostJob(ApiClient.Form(Forever));
        string second = await studio.PostJob(ApiClient.Form(iterations: 2));
        string third = await studio.PostJob(ApiClient.Form(Forever));
        await studio.UntilPainting(first);
        Assert.Equal(2, (await studio.Get(third)).GetProperty("ahead").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf($"{second}/preview"));
        (HttpStatusCode status, _) = await studio.Ask(HttpMethod.Post, $"{second}/pause");
        Assert.Equal(HttpStatusCode.Conflict, status);
        (_, JsonElement changed) = await Steer(studio, second, """{"optimizer": "lbfgs", "seed": 5}""");
        Assert.Equal("lbfgs", changed.GetProperty("options").GetProperty("optimizer").GetString());

        await studio.Ask(HttpMethod.Post, $"{first}/pause");
        foreach (string job in (string[])[third, first])
        {
            (status, JsonElement canceled) = await studio.Ask(HttpMethod.Delete, job);
            Assert.Equal((HttpStatusCode.OK, "canceled"), (status, ApiClient.StateOf(canceled)));
        }

        await studio.Until(second, "done");
        Assert.Equal("canceled", Assert.Single(await Follow(studio, first)).EventType);
        (status, _) = await Steer(studio, second, """{"tvWeight": 3}""");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Single(studio.Host.Folder.List(PictureKind.Results));
    }

    [Fact]
    public async Task Job_WaitsForThePaintingOfAPage_AndFailsIfThePageTakesTheRoom()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        StudioFolder folder = studio.Host.Folder;
        PaintingChoice choice = new PaintingChoice
        {
            Photograph = folder.Add(PictureKind.Photographs, "sea.png", TestPictures.Photograph),
            Options = new PaintingChoice().Options with { Size = 64, Iterations = Forever },
        }.With(folder.Add(PictureKind.Artworks, "dots.png", TestPictures.OtherArtwork));
        studio.Host.Room.Choose(_ => choice);
        string job = await studio.PostJob(ApiClient.Form(Forever));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal("waiting", ApiClient.StateOf(await studio.Get(job)));

        studio.Host.Room.Choose(_ => new PaintingChoice());
        await studio.UntilPainting(job);
        Assert.Equal("photo.png", studio.Host.Room.Choice.Photograph!.Name);
        studio.Host.Room.Choose(_ => choice);

        JsonElement failed = await studio.Until(job, "failed");
        Assert.Equal("job.replaced", failed.GetProperty("failure").GetProperty("code").GetString());
    }

    [Fact]
    public async Task JobWhoseFileHasGone_Fails_AndTheNextBegins()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string first = await studio.PostJob(ApiClient.Form(Forever));
        await studio.UntilPainting(first);
        StoredPicture gone = studio.Host.Folder.Add(PictureKind.Artworks, "gone.png", TestPictures.OtherArtwork);
        string second = await studio.PostJob(new MultipartFormDataContent
        {
            { new StringContent("photo.png"), "photograph" },
            { new StringContent("gone.png"), "artwork" },
        });
        File.Delete(studio.Host.Folder.PathOf(gone));
        string third = await studio.PostJob(ApiClient.Form(iterations: 2));

        await studio.Ask(HttpMethod.Delete, first);
        await studio.Until(third, "done");

        JsonElement failed = await studio.Get(second);
        Assert.Equal("input.missing", failed.GetProperty("failure").GetProperty("code").GetString());
        Assert.Contains("gone.png", failed.GetProperty("failure").GetProperty("message").GetString());
    }

    [Fact]
    public async Task JobThatWaits_FindsItsFileUnderAnotherName()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string first = await studio.PostJob(ApiClient.Form(Forever));
        string second = await studio.PostJob(ApiClient.Form(iterations: 2));
        await studio.UntilPainting(first);

        studio.Host.Folder.Rename(new StoredPicture(PictureKind.Artworks, "stripes.png"), "bands");
        await studio.Ask(HttpMethod.Delete, first);

        JsonElement done = await studio.Until(second, "done");
        Assert.Equal("photo - bands.png", done.GetProperty("result").GetString());
    }

    [Fact]
    public async Task ThousandRequestsAtOnce_DoNoHarm()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string running = await studio.PostJob(ApiClient.Form(Forever));
        await studio.UntilPainting(running);
        using HttpClient crowd = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 })
        {
            BaseAddress = studio.Client.BaseAddress,
            Timeout = TimeSpan.FromMinutes(5),
        };

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async i =>
        {
            using HttpResponseMessage answer = (i % 2) switch
            {
                0 => await crowd.PostAsync("/api/jobs", ApiClient.Form(iterations: 2)),
                _ => await crowd.GetAsync($"{running}/preview"),
            };
            return answer.StatusCode;
        }));

        int posted = answers.Count(status => status == HttpStatusCode.Created);
        Assert.Equal(100, posted);
        Assert.Equal(500, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(500 - posted, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Single(studio.Host.Folder.List(PictureKind.Photographs));
        await studio.Ask(HttpMethod.Delete, running);
        JsonElement next = (await studio.Get("/api/jobs"))[1];
        await studio.Until($"/api/jobs/{next.GetProperty("id").GetString()}", "done");
        Assert.Empty(studio.Reports);
    }

    private static Task<(HttpStatusCode Status, JsonElement Json)> Steer(
        RunningStudio studio, string job, string options) => studio.Ask(
            HttpMethod.Patch, $"{job}/options", new StringContent(options, Encoding.UTF8, "application/json"));

    private static int IterationOf(JsonElement job)
    {
        JsonElement progress = job.GetProperty("progress");
        return (progress.GetProperty("scale").GetInt32() * Forever) + progress.GetProperty("iteration").GetInt32();
    }

    /// <summary>Waits until a held job has ended its iteration.</summary>
    private static async Task<JsonElement> Rested(RunningStudio studio, string job)
    {
        JsonElement before = await studio.Get(job);
        while (true)
        {
            await Task.Delay(200);
            JsonElement after = await studio.Get(job);
            if (IterationOf(after) == IterationOf(before))
            {
                return after;
            }

            before = after;
        }
    }

    private static async Task<List<SseItem<JsonElement>>> Follow(RunningStudio studio, string job)
    {
        using Stream stream = await studio.Client.GetStreamAsync($"{job}/events");
        List<SseItem<JsonElement>> events = [];
        await foreach (SseItem<JsonElement> each in SseParser.Create(
            stream, (_, data) => JsonElement.Parse(data)).EnumerateAsync())
            events.Add(each);
        return events;
    }
}
