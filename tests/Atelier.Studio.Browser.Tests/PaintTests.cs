using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Browser.Tests;

/// <summary>Painting at the page, as a person does.</summary>
public sealed class PaintTests(Chromium chromium)
{
    [Fact]
    public async Task DroppedPictures_BecomeADraft_ThatIsSteered_ToAResultThatIsReproducedToTheByte()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        StudioPage page = await studio.OpenPageAsync();

        await page.DropAsync(".well[data-kind=photographs] .drop", ("My photo.png", Pictures.Photograph));
        await page.UntilElement(".well[data-kind=photographs] .has-picture");
        await page.DropAsync(".well[data-kind=artworks] .drop", ("art.png", Pictures.Artwork));
        await page.UntilFrameAfter(1);
        await OpenStudio.Until(() => studio.Painting.Progress is { RunIteration: > 2 });

        await page.SlideAsync("Balance", 0.5);
        await OpenStudio.Until(() => studio.Painting.CanUndo);
        await page.Until("() => !document.querySelector('.fader button.quiet').hidden");
        studio.Painting.Steer(options => options with { Iterations = studio.Painting.Progress!.Iteration + 3 });
        await page.UntilText(".state", "Complete");

        StoredPicture result = Assert.Single(studio.Folder.List(PictureKind.Results));
        string path = studio.Folder.PathOf(result);
        Assert.Equal("My photo - art.png", result.Name);
        Assert.Equal(2, Recipe.FromPicture(PictureFile.Load(path))!.Changes.Length);
        Assert.Equal(File.ReadAllBytes(path), await Tool.ReproduceAsync(path));
        await page.GoToAsync("gallery");
        await page.UntilElement($".card[data-name=\"{result.Name}\"]");
    }

    [Fact]
    public async Task ReloadedPage_ShowsTheSamePainting()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        LivePainting painting = studio.Paint();
        StudioPage page = await studio.OpenPageAsync();
        await page.UntilFrameAfter(0);
        await OpenStudio.Until(() => painting.Progress is not null);

        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        int shown = await page.FrameAsync();
        await page.UntilFrameAfter(shown);

        Assert.Same(painting, studio.Painting);
        Assert.Equal(PaintingState.Painting, painting.State);
        await page.UntilText(".state", "Painting");
    }

    [Fact]
    public async Task TwoTabs_FollowTheSamePainting_AndEachOther()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        studio.Paint();
        StudioPage first = await studio.OpenPageAsync(), second = await studio.OpenPageAsync();
        await first.UntilFrameAfter(2);
        await second.UntilFrameAfter(await second.FrameAsync());

        await first.SlideAsync("Smoothness", 1);
        await OpenStudio.Until(() => studio.Painting.Options.TvWeight > 20);
        string shown = studio.Painting.Options.TvWeight.ToString("0.###");
        await second.Until(
            "text => [...document.querySelectorAll('.fader output')].some(each => each.innerText === text)", shown);
        await second.ClickAsync(".transport .is-main");
        await first.UntilText(".state", "Paused");
        await first.ClickAsync(".transport .is-main");
        await second.UntilText(".state", "Painting");
    }

    [Fact]
    public async Task BrowserThatGoesAway_LeavesThePaintingToGoOn_AndNobodyToWaitForFrames()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        LivePainting painting = studio.Paint();
        StudioPage page = await studio.OpenPageAsync();
        await page.UntilFrameAfter(2);

        await page.Page.CloseAsync();
        int frame;
        do
        {
            frame = painting.Frames.Newest!.Number;
            await Task.Delay(1500, TestContext.Current.CancellationToken);
        }
        while (frame != painting.Frames.Newest!.Number);

        int iteration = painting.Progress!.RunIteration;
        await OpenStudio.Until(() => painting.Progress.RunIteration > iteration + 5);
        Assert.Equal(frame, painting.Frames.Newest.Number);
    }

    [Fact]
    public async Task Keyboard_IsEnough_FromTheStartToTheResult()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium);
        StudioPage page = await studio.OpenPageAsync();

        await TabTo(page, ".well[data-kind=photographs] .strip button");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilElement(".well[data-kind=photographs] .has-picture");
        await TabTo(page, ".well[data-kind=artworks] .strip button");
        await page.Page.Keyboard.PressAsync("Space");
        await page.UntilText(".state", "Complete");
        await page.Page.Keyboard.PressAsync("c");
        await page.Until("() => !document.querySelector('.divider').hidden");
        await TabTo(page, ".places a[href=gallery]");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilElement(".card a");
        await TabTo(page, ".card a");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.UntilElement(".viewer canvas");
        Assert.Single(studio.Folder.List(PictureKind.Results));
    }

    /// <summary>Presses Tab until an element has the focus.</summary>
    private static async Task TabTo(StudioPage page, string selector)
    {
        for (int i = 0; i < 100; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateFunctionAsync<bool>(
                "selector => !!document.activeElement?.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"Tab does not lead to '{selector}'.");
    }
}
