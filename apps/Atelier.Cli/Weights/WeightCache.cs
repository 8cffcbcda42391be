using Atelier.Options;

namespace Atelier.Cli.Weights;

/// <summary>The folder where downloaded networks are kept.</summary>
internal sealed class WeightCache(string folder)
{
    /// <summary>Names the folder where another one is wished.</summary>
    public const string Variable = "ATELIER_CACHE";

    private const int MostLosses = 5;

    public string Folder { get; } = folder;

    /// <summary>The folder of this user.</summary>
    public static WeightCache OfUser()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new WeightCache(string.IsNullOrEmpty(chosen) ? Path.Combine(local, "atelier", "weights") : chosen);
    }

    /// <summary>The converted network.</summary>
    public string NetworkOf(NetworkManifest manifest) => Path.Combine(Folder, $"{manifest.Name}.safetensors");

    /// <summary>Where the publisher's file may be put by hand.</summary>
    public string DownloadOf(NetworkManifest manifest) => Path.Combine(Folder, manifest.FileName);

    /// <summary>What a broken download left.</summary>
    public string PartialOf(NetworkManifest manifest) => DownloadOf(manifest) + ".part";

    /// <summary>The file of a published network, by its name; what names another network or a file stays.</summary>
    /// <exception cref="CliException">The network is not here yet.</exception>
    public string Find(string network)
    {
        NetworkManifest? published = NetworkManifest.All.FirstOrDefault(manifest => manifest.Name == network);
        if (published is null || File.Exists(network))
        {
            return network;
        }

        string path = NetworkOf(published);
        return File.Exists(path) ? path : throw CliException.Failed(
            "network.missing", $"the network '{network}' is not on this machine.",
            $"fetch it with 'atelier weights get {network}', or take the embedded 'compact'.");
    }

    /// <summary>The options with the file of a network that was fetched in place of its name, and with normalized
    /// activations then, unless they are chosen.</summary>
    /// <exception cref="CliException">The network is not here yet.</exception>
    public StylizeOptions Resolve(StylizeOptions options)
    {
        string network = Find(options.Network);
        return options with
        {
            Network = network,
            Activations = options.Activations == Activations.Auto && network != options.Network
                ? Activations.Normalized
                : options.Activations,
        };
    }

    /// <summary>Waits until no other process works on a network, and keeps others waiting until it is disposed.
    /// </summary>
    /// <param name="manifest">The network.</param>
    /// <param name="onWait">Told once when another process has it.</param>
    /// <param name="clock">How long to wait before looking again.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<IDisposable> LockAsync(
        NetworkManifest manifest, Action onWait, TimeProvider clock, CancellationToken cancel)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, $"{manifest.Name}.lock");
        bool isTold = false;
        for (int losses = 0; ;)
        {
            try
            {
                return new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!isTold)
                {
                    onWait();
                    isTold = true;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && losses < MostLosses)
            {
                // Whoever had it may have ended just now; Windows refuses a file that is about to go.
                losses++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancel);
        }
    }
}
