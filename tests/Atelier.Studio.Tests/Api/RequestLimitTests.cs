using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Atelier.Studio.Api;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Api;

public sealed class RequestLimitTests
{
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
        for (int i = 0; i < 16; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", studio.Host.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: {studio.Host.Address.Authority}\r\n" +
                "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\n"));
            waiting.Add(client);
        }

        HttpResponseMessage answer;
        do
        {
            using MultipartFormDataContent wrong = new() { { new StringContent("x"), "no" } };
            answer = await studio.Client.PostAsync("/api/plan", wrong);
        }
        while (answer.StatusCode == HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        JsonElement problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("16 measurements are waiting already.", problem.GetProperty("detail").GetString());
        waiting.ForEach(client => client.Dispose());
        do
        {
            answer = await studio.Client.PostAsync("/api/plan", ApiClient.Form());
        }
        while (answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
