using System.Net;
using System.Net.Sockets;
using System.Text;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Hosting;

/// <summary>Requests that are too large, too slow, or too many.</summary>
public sealed class HostileRequestTests
{
    [Fact]
    public async Task HugeRequests_AreRefused_AndTheNextIsAnswered()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();

        Assert.Equal(HttpStatusCode.RequestUriTooLong, await studio.StatusOf($"/{new string('a', 20_000)}"));
        Assert.Equal(
            HttpStatusCode.RequestHeaderFieldsTooLarge,
            await studio.StatusOf("/", ("X-Long", new string('a', 60_000))));
        Assert.Equal(
            HttpStatusCode.OK,
            (await studio.Send(
                HttpMethod.Post, $"/pictures/photographs?name={new string('a', 3000)}.png",
                TestPictures.Photograph)).StatusCode);
        Assert.InRange(studio.Host.Folder.List(PictureKind.Photographs)[0].Name.Length, 5, 100);
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/"));
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task StalledUploads_KeepNobodyOut()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        List<TcpClient> stalled = [];
        for (int i = 0; i < 3; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", studio.Host.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /pictures/photographs?name=a.png HTTP/1.1\r\nHost: {studio.Host.Address.Authority}\r\n" +
                "Content-Length: 5000\r\n\r\nx"));
            stalled.Add(client);
        }

        HttpResponseMessage answer = await studio.Send(
            HttpMethod.Post, "/pictures/photographs?name=photo.png", TestPictures.Photograph);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("photo.png", Assert.Single(studio.Host.Folder.List(PictureKind.Photographs)).Name);
        stalled.ForEach(client => client.Dispose());
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task HalfRequests_KeepNobodyOut()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        List<TcpClient> half = [];
        for (int i = 0; i < 100; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", studio.Host.Address.Port);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: "u8.ToArray());
            half.Add(client);
        }

        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/"));
        half.ForEach(client => client.Dispose());
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task HundredsOfPagesAtOnce_AreAllAnswered()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        using HttpClient crowd = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 })
        {
            BaseAddress = studio.Client.BaseAddress,
        };

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            using HttpResponseMessage answer = await crowd.GetAsync((i % 4) switch
            {
                0 => "/",
                1 => "/gallery",
                2 => "/favicon.ico",
                _ => "/pictures/results/..%2fsecret/view",
            });
            return answer.StatusCode;
        }));

        Assert.Equal(300, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(100, answers.Count(status => status == HttpStatusCode.NotFound));
        Assert.Empty(studio.Reports);
    }
}
