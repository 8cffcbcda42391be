using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atelier.Jobs.Tests;

/// <summary>The tool's worker and a collector of OpenTelemetry.</summary>
public sealed class TelemetryExportTests(Postgres postgres)
{
    // Where exporters send to if nobody says otherwise.
    private const int UsualPort = 4318;

    [Fact]
    public async Task AWorker_SendsItsMetricsAndTraces_WhereTheEnvironmentSays()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Job job = await queue.AddAsync();
        using Collector collector = new(0);

        await WorkAsync(queue, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{collector.Port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });

        Assert.Equal(JobState.Done, (await queue.Queue.FindAsync(job.Id, default)).State);
        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Received.Keys.Order());
        foreach (string name in (string[])["atelier.job.wait", "atelier.job.run", "atelier.job.paint",
            "atelier.job.attempts", "atelier-worker"])
        {
            Assert.Contains(name, collector.Received["/v1/metrics"], StringComparison.Ordinal);
        }

        Assert.Contains(job.Id, collector.Received["/v1/traces"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorker_SendsNothing_IfTheEnvironmentNamesNoCollector()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        await queue.AddAsync();
        using Collector collector = new(UsualPort);

        await WorkAsync(queue, new() { ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" });

        Assert.Empty(collector.Received);
    }

    private static async Task WorkAsync(TestQueue queue, Dictionary<string, string> environment)
    {
        using WorkerProcess worker = WorkerProcess.Once(queue.Address, environment);
        Assert.True(await Task.Run(() => worker.WaitForExit(TimeSpan.FromMinutes(3))));
        Assert.Equal(0, worker.ExitCode);
    }

    /// <summary>Keeps what it is sent.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Collector(int port)
        {
            Port = port > 0 ? port : Postgres.FreePort();
            _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
            try
            {
                _listener.Start();
            }
            catch (Exception error) when (error is HttpListenerException or SocketException)
            {
                Assert.Skip($"Port {Port} of this machine is taken.");
            }

            _ = ReceiveAsync();
        }

        public int Port { get; }

        /// <summary>The bodies of all requests to a path.</summary>
        public ConcurrentDictionary<string, string> Received { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    using StreamReader reader = new(context.Request.InputStream, Encoding.Latin1);
                    string body = await reader.ReadToEndAsync();
                    Received.AddOrUpdate(context.Request.Url!.AbsolutePath, body, (_, before) => before + body);
                    context.Response.Close();
                }
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                // The test has ended.
            }
        }
    }
}
