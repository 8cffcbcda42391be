using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atelier.Workshop.Tests.Networks;

/// <summary>A server on this machine that answers each connection as it is told to, well or badly.</summary>
internal sealed class RoughServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<int, Request, Task> _answer;
    private int _requests;

    /// <param name="answer">Told the number of the request, from 0, and the request.</param>
    public RoughServer(Func<int, Request, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Requests => _requests;

    public Uri Url(string file) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{file}");

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                StringBuilder head = new();
                byte[] one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
                    && await stream.ReadAsync(one, _end.Token) == 1)
                    head.Append((char)one[0]);
                int number = Interlocked.Increment(ref _requests) - 1;
                await _answer(number, new Request(head.ToString(), stream, _end.Token));
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }

    /// <summary>What was asked, and the way back.</summary>
    internal sealed class Request(string head, NetworkStream stream, CancellationToken end)
    {
        /// <summary>The first byte that is wanted.</summary>
        public int Start
        {
            get
            {
                const string Range = "Range: bytes=";
                int at = head.IndexOf(Range, StringComparison.OrdinalIgnoreCase);
                return at < 0 ? 0 : int.Parse(
                    head.AsSpan(at + Range.Length, head.IndexOf('-', at) - at - Range.Length),
                    System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        /// <summary>Sends the part that is wanted of a file, as a server should.</summary>
        public Task SendAsync(byte[] file) => SendAsync(file, file.Length - Start, file.Length - Start);

        /// <summary>Sends so many bytes of the part that is wanted, and says that there are so many.</summary>
        public async Task SendAsync(byte[] file, int count, int said)
        {
            string range = Start == 0 ? "" : $"Content-Range: bytes {Start}-{file.Length - 1}/{file.Length}\r\n";
            await HeadAsync(Start == 0 ? "200 OK" : "206 Partial Content", $"{range}Content-Length: {said}\r\n");
            await stream.WriteAsync(file.AsMemory(Start, count), end);
        }

        public async Task HeadAsync(string status, string headers)
            => await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n"), end);

        public async Task WriteAsync(byte[] bytes) => await stream.WriteAsync(bytes, end);

        /// <summary>Sends a byte now and then, until nobody listens.</summary>
        public async Task CrawlAsync(byte[] file)
        {
            await HeadAsync("200 OK", $"Content-Length: {file.Length}\r\n");
            foreach (byte value in file)
            {
                await stream.WriteAsync((byte[])[value], end);
                await Task.Delay(20, end);
            }
        }
    }
}
