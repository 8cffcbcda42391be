using System.Security.Cryptography;
using Atelier.Workshop.Networks;

namespace Atelier.Workshop.Tests.Networks;

public sealed class NetworkFetchTests : IDisposable
{
    private static readonly byte[] File = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i * 31) ^ (i >> 7)))];

    // On a busy machine, even a local server needs a while.
    private DownloadRetryOptions _retry = new()
    {
        MaxAttempts = 3,
        InitialDelay = TimeSpan.FromMilliseconds(10),
        StallTimeout = TimeSpan.FromMinutes(1),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-fetch-").FullName;
    private readonly StringWriter _told = new();

    private NetworkCache Cache => new(_folder);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _told.Dispose();
    }

    [Fact]
    public async Task Run_GoodServer_LeavesTheConvertedNetworkAlone()
    {
        using RoughServer server = new((_, request) => request.SendAsync(File));

        string path = await FetchAsync(ManifestOf(server));

        Assert.Equal(File.Reverse(), await System.IO.File.ReadAllBytesAsync(path, Cancel));
        Assert.Equal(["net.safetensors"], Files);
        Assert.Equal(path, await FetchAsync(ManifestOf(server)));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Run_ConnectionThatDropsAgainAndAgain_GoesOnWhereItEnded()
    {
        List<int> starts = [];
        using RoughServer server = new((_, request) =>
        {
            starts.Add(request.Start);
            int left = File.Length - request.Start;
            return request.SendAsync(File, Math.Min(left, 70_000), left);
        });

        string path = await FetchAsync(ManifestOf(server));

        Assert.Equal(File.Reverse(), await System.IO.File.ReadAllBytesAsync(path, Cancel));
        Assert.InRange(starts.Count, 5, 10);
        Assert.Equal(starts.Order(), starts);
        Assert.True(starts[^1] >= 200_000);
    }

    [Fact]
    public async Task Run_AfterABrokenDownload_GoesOnWithWhatItLeft()
    {
        int first = -1;
        using RoughServer server = new((_, request) =>
        {
            first = request.Start;
            return request.SendAsync(File);
        });
        NetworkManifest manifest = ManifestOf(server);
        await System.IO.File.WriteAllBytesAsync(Cache.GetPartialPath(manifest), File[..123_456], Cancel);

        await FetchAsync(manifest);

        Assert.Equal(123_456, first);
    }

    [Fact]
    public async Task Run_ServerWithoutRanges_BeginsAnew()
    {
        using RoughServer server = new(async (_, request) =>
        {
            await request.HeadAsync("200 OK", $"Content-Length: {File.Length}\r\n");
            await request.WriteAsync(File);
        });
        NetworkManifest manifest = ManifestOf(server);
        await System.IO.File.WriteAllBytesAsync(Cache.GetPartialPath(manifest), File[..1000], Cancel);

        string path = await FetchAsync(manifest);

        Assert.Equal(File.Length, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Run_WrongFile_IsRemovedAndNamed()
    {
        using RoughServer server = new((_, request) => request.SendAsync([.. File, 1]));

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(ManifestOf(server)));

        Assert.Equal("download.wrong", error.Code);
        Assert.Contains("300001 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Run_WrongFileWithTheRightFirstDigits_IsRefused()
    {
        using RoughServer server = new((_, request) => request.SendAsync(File));
        NetworkManifest manifest = ManifestOf(server, WholeHash[..63] + (WholeHash[63] == '0' ? '1' : '0'));

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(manifest));

        Assert.Equal("download.wrong", error.Code);
        Assert.Contains($"have SHA-256 {WholeHash}, not {manifest.Sha256}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "its first 8 digits are as expected; the publisher states no more")]
    [InlineData(64, "SHA-256 as expected")]
    public async Task Run_RightFile_SaysHowFarItWasVerified(int digits, string part)
    {
        using RoughServer server = new((_, request) => request.SendAsync(File));

        await FetchAsync(ManifestOf(server, WholeHash[..digits]));

        Assert.Contains(part, _told.ToString(), StringComparison.Ordinal);
        Assert.Contains(WholeHash, _told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerThatPromisesMoreThanItSends_FailsAndKeepsWhatCame()
    {
        using RoughServer server = new((_, request) => request.Start >= File.Length
            ? Task.CompletedTask
            : request.SendAsync(File, File.Length - request.Start, File.Length - request.Start + 10));

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(ManifestOf(server)));

        Assert.Equal("download", error.Code);
        Assert.Equal(["net.pth.part"], Files);
        Assert.Contains(_folder, error.Remedy, StringComparison.Ordinal);
        Assert.Contains("net.pth", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerThatCrawls_IsGivenUp()
    {
        _retry = _retry with { StallTimeout = TimeSpan.FromMilliseconds(400) };
        using RoughServer server = new((_, request) => request.CrawlAsync(File));

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(ManifestOf(server)));

        Assert.Contains("no data arrived for 0.4 seconds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", 1), InlineData("503 Service Unavailable", 3)]
    public async Task Run_Refusal_IsTriedAgainOnlyWhereThatMayHelp(string status, int requests)
    {
        using RoughServer server = new((_, request) => request.HeadAsync(status, "Content-Length: 0\r\n"));

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(ManifestOf(server)));

        Assert.Contains(status[..3], error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests);
    }

    [Fact]
    public async Task Run_Offline_SaysWhereToPutTheFile()
    {
        RoughServer server = new((_, _) => Task.CompletedTask);
        NetworkManifest manifest = ManifestOf(server);
        server.Dispose();

        CodedException error = await Assert.ThrowsAsync<CodedException>(() => FetchAsync(manifest));

        Assert.Contains(manifest.Url.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains($"put the file 'net.pth' into '{_folder}'", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HttpsWithoutOpenSsl_SaysWhatIsMissingAndWhereToPutTheFile()
    {
        NetworkManifest manifest = new(
            "net", "a network", new Uri("https://localhost/net.pth"), "00", "rgb01-imagenet", "nobody's");

        CodedException error =
            await Assert.ThrowsAsync<CodedException>(() => FetchAsync(manifest, canSpeakHttps: false));

        Assert.Equal("download.openssl", error.Code);
        Assert.Contains("libssl.so.3", error.Message, StringComparison.Ordinal);
        Assert.Contains("package 'openssl'", error.Remedy, StringComparison.Ordinal);
        Assert.Contains($"put the file 'net.pth' into '{_folder}'", error.Remedy, StringComparison.Ordinal);
        Assert.Empty(_told.ToString());
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Run_HttpWithoutOpenSsl_Downloads()
    {
        using RoughServer server = new((_, request) => request.SendAsync(File));

        await FetchAsync(ManifestOf(server), canSpeakHttps: false);

        Assert.Equal(["net.safetensors"], Files);
    }

    [Fact]
    public async Task Run_FilePutThereByHand_IsCheckedAndConvertedWithoutTheNetwork()
    {
        using RoughServer server = new((_, request) => request.SendAsync(File));
        NetworkManifest manifest = ManifestOf(server);
        await System.IO.File.WriteAllBytesAsync(Cache.GetDownloadPath(manifest), File, Cancel);

        await FetchAsync(manifest);

        Assert.Equal(0, server.Requests);
        Assert.Equal(["net.pth", "net.safetensors"], Files);
    }

    [Fact]
    public async Task Run_TwiceAtOnce_DownloadsOnce()
    {
        using RoughServer server = new(async (_, request) =>
        {
            await Task.Delay(300, Cancel);
            await request.SendAsync(File);
        });
        NetworkManifest manifest = ManifestOf(server);

        string[] paths = await Task.WhenAll(FetchAsync(manifest), FetchAsync(manifest));

        Assert.Equal(paths[0], paths[1]);
        Assert.Equal(1, server.Requests);
        Assert.Contains("another process", _told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Manifests_AllOfThem_NameAFileWhoseNameHoldsItsHash()
    {
        Assert.Equal(
            ["vgg16", "vgg16-caffe", "vgg19", "vgg19-caffe"],
            NetworkManifest.All.Select(manifest => manifest.Name).Order(StringComparer.Ordinal));
        Assert.All(NetworkManifest.All, manifest =>
        {
            Assert.Equal(Uri.UriSchemeHttps, manifest.Url.Scheme);
            Assert.Contains(manifest.Sha256[..8], manifest.FileName, StringComparison.Ordinal);
            Assert.Equal(manifest.Url.Host == "download.pytorch.org", manifest.IsHashWhole);
            Assert.Matches("^([0-9a-f]{8}|[0-9a-f]{64})$", manifest.Sha256);
            Assert.Contains(manifest.Input, (string[])["rgb01-imagenet", "bgr255-caffe"]);
        });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];

    private static string WholeHash { get; } = Convert.ToHexStringLower(SHA256.HashData(File));

    private static NetworkManifest ManifestOf(RoughServer server, string? hash = null) => new(
        "net", "a network", server.Url("net.pth"), hash ?? WholeHash[..8], "rgb01-imagenet", "nobody's");

    /// <summary>Fetches with a conversion that turns the file round.</summary>
    private Task<string> FetchAsync(NetworkManifest manifest, bool canSpeakHttps = true)
    {
        TextWriter told = TextWriter.Synchronized(_told);
        WorkshopContext context = new() { Report = note => told.WriteLine(note.Text), Cancel = Cancel };
        NetworkFetch fetch = new(context, Cache)
        {
            Retry = _retry,
            Import = (from, to, _) =>
                System.IO.File.WriteAllBytes(to, [.. Enumerable.Reverse(System.IO.File.ReadAllBytes(from))]),
            IsHttpsAvailable = () => canSpeakHttps,
        };
        return fetch.RunAsync(manifest);
    }
}
