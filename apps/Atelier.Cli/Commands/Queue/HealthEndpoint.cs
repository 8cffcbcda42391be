using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Atelier.Jobs.Workers;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Answers those who ask whether a worker works: <c>GET /health</c> gives 200, or 503 when the queue has not
/// answered for a while.</summary>
internal sealed class HealthEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Worker _worker;

    /// <param name="worker">The worker.</param>
    /// <param name="port">The port, on all addresses of this machine.</param>
    /// <exception cref="CodedException">The port cannot be used.</exception>
    public HealthEndpoint(Worker worker, int port)
    {
        _worker = worker;
        _listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://*:{port}/"));
        try
        {
            _listener.Start();
        }
        catch (Exception error) when (error is HttpListenerException or SocketException)
        {
            throw CodedException.Failed("worker.health",
                string.Create(CultureInfo.InvariantCulture,
                    $"port {port} cannot be used: {error.Message.TrimEnd('.')}."),
                "name another port", "health");
        }

        _ = AnswerAsync();
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException
                or InvalidOperationException or IOException)
            {
                // The one who asked has gone, or the worker ends.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        HttpListenerResponse answer = context.Response;
        TimeSpan silence = _worker.Silence;
        bool isHealthy = silence < Atelier.Jobs.WorkerInfo.Patience;
        (answer.StatusCode, string text) = context.Request.Url?.AbsolutePath != "/health" ? (404, "ask for /health\n")
            : isHealthy ? (200, string.Create(CultureInfo.InvariantCulture, $"{_worker.Running} running\n"))
            : (503, string.Create(CultureInfo.InvariantCulture,
                $"no answer of the queue for {silence.TotalSeconds:F0} s\n"));
        answer.ContentType = "text/plain";
        answer.Close(Encoding.UTF8.GetBytes(text), willBlock: false);
    }
}
