using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Atelier.Recipes;

namespace Atelier.Workshop.Networks;

/// <summary>Retry and timeout settings of a download.</summary>
public sealed record DownloadRetryOptions
{
    /// <summary>Maximum number of consecutive attempts without progress.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Delay before the second attempt; it doubles with each further attempt.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a response, or without <see cref="MinBytes"/> of data, after which an attempt is
    /// abandoned.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Minimum number of bytes that must arrive within <see cref="StallTimeout"/>.</summary>
    public long MinBytes { get; init; } = 64 * 1024;
}

/// <summary>Downloads a file over HTTP into a partial file, which a later download resumes.</summary>
internal sealed class Download(Uri url, string partialPath, TimeProvider clock)
{
    // No network is larger, and the download must not fill the disk.
    private const long MaxBytes = 4L << 30;

    private const int BufferBytes = 1 << 16;

    public DownloadRetryOptions Retry { get; init; } = new();

    /// <summary>Receives the number of bytes downloaded, and the total if the server reports it.</summary>
    public Action<long, long?> Progress { get; init; } = (_, _) => { };

    /// <summary>Downloads everything that is missing. Afterwards the partial file has the length that the server
    /// reported.</summary>
    /// <exception cref="CodedException">The server cannot be reached, or does not send the file.</exception>
    public async Task FetchAsync(CancellationToken cancel)
    {
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("atelier", Recipe.LibraryVersion));
        TimeSpan pause = Retry.InitialDelay;
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
                (failures, pause) = moved ? (1, Retry.InitialDelay) : (failures + 1, pause);
                if (failures >= Retry.MaxAttempts || error is HttpRequestException { StatusCode: HttpStatusCode status }
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
        using CancellationTokenSource stalled = new(Retry.StallTimeout, clock);
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
            // The partial file is already as long as the file, or longer; the checksum will show whether it is correct.
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"the server responded with {(int)response.StatusCode} " +
                $"{response.ReasonPhrase}", null, response.StatusCode);
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
        long due = start + Retry.MinBytes;
        while (await source.ReadAsync(buffer, either.Token) is > 0 and int count)
        {
            await target.WriteAsync(buffer.AsMemory(0, count), cancel);
            if (target.Position > MaxBytes)
            {
                throw CodedException.Failed(
                    "download", $"{url} sends more than {MaxBytes >> 30} GB, which is too large for a network.");
            }

            if (target.Position >= due)
            {
                due = target.Position + Retry.MinBytes;
                stalled.CancelAfter(Retry.StallTimeout);
            }

            Progress(target.Position, whole);
        }

        if (whole is long expected && target.Position < expected)
        {
            throw new EndOfStreamException($"the connection ended after {target.Position} of {expected} bytes");
        }
    }

    private CodedException Unreachable(Exception error)
    {
        string reason = error switch
        {
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture,
                $"no data arrived for {Retry.StallTimeout.TotalSeconds:0.#} seconds"),
            HttpRequestException { InnerException: Exception inner } => inner.Message,
            _ => error.Message,
        };
        return CodedException.Failed("download", $"{url} could not be downloaded: {reason.TrimEnd('.')}.");
    }
}
