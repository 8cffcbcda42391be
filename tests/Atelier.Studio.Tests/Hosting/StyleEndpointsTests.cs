using System.Net;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Api;

namespace Atelier.Studio.Tests.Hosting;

public sealed class StyleEndpointsTests
{
    [Fact]
    public async Task StyleFile_IsOneWhereverItIsDropped_AndShowsItsTexture()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
        };
        await studio.Ask(HttpMethod.Post, "/api/styles", form);
        byte[] file = await studio.Client.GetByteArrayAsync("/pictures/styles/stripes.atelierstyle");

        JsonElement received = await Drop(studio, "artworks", "Mine.atelierstyle", file, HttpStatusCode.OK);

        Assert.Equal(("styles", "Mine.atelierstyle"), Named(received));
        await UntilPainted(studio, "/pictures/styles/Mine.atelierstyle/thumbnail");
        Picture texture = PictureFile.Decode(
            await studio.Client.GetByteArrayAsync("/pictures/styles/Mine.atelierstyle/thumbnail"));
        Assert.Equal(texture.Width, texture.Height);
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf("/pictures/styles/None.atelierstyle/thumbnail"));
        await Drop(studio, "styles", "cut.atelierstyle", file[..^5], HttpStatusCode.UnsupportedMediaType);
        Assert.Equal(2, studio.Host.Folder.List(PictureKind.Styles).Count);
    }

    [Fact]
    public async Task StyleFile_SentInPlaceOfAnArtwork_IsStoredAmongStyles()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using MultipartFormDataContent artwork = new()
        {
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
        };
        await studio.Ask(HttpMethod.Post, "/api/styles", artwork);
        byte[] file = await studio.Client.GetByteArrayAsync("/pictures/styles/stripes.atelierstyle");

        await studio.PostJob(new MultipartFormDataContent
        {
            { new ByteArrayContent(TestPictures.Photograph), "photograph", "photo.png" },
            { new ByteArrayContent(file), "artwork", "sent.atelierstyle" },
            { new StringContent("""{"size": 64, "iterations": 2}"""), "options" },
        });

        Assert.NotNull(studio.Host.Folder.Find(PictureKind.Styles, "sent.atelierstyle"));
        (HttpStatusCode status, _) = await studio.Ask(HttpMethod.Post, "/api/jobs", new MultipartFormDataContent
        {
            { new ByteArrayContent(file), "photograph", "sent.atelierstyle" },
            { new ByteArrayContent(TestPictures.Artwork), "artwork", "stripes.png" },
        });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    private static async Task UntilPainted(RunningStudio studio, string address)
    {
        while (await studio.StatusOf(address) == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(100, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task PictureAmongStyles_IsAnArtwork()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        JsonElement received = await Drop(studio, "styles", "stripes.png", TestPictures.Artwork, HttpStatusCode.OK);

        Assert.Equal(("artworks", "stripes.png"), Named(received));
        File.WriteAllText(Path.Combine(studio.Host.Folder.FolderOf(PictureKind.Styles), "notes.txt"), "no style");
        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType, await studio.StatusOf("/pictures/styles/notes.txt/thumbnail"));
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf("/drafts/none/0"));
    }

    [Theory]
    [InlineData("/variations")]
    [InlineData("/styles")]
    public async Task Page_IsThere(string address)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf(address));
    }

    private static async Task<JsonElement> Drop(
        RunningStudio studio, string kind, string name, byte[] file, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, $"/pictures/{kind}?name={Uri.EscapeDataString(name)}", file);
        Assert.Equal(expected, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static (string?, string?) Named(JsonElement received)
        => (received.GetProperty("kind").GetString(), received.GetProperty("name").GetString());
}
