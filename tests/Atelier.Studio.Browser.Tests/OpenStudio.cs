using Atelier.Options;
using Atelier.Studio.Hosting;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Testing;
using PuppeteerSharp;

namespace Atelier.Studio.Browser.Tests;

/// <summary>A studio in this process, with a browser of a test's own.</summary>
internal sealed class OpenStudio : IAsyncDisposable
{
    /// <summary>Long side of what is painted, in pixels.</summary>
    internal const int Side = 96;

    private readonly TemporaryFolder _temporary;
    private readonly List<StudioPage> _pages = [];
    private readonly List<string> _reports;

    private OpenStudio(TemporaryFolder temporary, StudioHost host, List<string> reports, IBrowserContext browser)
        => (_temporary, Host, _reports, Browser) = (temporary, host, reports, browser);

    internal StudioHost Host { get; }

    internal IBrowserContext Browser { get; }

    internal StudioFolder Folder => Host.Folder;

    internal LivePainting Painting => Host.Room.Current!;

    /// <summary>A folder beside that of the studio.</summary>
    internal string Beside => _temporary.Path;

    /// <summary>Starts a studio.</summary>
    /// <param name="folder">Its folder; null for one of its own.</param>
    /// <param name="iterations">Iterations of what is painted.</param>
    internal static async Task<OpenStudio> StartAsync(Chromium chromium, int iterations = 4, string? folder = null)
    {
        IBrowserContext browser = await chromium.OpenAsync();
        TemporaryFolder temporary = new();
        List<string> reports = [];
        StudioHost host = await StudioHost.StartAsync(
            new StudioOptions { Port = 0, Folder = folder ?? temporary.PathOf("studio") }, reports.Add);
        host.Room.Choose(choice => choice with
        {
            Preset = "draft",
            Options = Presets.ByName["draft"] with { Size = Side, Scales = [Side], Iterations = iterations },
        });
        return new OpenStudio(temporary, host, reports, browser);
    }

    internal async Task<StudioPage> OpenPageAsync(
        string path = "", int width = 1280, int height = 720, string theme = "dark")
    {
        StudioPage page = await StudioPage.OpenAsync(Browser, Host.Address, path, width, height, theme);
        _pages.Add(page);
        return page;
    }

    /// <summary>Puts pictures in the folder and begins to paint, without a page.</summary>
    internal LivePainting Paint()
    {
        StoredPicture photograph = Folder.Add(PictureKind.Photographs, "photo.png", Pictures.Photograph);
        StoredPicture artwork = Folder.Add(PictureKind.Artworks, "art.png", Pictures.Artwork);
        Host.Room.Choose(choice => choice.With(artwork) with { Photograph = photograph, Options = choice.Options });
        return Painting;
    }

    /// <summary>Waits until something is so.</summary>
    internal static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(90));
        while (!isSo())
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Closes everything; fails if a page asked another host or a script or the server had an
    /// error.</summary>
    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        await Host.DisposeAsync();
        _temporary.Dispose();
        foreach (StudioPage page in _pages)
            page.RequireQuiet();
        Assert.Empty(_reports);
    }
}
