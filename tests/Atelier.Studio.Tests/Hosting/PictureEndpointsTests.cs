using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atelier.Imaging;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Hosting;

public sealed partial class PictureEndpointsTests
{
    [Fact]
    public async Task Page_AsksForNothingFromAnotherHost_AndAllItAsksForIsThere()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        HttpResponseMessage answer = await studio.Send(HttpMethod.Get, "/");
        string page = await answer.Content.ReadAsStringAsync();

        string[] addresses = [.. Address().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
        Assert.True(addresses.Length > 10, page);
        Assert.DoesNotContain(addresses, address => address.Contains("//", StringComparison.Ordinal));
        foreach (string address in addresses.Where(address => address.Contains('/') && address != "/"))
            Assert.Equal(HttpStatusCode.OK, await studio.StatusOf($"/{address}"));
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains(addresses, address => address.EndsWith("/blazor.web.js", StringComparison.Ordinal));
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task DroppedPicture_IsStored_AndComesBackSmaller()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, "/pictures/photographs?name=My%20photo.PNG", TestPictures.Photograph);

        JsonElement stored = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("My photo.png", stored.GetProperty("name").GetString());
        byte[] file = await studio.Client.GetByteArrayAsync("/pictures/photographs/My%20photo.png");
        Assert.Equal(TestPictures.Photograph, file);
        byte[] thumbnail = await studio.Client.GetByteArrayAsync("/pictures/photographs/My%20photo.png/thumbnail");
        Assert.Equal(48, PictureFile.Decode(thumbnail).Width);
    }

    [Fact]
    public async Task Thumbnail_IsNotSentAgain_UntilTheNameIsThatOfAnotherFile()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        StoredPicture picture = studio.Host.Folder.Add(PictureKind.Artworks, "a.png", TestPictures.Artwork);
        using HttpResponseMessage first = await studio.Client.GetAsync("/pictures/artworks/a.png/thumbnail");

        async Task<HttpStatusCode> Again()
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/pictures/artworks/a.png/thumbnail");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using HttpResponseMessage answer = await studio.Client.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotModified, await Again());
        File.WriteAllBytes(studio.Host.Folder.PathOf(picture), TestPictures.Photograph);
        Assert.Equal(HttpStatusCode.OK, await Again());
    }

    [Fact]
    public async Task DroppedMask_IsStoredAsAGrayPng_WhateverItWas()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, "/pictures/masks?name=..%2Fmy%20mask.jpg", TestPictures.Artwork);

        JsonElement stored = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(("masks", "my mask.png"),
            (stored.GetProperty("kind").GetString(), stored.GetProperty("name").GetString()));
        Picture mask = PictureFile.Load(Path.Combine(studio.Host.Folder.FullPath, "masks", "my mask.png"));
        Assert.Equal((40, 56), (mask.Width, mask.Height));
        Assert.Equal(mask.Red, mask.Blue);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("&passing=true", 0)]
    public async Task Stroke_RemainsOnlyIfARecipeNamesIt_AndALoadedMaskRemains(string how, int remaining)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        await studio.Send(HttpMethod.Post, $"/pictures/masks?name=a.png{how}", TestPictures.Mask);

        studio.Host.Folder.PassingMasks.Remove([], TimeSpan.Zero);

        Assert.Equal(remaining, studio.Host.Folder.List(PictureKind.Masks).Count);
    }

    [Fact]
    public async Task TextNamedAsMask_IsRefused_AndNothingIsStored()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, "/pictures/masks?name=mask.png", "This is a text."u8.ToArray());

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(studio.Host.Folder.List(PictureKind.Masks));
    }

    [Fact]
    public async Task TextNamedAsPicture_IsRefused_WithAReason()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, "/pictures/photographs?name=a.jpg", "This is a text."u8.ToArray());

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        string detail = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString()!;
        Assert.Contains("not", detail);
        Assert.Empty(studio.Host.Folder.List(PictureKind.Photographs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargePicture_IsRefused(bool tellsItsLength)
    {
        await using RunningStudio studio =
            await RunningStudio.StartAsync(options => options with { MaxUploadBytes = 1000 });
        HttpRequestMessage request = new(HttpMethod.Post, "/pictures/artworks?name=a.png")
        {
            Content = new ByteArrayContent(new byte[5000]),
        };
        request.Headers.TransferEncodingChunked = !tellsItsLength;

        HttpResponseMessage answer = await studio.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(studio.Host.Folder.List(PictureKind.Artworks));
    }

    [Theory]
    [InlineData("/pictures/photographs/..%2f..%2fsecret.txt")]
    [InlineData("/pictures/photographs/..%5csecret.txt")]
    [InlineData("/pictures/photographs/%2fetc%2fpasswd")]
    [InlineData("/pictures/photographs/%2e%2e%2fsecret.txt/view")]
    [InlineData("/pictures/secrets/a.png")]
    [InlineData("/pictures/0/a.png")]
    [InlineData("/examples/photographs/..%2fblazor.web.js")]
    [InlineData("/assets/x/..%2f..%2fappsettings.json")]
    [InlineData("/paintings/00000000000000000000000000000000/frames/0")]
    [InlineData("/paintings/x/picture")]
    public async Task PathOutside_IsNotFound(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        File.WriteAllText(Path.Combine(studio.Host.Folder.FullPath, "secret.txt"), "secret");

        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf(path));
    }

    [Fact]
    public async Task Painting_IsStreamed_AndDownloaded()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        StudioFolder folder = studio.Host.Folder;
        StoredPicture photograph = folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        StoredPicture artwork = folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        studio.Host.Room.Choose(choice => choice.With(artwork) with
        {
            Photograph = photograph,
            Options = choice.Options with { Size = 64, Iterations = 4 },
        });
        LivePainting live = studio.Host.Room.Current!;
        string painting = $"/paintings/{live.Id}";

        HttpResponseMessage frame = await studio.Send(HttpMethod.Get, $"{painting}/frames/0");
        while (!live.HasPicture)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        HttpResponseMessage picture = await studio.Send(HttpMethod.Get, $"{painting}/picture");

        Assert.Equal("1", frame.Headers.GetValues("Atelier-Frame").Single());
        Assert.True(frame.Headers.CacheControl!.NoStore);
        Assert.Equal("image/jpeg", frame.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(Recipes.Recipe.FromPicture(PictureFile.Decode(await picture.Content.ReadAsByteArrayAsync())));
        Assert.Equal("photo - stripes.png", picture.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"#]+)\"")]
    private static partial Regex Address();
}
