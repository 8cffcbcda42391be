using Atelier.Imaging;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using PuppeteerSharp;

namespace Atelier.Studio.Browser.Tests;

/// <summary>Painting masks, as a person does: the masks that are stored have the pixels that were painted.</summary>
public sealed class BrushTests(Chromium chromium)
{
    private static readonly MaskSlot Style = new(MaskRole.Style), Preserve = new(MaskRole.Preserve);

    [Fact]
    public async Task StrokeOfAMouse_IsPainted_Erased_AndTakenBack()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        StudioPage page = await BeginAsync(studio, slot: 1);

        Picture painted = await After(studio, Style, () => StrokeOfMouseAsync(page, 0, 0.2));
        Assert.True(At(painted, 0.5, 0.5) > 0.9 && At(painted, 0.6, 0.5) > 0.9);
        Assert.Equal(0, At(painted, 0.02, 0.02));
        Assert.Equal(0, At(painted, 0.98, 0.5));

        await page.ClickAsync(".mask-tools [data-tool=eraser]");
        Picture erased = await After(studio, Style, () => StrokeOfMouseAsync(page, 0, 0.01));
        Assert.True(At(erased, 0.5, 0.5) < 0.1 && At(erased, 0.7, 0.5) > 0.5);

        Picture takenBack = await After(studio, Style, () => page.ClickAsync(".mask-tools [data-act=undo]"));
        Assert.Equal(painted.Red.ToArray(), takenBack.Red.ToArray());
    }

    [Theory]
    [InlineData("touch")]
    [InlineData("pen")]
    public async Task StrokeOfAFingerOrAPen_IsPainted(string pointer)
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        StudioPage page = await BeginAsync(studio, slot: 1);

        Picture painted = await After(
            studio, Style, () => pointer == "touch" ? StrokeOfFingerAsync(page) : StrokeOfPenAsync(page));

        Assert.True(At(painted, 0.5, 0.5) > 0.9 && At(painted, 0.6, 0.5) > 0.9);
        Assert.Equal(0, At(painted, 0.02, 0.02));
    }

    [Fact]
    public async Task MaskThatIsReturnedTo_BeforeItIsStored_HasItsLastStroke()
    {
        await using OpenStudio studio = await OpenStudio.StartAsync(chromium, iterations: 100_000);
        StudioPage page = await BeginAsync(studio, slot: 1);
        await After(studio, Style, () => StrokeOfMouseAsync(page, -0.3, -0.25));

        // Storing takes a while from now on.
        await page.Page.EvaluateExpressionAsync(
            """
            { const fast = window.fetch;
              window.fetch = async (url, options) => {
                if (options?.method === "POST") await new Promise(done => setTimeout(done, 1500));
                return fast(url, options);
              }; }
            """);
        await StrokeOfMouseAsync(page, 0.25, 0.3);
        await page.ClickAsync(Row(2));
        await page.ClickAsync(Row(1));
        await OpenStudio.Until(() => MaskOf(studio, Style)?.Name.Contains("-2") == true);
        await page.UntilElement($"{Row(1)}[aria-pressed=true]");
        await Task.Delay(1000, TestContext.Current.CancellationToken);

        Picture painted = await After(studio, Style, () => StrokeOfMouseAsync(page, 0, 0.02));

        Assert.All([0.23, 0.5, 0.77], x => Assert.True(At(painted, x, 0.5) > 0.5, $"{x}"));
        Assert.Null(MaskOf(studio, Preserve));
    }

    private static string Row(int number) => $".masks .mask-row:nth-child({number} of .mask-row) .mask-pick";

    private static async Task<StudioPage> BeginAsync(OpenStudio studio, int slot)
    {
        studio.Paint();
        StudioPage page = await studio.OpenPageAsync();
        await page.UntilFrameAfter(0);
        await page.ClickAsync(".masks > summary");
        await page.ClickAsync(Row(slot));
        await page.UntilElement(".mask-tools:not([hidden])");
        return page;
    }

    /// <summary>Returns a mask after it has been stored again.</summary>
    private static async Task<Picture> After(OpenStudio studio, MaskSlot slot, Func<Task> act)
    {
        StoredPicture? before = MaskOf(studio, slot);
        await act();
        await OpenStudio.Until(() => MaskOf(studio, slot) is { } mask && mask != before);
        return PictureFile.Load(studio.Folder.PathOf(MaskOf(studio, slot)!));
    }

    private static StoredPicture? MaskOf(OpenStudio studio, MaskSlot slot)
        => studio.Painting.Masks[slot]?.Picture;

    private static float At(Picture mask, double x, double y)
        => mask.Red[((int)(y * mask.Height) * mask.Width) + (int)(x * mask.Width)];

    /// <summary>The place on the page, from the middle of the photograph, in parts of its width.</summary>
    private static async Task<(decimal X, decimal Y)> PlaceAsync(StudioPage page, double x)
    {
        BoundingBox box = await (await page.Page.QuerySelectorAsync(".stage canvas")).BoundingBoxAsync();
        decimal width = Math.Min(box.Width, box.Height * 96 / 64);
        return (box.X + (box.Width / 2) + ((decimal)x * width), box.Y + (box.Height / 2));
    }

    private static async Task StrokeOfMouseAsync(StudioPage page, double from, double to)
    {
        (decimal x, decimal y) = await PlaceAsync(page, from);
        (decimal toX, _) = await PlaceAsync(page, to);
        await page.Page.Mouse.MoveAsync(x, y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(toX, y, new PuppeteerSharp.Input.MoveOptions { Steps = 5 });
        await page.Page.Mouse.UpAsync();
    }

    private static async Task StrokeOfFingerAsync(StudioPage page)
    {
        foreach ((string type, double x) in new[]
        {
            ("touchStart", 0), ("touchMove", 0.1), ("touchMove", 0.2), ("touchEnd", 0.2),
        })
        {
            (decimal pageX, decimal pageY) = await PlaceAsync(page, x);
            await page.Page.Client.SendAsync("Input.dispatchTouchEvent", new
            {
                type,
                touchPoints = type == "touchEnd" ? [] : new[] { new { x = pageX, y = pageY } },
            });
        }
    }

    private static async Task StrokeOfPenAsync(StudioPage page)
    {
        foreach ((string type, double x) in new[]
        {
            ("mousePressed", 0), ("mouseMoved", 0.1), ("mouseMoved", 0.2), ("mouseReleased", 0.2),
        })
        {
            (decimal pageX, decimal pageY) = await PlaceAsync(page, x);
            await page.Page.Client.SendAsync("Input.dispatchMouseEvent", new
            {
                type,
                x = pageX,
                y = pageY,
                button = "left",
                buttons = type == "mouseReleased" ? 0 : 1,
                clickCount = 1,
                pointerType = "pen",
                force = 1,
            });
        }
    }
}
