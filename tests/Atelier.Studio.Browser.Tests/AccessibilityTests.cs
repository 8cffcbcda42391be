using System.Text.Json;
using Atelier.Studio.Painting;
using Deque.AxeCore.Commons;

namespace Atelier.Studio.Browser.Tests;

/// <summary>What axe, which knows the rules of accessibility, finds on each page: names for screen readers, contrast,
/// order of headings, ….</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    private const string Tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']";

    private static readonly Lazy<string> Axe = new(() =>
    {
        System.Reflection.Assembly axe = typeof(AxeResult).Assembly;
        string name = axe.GetManifestResourceNames()
            .Single(each => each.EndsWith("axe.min.js", StringComparison.Ordinal));
        using StreamReader reader = new(axe.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    });

    [Theory]
    [InlineData("dark", 1280, 720)]
    [InlineData("light", 1280, 720)]
    [InlineData("dark", 390, 844)]
    [InlineData("light", 390, 844)]
    public async Task EachPage_IsForEveryone(string theme, int width, int height)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium);
        List<string> found = [];
        StudioPage page = await studio.OpenPageAsync("", width, height, theme);
        found.AddRange(await Violations(page, "start"));

        LivePainting painting = studio.Paint();
        await page.UntilElement(".easel");
        await OpenStudio.Until(() => painting.State == PaintingState.Complete);
        await page.UntilText(".state", "Complete");
        await page.Page.EvaluateExpressionAsync(
            "document.querySelectorAll('details').forEach(each => each.open = true)");
        found.AddRange(await Violations(page, "easel"));
        await page.Page.Keyboard.PressAsync("?");
        await page.UntilElement(".keys");
        found.AddRange(await Violations(page, "shortcuts"));

        foreach (string place in await PlacesOf(page))
        {
            await page.GoToAsync(place);
            found.AddRange(await Violations(page, place));
        }

        await page.GoToAsync("gallery");
        await page.ClickAsync(".card a");
        await page.UntilElement(".viewer .stage[data-frame]");
        found.AddRange(await Violations(page, "result"));
        await page.GoToDocumentAsync("api");
        found.AddRange(await Violations(page, "api"));
        Assert.Empty(found);
    }

    [Fact]
    public async Task PictureWithoutText_WouldBeFound()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium);
        StudioPage page = await studio.OpenPageAsync();

        await page.Page.EvaluateExpressionAsync("document.querySelector('.strip img').removeAttribute('alt')");
        await page.Page.EvaluateExpressionAsync("document.querySelector('.hint').style.color = '#808080'");

        string[] found = [.. await Violations(page, "start")];
        Assert.Contains(found, each => each.StartsWith("start: image-alt", StringComparison.Ordinal));
        Assert.Contains(found, each => each.StartsWith("start: color-contrast", StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> Violations(StudioPage page, string place)
    {
        await page.Page.EvaluateExpressionAsync(Axe.Value);
        string json = await page.Page.EvaluateExpressionAsync<string>(
            $$"""
            axe.run(document, { runOnly: {{Tags}}, resultTypes: ["violations"] }).then(result => JSON.stringify(
              result.violations.flatMap(each => each.nodes.map(
                node => `${each.id}: ${node.target.join(" ")}: ${node.failureSummary}`))))
            """);
        bool fits = await page.Page.EvaluateExpressionAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        return JsonSerializer.Deserialize<string[]>(json)!.Concat(fits ? [] : ["wider than the screen"])
            .Select(each => $"{place}: {each}");
    }

    /// <summary>The addresses of the other pages, as the bar of each page lists them.</summary>
    private static Task<string[]> PlacesOf(StudioPage page) => page.Page.EvaluateExpressionAsync<string[]>(
        "[...document.querySelectorAll('.places a')].map(each => each.getAttribute('href')).filter(each => each)");
}
