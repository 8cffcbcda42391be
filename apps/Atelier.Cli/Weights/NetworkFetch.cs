using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Primitives;

namespace Atelier.Cli.Weights;

/// <summary>Brings a published network into the cache: downloads, checks, converts.</summary>
/// <param name="host">Where it is told, and the clock.</param>
/// <param name="cache">Where it goes.</param>
/// <param name="convert">Writes the network of a publisher's file as a safetensors file.</param>
internal sealed class NetworkFetch(Host host, WeightCache cache, Action<string, string, NetworkManifest> convert)
{
    public DownloadPatience Patience { get; init; } = new();

    /// <summary>Asked before a download over HTTPS.</summary>
    public Func<bool> CanSpeakHttps { get; init; } = OpenSsl.IsThereOrNotNeeded;

    /// <summary>Whether nothing but errors is told.</summary>
    public bool Quiet { get; init; }

    /// <summary>Brings the network, if it is not there. Returns its path.</summary>
    /// <exception cref="CliException">It cannot be had.</exception>
    public async Task<string> RunAsync(NetworkManifest manifest, bool isWantedAnew)
    {
        string network = cache.NetworkOf(manifest);
        using IDisposable alone = await cache.LockAsync(
            manifest, () => Say($"another process fetches {manifest.Name}; waiting for it"), host.Clock,
            host.Interrupt);
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
        string byHand = $"fetch {manifest.Url} in another way, put the file '{manifest.FileName}' into " +
            $"'{cache.Folder}', and give the same command.";
        if (manifest.Url.Scheme == Uri.UriSchemeHttps && !CanSpeakHttps())
        {
            throw CliException.Failed(
                "download.openssl",
                $"{manifest.Url} cannot be downloaded: HTTPS needs OpenSSL, and no libssl.so.3 or libssl.so.1.1 was " +
                "found on this machine.",
                $"install your system's package 'openssl'; or {byHand}");
        }

        Say($"downloading {manifest.Url}");
        using DownloadReporter reporter = new(Quiet ? null : host);
        Download download = new(manifest.Url, partial, host.Clock) { Patience = Patience, Progress = reporter.Report };
        try
        {
            await download.FetchAsync(host.Interrupt);
        }
        catch (CliException error)
        {
            throw CliException.Failed(error.Code, error.Message,
                $"try again, which goes on where it ended; or {byHand}");
        }

        reporter.Dispose();
        RequireRight(manifest, partial);
    }

    /// <summary>Removes a downloaded file that is another one.</summary>
    private void RequireRight(NetworkManifest manifest, string path)
    {
        string hash;
        using (FileStream file = File.OpenRead(path))
            hash = Sha256.HexOf(file, host.Interrupt);
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

        throw CliException.Failed(
            "download.wrong",
            string.Create(CultureInfo.InvariantCulture,
                $"'{path}' is not the file that was expected: its {length} bytes have SHA-256 {hash[..16]}…, not ") +
            $"{manifest.Sha256}….",
            isOurs
                ? $"{manifest.Url} sent something else, which was removed; a proxy may stand between. Try again, or " +
                    "fetch the file in another way."
                : "remove it, or put the right file there.");
    }

    private void Convert(NetworkManifest manifest, string from, string to)
    {
        Say($"converting {manifest.FileName}");
        convert(from, to, manifest);
    }

    private void Say(string line)
    {
        if (!Quiet)
        {
            host.Error.WriteLine(line);
        }
    }
}
