using Atelier.Options;

namespace Atelier.Workshop.Networks;

/// <summary>The folder of downloaded networks.</summary>
/// <param name="folder">The folder.</param>
public sealed class NetworkCache(string folder)
{
    private const int MaxLosses = 5;

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Returns the cache of the current user, or the one in <see cref="Variables.Cache"/>.</summary>
    public static NetworkCache ForCurrentUser()
    {
        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new NetworkCache(Variables.CacheFolder ?? Path.Combine(local, "atelier", "weights"));
    }

    /// <summary>The published networks that have been downloaded.</summary>
    public IEnumerable<NetworkManifest> Downloaded
        => NetworkManifest.All.Where(manifest => File.Exists(GetNetworkPath(manifest)));

    /// <summary>Returns the path of the converted network.</summary>
    public string GetNetworkPath(NetworkManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Path.Combine(Folder, $"{manifest.Name}.safetensors");
    }

    /// <summary>Returns the path where the publisher's file can be placed manually.</summary>
    public string GetDownloadPath(NetworkManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Path.Combine(Folder, manifest.FileName);
    }

    /// <summary>Returns the path of an interrupted download.</summary>
    internal string GetPartialPath(NetworkManifest manifest) => GetDownloadPath(manifest) + ".part";

    /// <summary>Returns the file of a published network by name; any other text is returned unchanged.</summary>
    /// <exception cref="CodedException">The network has not been downloaded yet (<c>network.missing</c>).</exception>
    public string Find(string network)
    {
        NetworkManifest? published = NetworkManifest.All.FirstOrDefault(manifest => manifest.Name == network);
        if (published is null || File.Exists(network))
        {
            return network;
        }

        string path = GetNetworkPath(published);
        return File.Exists(path) ? path : throw CodedException.Failed(
            "network.missing", $"the network '{network}' is not on this machine.",
            "download it first, or use the embedded network 'compact'", network);
    }

    /// <summary>Replaces the name of a downloaded network in the options by its file, and turns on normalized
    /// activations for it unless the options choose otherwise.</summary>
    /// <exception cref="CodedException">The network has not been downloaded yet (<c>network.missing</c>).</exception>
    public StylizeOptions Resolve(StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string network = Find(options.Network);
        return options with
        {
            Network = network,
            Activations = options.Activations == ActivationMode.Auto && network != options.Network
                ? ActivationMode.Normalized
                : options.Activations,
        };
    }

    /// <summary>Waits until no other process is working on a network, and locks it until the returned object is
    /// disposed. </summary>
    /// <param name="manifest">The network.</param>
    /// <param name="onWait">Called once if another process holds the lock.</param>
    /// <param name="clock">The clock for the delay between attempts.</param>
    /// <param name="cancel">Ends the waiting.</param>
    internal async Task<IDisposable> LockAsync(
        NetworkManifest manifest, Action onWait, TimeProvider clock, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, $"{manifest.Name}.lock");
        bool isReported = false;
        for (int losses = 0; ;)
        {
            try
            {
                return new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!isReported)
                {
                    onWait();
                    isReported = true;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && losses < MaxLosses)
            {
                // The process that held the lock may just have ended; Windows denies access to a file that is being
                // deleted.
                losses++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancel);
        }
    }
}
