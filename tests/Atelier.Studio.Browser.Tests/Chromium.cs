using Atelier.Studio.Browser.Tests;
using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Atelier.Studio.Browser.Tests;

/// <summary>The browser of all tests: the Chromium of this machine.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Names the browser, if it is not on the PATH.</summary>
    private const string Variable = "ATELIER_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    // Nothing that a browser does on its own: no updates, no accounts, no first steps.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-device-scale-factor=1",
    ];

    private readonly SemaphoreSlim _one = new(1);
    private IBrowser? _browser;

    /// <summary>Opens a browser in which nothing is stored from before. Skips the test if there is none.</summary>
    internal async Task<IBrowserContext> OpenAsync()
    {
        string? path = Find();
        Assert.SkipWhen(path is null,
            "There is no Chromium on this machine: install it ('sudo apt install chromium') or name it in " +
            $"{Variable}.");
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _browser ??= await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = Arguments,
                Timeout = 120_000,
            });
        }
        finally
        {
            _one.Release();
        }

        return await _browser.CreateBrowserContextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _one.Dispose();
    }

    private static string? Find()
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .SelectMany(_ => Names, Path.Combine).FirstOrDefault(File.Exists);
}
