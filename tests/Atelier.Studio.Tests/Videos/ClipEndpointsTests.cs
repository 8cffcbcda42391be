using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;
using Atelier.Studio.Videos;

namespace Atelier.Studio.Tests.Videos;

public sealed class ClipEndpointsTests
{
    private const string Upload = "/pictures/clips?name=";

    // The beginning of an MP4, which nothing follows.
    private static readonly byte[] Mp4Start =
        [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8, 0, 0, 0, 8, .. "mdat"u8];

    [Fact]
    public async Task DroppedAnimation_IsStoredOnce_AndShownFrameByFrame()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        HttpResponseMessage[] answers =
        [
            await studio.Send(HttpMethod.Post, $"{Upload}My%20clip.GIF", TestClips.Gif),
            await studio.Send(HttpMethod.Post, $"{Upload}My%20clip.GIF", TestClips.Gif),
        ];

        foreach (HttpResponseMessage answer in answers)
            Assert.Equal("My clip.gif", await TextOf(answer, "name"));
        Assert.Single(FilesIn(studio));
        foreach (int index in (int[])[3, 0, 4])
        {
            Picture frame = PictureFile.Decode(
                await studio.Client.GetByteArrayAsync($"/clips/My%20clip.gif/frames/{index}/thumbnail"));
            Assert.Equal((TestClips.Width, TestClips.Height), (frame.Width, frame.Height));
            Assert.Equal(TestClips.BarOf(index), TestClips.BarIn(frame), 6.0);
        }

        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf("/clips/My%20clip.gif/frames/5/thumbnail"));
    }

    [Fact]
    public async Task ClipThatWasArrivingWhenAStudioWasKilled_IsRemoved_AfterADay()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options =>
        {
            string clips = Directory.CreateDirectory(Path.Combine(options.Folder, "clips")).FullName;
            foreach ((string name, int hours) in (ReadOnlySpan<(string, int)>)
                [(".a1.arriving", 30), (".a2.arriving.mp4", 30), (".a3.arriving", 20), ("mine.arriving.gif", 30)])
            {
                string path = Path.Combine(clips, name);
                File.WriteAllText(path, "");
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            }

            return options;
        });

        Assert.Equal(
            [".a3.arriving", "mine.arriving.gif"],
            Directory.EnumerateFiles(studio.Host.Folder.FolderOf(PictureKind.Clips)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task DroppedVideo_IsShownFrameByFrame()
    {
        byte[] clip = TestClips.Mp4();
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}clip.mp4", clip);

        Assert.Equal("clip.mp4", await TextOf(answer, "name"));
        foreach (int index in (int[])[4, 1])
        {
            byte[] jpeg = await studio.Client.GetByteArrayAsync($"/clips/clip.mp4/frames/{index}/view");
            Assert.Equal(TestClips.BarOf(index), TestClips.BarIn(PictureFile.Decode(jpeg)), 6.0);
        }
    }

    [Theory]
    [InlineData("a.mp4", "This is a text.")]
    [InlineData("a.gif", "This is a text.")]
    [InlineData("a.mp4", "")]
    [InlineData("list.mp4", "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1\n/etc/passwd\n")]
    [InlineData("list.mp4", "ffconcat version 1.0\nfile /etc/passwd\n")]
    public async Task WhatIsNotAClip_IsRefused_WithAReason(string name, string contents)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, $"{Upload}{name}", System.Text.Encoding.UTF8.GetBytes(contents));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        string detail = await TextOf(answer, "detail");
        Assert.Contains(name, detail);
        Assert.Contains("MP4", detail);
        Assert.Empty(FilesIn(studio));
    }

    [Fact]
    public async Task CutAnimation_IsRefused_WithItsName()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}cut.gif", TestClips.Gif[..30]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        string detail = await TextOf(answer, "detail");
        Assert.Contains("cut.gif", detail);
        Assert.DoesNotContain(studio.Host.Folder.FullPath, detail);
        Assert.Empty(FilesIn(studio));
    }

    [Fact]
    public async Task CutVideo_IsRefused()
    {
        byte[] clip = TestClips.Mp4();
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}cut.mp4", clip[..(clip.Length / 3)]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(FilesIn(studio));
    }

    [Fact]
    public async Task VideoWithoutFfmpeg_IsRefused_WithWhatToInstall()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}clip.mp4", Mp4Start);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("ffmpeg", await TextOf(answer, "detail"));
        Assert.Empty(FilesIn(studio));
    }

    [Fact]
    public async Task ZipOfFrames_IsRefused_WithWhatPaintsThem()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, $"{Upload}frames.zip", [0x50, 0x4B, 3, 4, .. "frames"u8]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        string detail = await TextOf(answer, "detail");
        Assert.Contains("'frames.zip' is a zip file", detail);
        Assert.Contains("atelier video", detail);
        Assert.Empty(FilesIn(studio));
    }

    [Theory]
    [InlineData("-y.gif", "y.gif")]
    [InlineData("..%2F..%2Fsecret.gif", "secret.gif")]
    [InlineData("clip.mp4", "clip.gif")]
    [InlineData("", "clip.gif")]
    public async Task Name_IsMadeSafe_AndFitsTheContents(string given, string stored)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}{given}", TestClips.Gif);

        Assert.Equal(stored, await TextOf(answer, "name"));
        Assert.Equal([stored], FilesIn(studio));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargeClip_IsRefused_ThoughLargerThanAPictureIsTaken(bool isTaken)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(options => WithoutFfmpeg(options) with
        {
            MaxUploadBytes = 10,
            MaxClipBytes = TestClips.Gif.Length - (isTaken ? 0 : 1),
        });

        HttpResponseMessage answer = await studio.Send(HttpMethod.Post, $"{Upload}clip.gif", TestClips.Gif);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(isTaken ? 1 : 0, FilesIn(studio).Length);
    }

    [Fact]
    public async Task Player_GetsTheRangeThatItAsksFor()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        studio.Host.Folder.Add(PictureKind.Videos, "a.gif", TestClips.Gif);
        HttpRequestMessage request = new(HttpMethod.Get, "/videos/a.gif");
        request.Headers.Range = new RangeHeaderValue(10, 19);

        HttpResponseMessage answer = await studio.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes 10-19/{TestClips.Gif.Length}", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal("image/gif", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            TestClips.Gif[10..20],
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/clips/..%2f..%2fsecret.gif")]
    [InlineData("/clips/..%2fsecret.gif/frames/0/view")]
    [InlineData("/videos/..%5csecret.gif")]
    [InlineData("/videos/%2fetc%2fpasswd")]
    [InlineData("/videos/a.gif.json")]
    [InlineData("/clips/none.gif")]
    public async Task PathOutside_IsNotFound(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        File.WriteAllBytes(Path.Combine(studio.Host.Folder.FullPath, "secret.gif"), TestClips.Gif);
        studio.Host.Folder.Add(PictureKind.Videos, "a.gif.json", "{}"u8.ToArray());

        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf(path));
    }

    [Fact]
    public async Task Picture_IsNoVideo()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        HttpResponseMessage answer =
            await studio.Send(HttpMethod.Post, "/pictures/videos?name=a.png", TestPictures.Photograph);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(studio.Host.Folder.List(PictureKind.Videos));
    }

    [Fact]
    public async Task Page_SaysWhatToInstall()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);

        string page = WebUtility.HtmlDecode(await studio.Client.GetStringAsync("/video"));

        Assert.Contains("Without ffmpeg", page);
        Assert.Contains("Specify the path of ffmpeg", page);
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task PageOfAVideo_ShowsItBesideItsClip_AndHowFarItIs()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);
        StudioFolder folder = studio.Host.Folder;
        folder.Add(PictureKind.Clips, "bar.gif", TestClips.Gif);
        folder.Add(PictureKind.Videos, "my bar.gif", TestClips.Gif);
        folder.Add(PictureKind.Videos, "my bar.gif.json", """
            {"clip":"bar.gif","artworks":["gone.png"],"preset":"calm","options":{"size":"48"},"video":{},
            "from":1,"to":4,"start":0.1,"painted":2,"isComplete":false}
            """u8.ToArray());

        string page = WebUtility.HtmlDecode(await studio.Client.GetStringAsync("/video/my%20bar.gif"));

        Assert.Contains("data-url=\"clips/bar.gif\"", page);
        Assert.Contains("data-url=\"videos/my%20bar.gif\"", page);
        Assert.Contains("data-start=\"0.1\"", page);
        Assert.Contains("2 of 4 frames", page);
        Assert.Contains("Go on", page);
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task FrameThatNobodyWaitsFor_IsNotRead()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync(WithoutFfmpeg);
        StoredPicture file = studio.Host.Folder.Add(PictureKind.Clips, "bar.gif", TestClips.Gif);
        using ClipReader clips = new(studio.Host.Folder, () => throw new InvalidOperationException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => clips.FrameAsync(file, 1, SmallPictures.ThumbnailSide, new CancellationToken(canceled: true)));

        Assert.NotNull(await clips.FrameAsync(
            file, 1, SmallPictures.ThumbnailSide, TestContext.Current.CancellationToken));
    }

    private static Studio.Hosting.StudioOptions WithoutFfmpeg(Studio.Hosting.StudioOptions options)
        => options with { FfmpegPath = Path.Combine(options.Folder, "nowhere") };

    private static string[] FilesIn(RunningStudio studio)
        => [.. Directory.EnumerateFiles(studio.Host.Folder.FolderOf(PictureKind.Clips)).Select(Path.GetFileName)!];

    private static async Task<string> TextOf(HttpResponseMessage answer, string field)
        => JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty(field).GetString()!;
}
