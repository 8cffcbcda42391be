using System.Globalization;
using Atelier.Networks;
using Atelier.Primitives;

namespace Atelier.Workshop.Networks;

/// <summary>Downloads a published network into the cache, verifies it and converts it.</summary>
/// <param name="context">Receives notes, and supplies the clock and the cancellation token.</param>
/// <param name="cache">The folder to download to.</param>
public sealed class NetworkFetch(WorkshopContext context, NetworkCache cache)
{
    /// <summary>Retry and timeout settings.</summary>
    public DownloadRetryOptions Retry { get; init; } = new();

    /// <summary>Whether to store weights with 16 bits, in a file of half the size.</summary>
    public bool Half { get; init; }

    /// <summary>Replaces the conversion in tests; receives the source file, the target file and the manifest.</summary>
    internal Action<string, string, NetworkManifest>? Import { get; init; }

    /// <summary>Called when a download starts. The returned reporter receives its progress and is disposed at the end
    /// if it is disposable; null reports nothing.</summary>
    public Func<IProgress<DownloadProgress>?> CreateReporter { get; init; } = () => null;

    /// <summary>Whether HTTPS is available; checked before a download over HTTPS.</summary>
    internal Func<bool> IsHttpsAvailable { get; init; } = OpenSsl.IsAvailableOrNotNeeded;

    /// <summary>Downloads the network if it is not in the cache. Returns its path.</summary>
    /// <param name="manifest">The network.</param>
    /// <param name="force">Whether to download and convert it even if it is in the cache.</param>
    /// <exception cref="CodedException">The download failed (<c>download</c>), the file has an unexpected hash
    /// (<c>download.wrong</c>), or HTTPS is unavailable (<c>download.openssl</c>).</exception>
    public async Task<string> RunAsync(NetworkManifest manifest, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string network = cache.GetNetworkPath(manifest);
        using IDisposable alone = await cache.LockAsync(
            manifest, () => Say($"another process is downloading {manifest.Name}; waiting for it"), context.Clock,
            context.Cancel);
        if (File.Exists(network) && !force)
        {
            return network;
        }

        string byHand = cache.GetDownloadPath(manifest), partial = cache.GetPartialPath(manifest);
        if (File.Exists(byHand))
        {
            RequireExpectedHash(manifest, byHand);
            Convert(manifest, byHand, network);
            return network;
        }

        await DownloadAsync(manifest, partial);
        Convert(manifest, partial, network);
        File.Delete(partial);
        return network;
    }

    private async Task DownloadAsync(NetworkManifest manifest, string partial)
    {
        if (manifest.Url.Scheme == Uri.UriSchemeHttps && !IsHttpsAvailable())
        {
            throw CodedException.Failed(
                "download.openssl", $"{manifest.Url} cannot be downloaded: HTTPS needs OpenSSL, and no libssl.so.3 " +
                "or libssl.so.1.1 was found on this machine.",
                $"install your system's package 'openssl'; or {ManualDownload(manifest)}");
        }

        Say($"downloading {manifest.Url}");
        IProgress<DownloadProgress>? reporter = CreateReporter();
        Download download = new(manifest.Url, partial, context.Clock)
        {
            Retry = Retry,
            Progress = (bytes, whole) => reporter?.Report(new DownloadProgress(bytes, whole)),
        };
        using (reporter as IDisposable)
            await FetchAsync(download, manifest);
        RequireExpectedHash(manifest, partial);
    }

    private async Task FetchAsync(Download download, NetworkManifest manifest)
    {
        try
        {
            await download.FetchAsync(context.Cancel);
        }
        catch (CodedException error)
        {
            throw CodedException.Failed(error.Code, error.Message,
                $"try again, which resumes the download; or {ManualDownload(manifest)}");
        }
    }

    private string ManualDownload(NetworkManifest manifest)
        => $"download {manifest.Url} in another way, put the file '{manifest.FileName}' into '{cache.Folder}', " +
            "and try again";

    /// <summary>Removes a downloaded file whose hash does not match.</summary>
    private void RequireExpectedHash(NetworkManifest manifest, string path)
    {
        string hash;
        using (FileStream file = File.OpenRead(path))
            hash = Sha256.HexOf(file, context.Cancel);
        if (hash.StartsWith(manifest.Sha256, StringComparison.Ordinal))
        {
            Say(manifest.IsHashWhole
                ? $"SHA-256 as expected: {hash}"
                : $"SHA-256 {hash}: its first {manifest.Sha256.Length} digits are as expected; the publisher " +
                    "states no more");
            return;
        }

        long length = new FileInfo(path).Length;
        bool isOurs = path == cache.GetPartialPath(manifest);
        if (isOurs)
        {
            File.Delete(path);
        }

        throw CodedException.Failed(
            "download.wrong",
            string.Create(CultureInfo.InvariantCulture,
                $"'{path}' is not the expected file: its {length} bytes have SHA-256 {hash}, not ") +
            $"{manifest.Sha256}{(manifest.IsHashWhole ? "" : "…")}.",
            isOurs
                ? $"{manifest.Url} sent a different file, which was removed; a proxy may have changed it. Try again, " +
                    "or download the file in another way"
                : "remove it, or replace it with the right file");
    }

    private void Convert(NetworkManifest manifest, string from, string to)
    {
        Say($"converting {manifest.FileName}");
        if (Import is not null)
        {
            Import(from, to, manifest);
            return;
        }

        NetworkImport.Import(from, to, InputConvention.Parse(manifest.Input), Half);
    }

    private void Say(string line) => context.Report(new Note(line));
}

/// <summary>How far a download has come.</summary>
/// <param name="Bytes">Bytes received so far.</param>
/// <param name="TotalBytes">Total number of bytes; null if unknown.</param>
public sealed record DownloadProgress(long Bytes, long? TotalBytes);
