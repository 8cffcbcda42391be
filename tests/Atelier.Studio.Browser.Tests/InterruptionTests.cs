using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Testing;
using PuppeteerSharp;

namespace Atelier.Studio.Browser.Tests;

/// <summary>Studios that end in the middle of a painting.</summary>
public sealed class InterruptionTests(Chromium chromium)
{
    [Fact]
    public async Task KilledStudio_StartedAgain_GoesOnWithThePainting_ToTheSameBytes()
    {
        IBrowserContext browser = await chromium.OpenAsync();
        using TemporaryFolder folder = new();
        (Process first, Uri address) = await Tool.StartStudioAsync(folder.Path);
        Process? second = null;
        try
        {
            StudioPage page = await StudioPage.OpenAsync(browser, address);
            await page.DropAsync(".page", ("photo.png", Pictures.Photograph), ("art.png", Pictures.Artwork));
            await page.UntilElement(".easel");
            await Set(page, "iterations", "100000");
            await page.SlideAsync("Smoothness", 0.5);
            string file = folder.PathOf(Path.Combine("unfinished", "photo - art.atelier-checkpoint"));
            await OpenStudio.Until(() => File.Exists(file) && CheckpointOptions.ReadRecipe(file).Changes.Length > 0);

            await page.Page.EvaluateExpressionAsync("document.body.dataset.page = 'first'");
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            int before = CheckpointOptions.ReadRecipe(file).Changes[^1].AfterIteration;
            (second, _) = await Tool.StartStudioAsync(folder.Path, address.Port);

            // The page finds the studio again by itself.
            await page.UntilElement("body:not([data-page]) .page[data-ready]");
            await page.UntilElement(".easel .stage[data-frame]");
            await page.UntilText(".state", "Painting");
            await Set(page, "iterations", "1");
            await page.UntilText(".state", "Complete");

            string result = folder.PathOf(Path.Combine("results", "photo - art.png"));
            Recipe recipe = Recipe.FromPicture(PictureFile.Load(result))!;
            Assert.True(recipe.Changes.Length >= 2 && recipe.Changes[^1].AfterIteration > before);
            Assert.Equal(File.ReadAllBytes(result), await Tool.ReproduceAsync(result));
            Assert.False(File.Exists(file));
            Assert.Empty(page.Foreign);
        }
        finally
        {
            await browser.CloseAsync();
            foreach (Process? tool in (Process?[])[first, second])
            {
                tool?.Kill();
                tool?.WaitForExit();
                tool?.Dispose();
            }
        }
    }

    /// <summary>Changes a setting in the list of all settings.</summary>
    private static Task Set(StudioPage page, string option, string text) => page.Page.EvaluateFunctionAsync(
        """
        (id, text) => {
          const field = document.getElementById(id);
          field.value = text;
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }
        """, $"option-{option}", text);
}
