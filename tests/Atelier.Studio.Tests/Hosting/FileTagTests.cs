using System.Net;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Videos;

namespace Atelier.Studio.Tests.Hosting;

public sealed class FileTagTests
{
    [Theory]
    [InlineData("/examples/photographs/city-river.jpg")]
    [InlineData("/pictures/artworks/a.png/thumbnail")]
    [InlineData("/pictures/artworks/a.png/view")]
    [InlineData("/clips/bar.gif")]
    [InlineData("/clips/bar.gif/frames/1/thumbnail")]
    [InlineData("/inside/examples/photographs/city-river.jpg/picture")]
    [InlineData("/inside/pictures/artworks/a.png/relu1_1/maps/0")]
    public async Task WhatDoesNotChange_IsAskedForEachTime_AndSentOnce(string address)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Artworks, "a.png", TestPictures.Artwork);
        studio.Host.Folder.Add(PictureKind.Clips, "bar.gif", TestClips.Gif);

        using HttpResponseMessage first = await studio.Send(HttpMethod.Get, address);
        using HttpResponseMessage again =
            await studio.Send(HttpMethod.Get, address, null, ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.True(first.Headers.CacheControl is { NoCache: true, Private: true, MaxAge: null });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
    }
}
