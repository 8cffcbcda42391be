using System.Globalization;
using Atelier.Networks;
using Atelier.Primitives;

namespace Atelier.Workshop.Networks;

/// <summary>Downloads a published network into the cache, verifies it and converts it.</summary>
/// <param name="around">Who is told of it, the clock, and the wish to stop.</param>
/// <param name="cache">The target folder.</param>
public sealed class NetworkFetch(Surroundings around, NetworkCache cache)
{
    /// <summary>How patient the download is.</summary>
    public DownloadRetryOptions Patience { get; init; } = new();

    /// <summary>Whether 16 bits of each weight are kept, in a file of half the size.</summary>
    public bool Half { get; init; }

    /// <summary>Stands in for the conversion: from, to, and what it is.</summary>
    internal Action<string, string, NetworkManifest>? Import { get; init; }

    /// <summary>Begins to show a download; what it gives is told bytes that are there, and disposed at the
    /// end.</summary>
    public Func<IProgress<DownloadProgress>?> NewReporter { get; init; } = () => null;

    /// <summary>Asked before a download over HTTPS.</summary>
    internal Func<bool> CanSpeakHttps { get; init; } = OpenSsl.IsThereOrNotNeeded;

    /// <summary>Downloads the network if it is not in the cache. Returns its path.</summary>
    /// <param name="manifest">The network.</param>
    /// <param name="isWantedAnew">Whether to fetch and convert it although it is there.</param>
    /// <exception cref="CodedException">It cannot be had: <c>download</c>, <c>download.wrong</c>.</exception>
    public async Task<string> RunAsync(NetworkManifest manifest, bool isWantedAnew = false)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string network = cache.NetworkOf(manifest);
        using IDisposable alone = await cache.LockAsync(
            manifest, () => Say($"another process is downloading {manifest.Name}; waiting for it"), around.Clock,
            around.Cancel);
        if (File.Exists(network) && !isWantedAnew)
        {
            return network;
        }

        string byHand = cache.DownloadOf(manifest), partial = cache.PartialOf(manifest);
        if (File.Exists(byHand))
        {
            RequireRight(manifest, byHand);
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
        if (manifest.Url.Scheme == Uri.UriSchemeHttps && !CanSpeakHttps())
        {
            throw CodedException.Failed(
                "download.openssl", $"{manifest.Url} cannot be downloaded: HTTPS needs OpenSSL, and no libssl.so.3 " +
                "or libssl.so.1.1 was found on this machine.",
                $"install your system's package 'openssl'; or {ByHand(manifest)}");
        }

        Say($"downloading {manifest.Url}");
        IProgress<DownloadProgress>? reporter = NewReporter();
        Download download = new(manifest.Url, partial, around.Clock)
        {
            Patience = Patience,
            Progress = (bytes, whole) => reporter?.Report(new DownloadProgress(bytes, whole)),
        };
        using (reporter as IDisposable)
            await FetchAsync(download, manifest);
        RequireRight(manifest, partial);
    }

    private async Task FetchAsync(Download download, NetworkManifest manifest)
    {
        try
        {
            await download.FetchAsync(around.Cancel);
        }
        catch (CodedException error)
        {
            throw CodedException.Failed(error.Code, error.Message,
                $"try again, which goes on where it ended; or {ByHand(manifest)}");
        }
    }

    private string ByHand(NetworkManifest manifest)
        => $"fetch {manifest.Url} in another way, put the file '{manifest.FileName}' into '{cache.Folder}', " +
            "and try again";

    /// <summary>Removes a downloaded file whose hash does not match.</summary>
    private void RequireRight(NetworkManifest manifest, string path)
    {
        string hash;
        using (FileStream file = File.OpenRead(path))
            hash = Sha256.HexOf(file, around.Cancel);
        if (hash.StartsWith(manifest.Sha256, StringComparison.Ordinal))
        {
            return;
        }

        long length = new FileInfo(path).Length;
        bool isOurs = path == cache.PartialOf(manifest);
        if (isOurs)
        {
            File.Delete(path);
        }

        throw CodedException.Failed(
            "download.wrong",
            string.Create(CultureInfo.InvariantCulture,
                $"'{path}' is not the expected file: its {length} bytes have SHA-256 {hash[..16]}…, not ") +
            $"{manifest.Sha256}….",
            isOurs
                ? $"{manifest.Url} sent something else, which was removed; a proxy may stand between. Try again, or " +
                    "fetch the file in another way"
                : "remove it, or put the right file there");
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

    private void Say(string line) => around.Tell(new Note(line));
}

/// <summary>How far a download has come.</summary>
/// <param name="Bytes">Bytes received so far.</param>
/// <param name="Whole">Total number of bytes; null if unknown.</param>
public sealed record DownloadProgress(long Bytes, long? Whole);
