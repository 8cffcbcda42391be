using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Atelier.Recipes;

namespace Atelier.Workshop.Networks;

/// <summary>How patient a download is.</summary>
public sealed record DownloadPatience
{
    /// <summary>Tries in a row that bring nothing new.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Time before the second try; it doubles from each to the next.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without an answer, or without <see cref="MinBytes"/>, after which a try is given up.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that must come within <see cref="Stall"/>.</summary>
    public long MinBytes { get; init; } = 64 * 1024;
}

/// <summary>Fetches a file over HTTP into a partial file, which a later download goes on with.</summary>
internal sealed class Download(Uri url, string partialPath, TimeProvider clock)
{
    // No network is larger, and no disk is to be filled.
    private const long MaxBytes = 4L << 30;

    private const int BufferBytes = 1 << 16;

    public DownloadPatience Patience { get; init; } = new();

    /// <summary>Told bytes that are there, and bytes of the whole where the server says.</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Fetches all that is missing. When it returns, the partial file is as long as the server said.</summary>
    /// <exception cref="CodedException">The server cannot be reached, or does not send the file.</exception>
    public async Task FetchAsync(CancellationToken cancel)
    {
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("atelier", Recipe.LibraryVersion));
        TimeSpan pause = Patience.Pause;
        for (int failures = 0; ;)
        {
            long before = LengthSoFar();
            try
            {
                await FetchOnceAsync(client, before, cancel);
                return;
            }
            catch (Exception error) when (IsOfNetwork(error) && !cancel.IsCancellationRequested)
            {
                bool moved = LengthSoFar() > before;
                (failures, pause) = moved ? (1, Patience.Pause) : (failures + 1, pause);
                if (failures >= Patience.Tries || error is HttpRequestException { StatusCode: HttpStatusCode status }
                    && !IsPassing(status))
                {
                    throw Unreachable(error);
                }
            }

            await Task.Delay(pause, clock, cancel);
            pause *= 2;
        }
    }

    private long LengthSoFar() => File.Exists(partialPath) ? new FileInfo(partialPath).Length : 0;

    private static bool IsOfNetwork(Exception error)
        => error is HttpRequestException or HttpIOException or OperationCanceledException or EndOfStreamException
            or IOException { InnerException: SocketException };

    private static bool IsPassing(HttpStatusCode status)
        => status is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests;

    private async Task FetchOnceAsync(HttpClient client, long start, CancellationToken cancel)
    {
        using CancellationTokenSource stalled = new(Patience.Stall, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancel);
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, null);
        }

        using HttpResponseMessage response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // What is there is as long as the file, or longer: its checksum will tell.
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"it answers {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
        }

        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == start;
        start = goesOn ? start : 0;
        long? whole = response.Content.Headers.ContentLength + start;
        await using Stream source = await response.Content.ReadAsStreamAsync(either.Token);
        await using FileStream target = new(partialPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        target.SetLength(start);
        target.Position = start;
        byte[] buffer = new byte[BufferBytes];
        long due = start + Patience.MinBytes;
        while (await source.ReadAsync(buffer, either.Token) is > 0 and int count)
        {
            await target.WriteAsync(buffer.AsMemory(0, count), cancel);
            if (target.Position > MaxBytes)
            {
                throw CodedException.Failed("download", $"{url} sends more than {MaxBytes >> 30} GB.");
            }

            if (target.Position >= due)
            {
                due = target.Position + Patience.MinBytes;
                stalled.CancelAfter(Patience.Stall);
            }

            Progress(target.Position, whole);
        }

        if (whole is long expected && target.Position < expected)
        {
            throw new EndOfStreamException($"it ended after {target.Position} of {expected} bytes");
        }
    }

    private CodedException Unreachable(Exception error)
    {
        string reason = error switch
        {
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture,
                $"nothing came for {Patience.Stall.TotalSeconds:0.#} seconds"),
            HttpRequestException { InnerException: Exception inner } => inner.Message,
            _ => error.Message,
        };
        return CodedException.Failed("download", $"{url} cannot be downloaded: {reason.TrimEnd('.')}.");
    }
}
