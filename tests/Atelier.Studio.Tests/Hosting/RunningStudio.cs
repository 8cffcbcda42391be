using System.Net;
using Atelier.Studio.Hosting;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Hosting;

/// <summary>A studio in a folder of a test's own, on a free port.</summary>
internal sealed class RunningStudio : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private RunningStudio(TemporaryFolder folder, StudioHost host, List<string> reports)
    {
        (_folder, Host, Reports) = (folder, host, reports);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(host.Address.GetLeftPart(UriPartial.Authority)),
        };
    }

    internal StudioHost Host { get; }

    internal HttpClient Client { get; }

    /// <summary>Errors that the server has reported.</summary>
    internal List<string> Reports { get; }

    internal static async Task<RunningStudio> StartAsync(Func<StudioOptions, StudioOptions>? change = null)
    {
        TemporaryFolder folder = new();
        StudioOptions options = new() { Port = 0, Folder = folder.Path, Engine = new() { Threads = 1 } };
        List<string> reports = [];
        StudioHost host = await StudioHost.StartAsync(change?.Invoke(options) ?? options, reports.Add);
        return new RunningStudio(folder, host, reports);
    }

    /// <summary>Sends a request with headers.</summary>
    internal Task<HttpResponseMessage> Send(
        HttpMethod method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    internal async Task<HttpStatusCode> StatusOf(string path, params (string Name, string Value)[] headers)
        => (await Send(HttpMethod.Get, path, null, headers)).StatusCode;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
