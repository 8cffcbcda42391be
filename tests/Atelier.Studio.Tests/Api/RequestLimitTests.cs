using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Atelier.Studio.Api;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

public sealed class RequestLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void PlaceThatIsLeft_CanBeTakenAgain_AndOnlyOnce()
    {
        RequestLimit limit = new(2, "trials", "trial.queue");
        IDisposable first = limit.Enter(), second = limit.Enter();

        ApiProblem problem = Assert.Throws<ApiException>(limit.Enter).Problem;
        Assert.Equal((429, "trial.queue"), (problem.Status, problem.Code));
        Assert.Equal("2 trials are waiting already.", problem.Detail);
        first.Dispose();
        first.Dispose();
        limit.Enter();
        Assert.Throws<ApiException>(limit.Enter);
        second.Dispose();
    }

    [Theory]
    [InlineData("/api/plan")]
    [InlineData("/api/styles")]
    public async Task MoreMeasurementsThanMayWait_AreToldWhenToComeAgain(string path)
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        List<TcpClient> waiting = [];
        HttpResponseMessage answer;
        Stopwatch patience = Stopwatch.StartNew();
        do
        {
            // The server gives up on those that send nothing for five seconds, which may be before the last is there.
            waiting.ForEach(client => client.Dispose());
            waiting = await WaitAsync(studio.Host.Address, path);
            answer = await RefusedAsync(studio.Client);
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest && patience.Elapsed < Patience);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        JsonElement problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("16 measurements are waiting already.", problem.GetProperty("detail").GetString());
        waiting.ForEach(client => client.Dispose());
        while ((answer = await studio.Client.PostAsync("/api/plan", ApiClient.Form())).StatusCode
            == HttpStatusCode.TooManyRequests)
        {
            Assert.True(patience.Elapsed < 2 * Patience);
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Begins as many requests as may wait, and sends their bodies never.</summary>
    private static async Task<List<TcpClient>> WaitAsync(Uri address, string path)
    {
        List<TcpClient> waiting = [];
        for (int i = 0; i < 16; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n" +
                "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\n"));
            waiting.Add(client);
        }

        return waiting;
    }

    /// <summary>Sends wrong requests until one is not read any more, for a few seconds.</summary>
    private static async Task<HttpResponseMessage> RefusedAsync(HttpClient client)
    {
        HttpResponseMessage answer;
        Stopwatch time = Stopwatch.StartNew();
        do
        {
            await Task.Delay(20);
            using MultipartFormDataContent wrong = new() { { new StringContent("x"), "no" } };
            answer = await client.PostAsync("/api/plan", wrong);
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest && time.Elapsed < TimeSpan.FromSeconds(4));
        return answer;
    }
}
