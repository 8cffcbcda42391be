using System.Net;
using System.Net.WebSockets;

namespace Atelier.Studio.Tests.Hosting;

/// <summary>Requests that do not come from the studio's own pages.</summary>
public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.1.20", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Host_MustBeTheStudiosOwn(string host, HttpStatusCode expected)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Assert.Equal(expected, await studio.StatusOf("/", ("Host", $"{host}:{studio.Host.Address.Port}")));
    }

    [Fact]
    public async Task Origin_MustBeTheStudiosOwn()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        async Task<HttpStatusCode> Post(string origin) => (await studio.Send(
            HttpMethod.Post, "/pictures/photographs?name=a.png", TestPictures.Photograph,
            ("Origin", origin))).StatusCode;

        Assert.Equal(HttpStatusCode.Forbidden, await Post("https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("null"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("http://127.0.0.1:1"));
        Assert.Empty(studio.Host.Folder.List(Studio.Storage.PictureKind.Photographs));
        Assert.Equal(HttpStatusCode.OK, await Post(studio.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task PictureOnAnotherSite_IsRefused_ButALinkIsNot()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await studio.StatusOf(
            "/favicon.ico", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")));
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf(
            "/", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")));
    }

    [Fact]
    public async Task CircuitFromAnotherOrigin_IsRefused()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri($"ws://127.0.0.1:{studio.Host.Address.Port}/_blazor"), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, await studio.StatusOf("/_blazor", ("Origin", "https://evil.example")));
    }

    [Fact]
    public async Task StudioForOtherMachines_NeedsItsToken()
    {
        await using RunningStudio studio =
            await RunningStudio.StartAsync(options => options with { Host = IPAddress.Any });
        (string, string) host = ("Host", $"127.0.0.1:{studio.Host.Address.Port}");
        string query = studio.Host.Address.Query;
        Assert.Matches("^\\?token=[0-9a-f]{32}$", query);
        studio.Client.BaseAddress = new Uri($"http://127.0.0.1:{studio.Host.Address.Port}");

        Assert.Equal(HttpStatusCode.Unauthorized, await studio.StatusOf("/", host));
        Assert.Equal(HttpStatusCode.Unauthorized, await studio.StatusOf("/?token=guess", host));
        Assert.Equal(HttpStatusCode.Unauthorized, await studio.StatusOf("/favicon.ico", host));
        HttpResponseMessage entry = await studio.Send(HttpMethod.Get, $"/{query}", null, host);
        Assert.Equal(HttpStatusCode.Redirect, entry.StatusCode);
        Assert.Equal("/", entry.Headers.Location!.ToString());
        string cookie = Assert.Single(entry.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/", host, ("Cookie", cookie.Split(';')[0])));
    }
}
