using System.Text.Json;
using PuppeteerSharp;

namespace Atelier.Studio.Browser.Tests;

/// <summary>A tab of the browser that shows the studio. It notes what a person would not see: requests to other hosts
/// and errors of scripts.</summary>
internal sealed class StudioPage
{
    private const int Patience = 60_000;
    private static readonly WaitForFunctionOptions Wait = new() { Timeout = Patience, PollingInterval = 50 };
    private readonly Uri _studio;

    private StudioPage(IPage page, Uri studio)
    {
        (Page, _studio) = (page, studio);
        page.Request += (_, sent) => Note(sent.Request.Url);
        page.PageError += (_, error) => Errors.Add(error.Message);
    }

    internal IPage Page { get; }

    /// <summary>Requests to other hosts.</summary>
    internal List<string> Foreign { get; } = [];

    /// <summary>Errors of scripts.</summary>
    internal List<string> Errors { get; } = [];

    /// <summary>Opens a page of the studio, and waits until it answers to a person.</summary>
    internal static async Task<StudioPage> OpenAsync(
        IBrowserContext browser, Uri studio, string path = "", int width = 1280, int height = 720,
        string theme = "dark")
    {
        StudioPage page = new(await browser.NewPageAsync(), studio);
        await page.Page.SetViewportAsync(new ViewPortOptions { Width = width, Height = height });
        await page.Page.EmulateMediaFeaturesAsync(
        [
            new MediaFeatureValue
            {
                MediaFeature = MediaFeature.PrefersColorScheme,
                Value = theme,
            },
        ]);
        await page.GoToAsync(path);
        return page;
    }

    internal async Task GoToAsync(string path)
    {
        await GoToDocumentAsync(path);
        await ReadyAsync();
    }

    /// <summary>Opens a page that does nothing but to be read.</summary>
    internal Task GoToDocumentAsync(string path) => Page.GoToAsync(
        new Uri(_studio, path).AbsoluteUri,
        new NavigationOptions { Timeout = Patience, WaitUntil = [WaitUntilNavigation.DOMContentLoaded] });

    /// <summary>Waits until the page is live: a click before that does nothing.</summary>
    internal Task ReadyAsync() => UntilElement(".page[data-ready]");

    /// <summary>Waits until there is an element.</summary>
    internal Task UntilElement(string selector) => Until("selector => !!document.querySelector(selector)", selector);

    /// <summary>Waits until a function of JavaScript returns something that is true.</summary>
    internal Task Until(string function, params object[] arguments)
        => Page.WaitForFunctionAsync(function, Wait, arguments);

    /// <summary>Waits until an element's text has a part.</summary>
    internal Task UntilText(string selector, string part) => Until(
        "(selector, part) => document.querySelector(selector)?.innerText.includes(part)", selector, part);

    /// <summary>Returns the text of an element.</summary>
    internal Task<string> TextOf(string selector)
        => Page.EvaluateFunctionAsync<string>(
            "selector => document.querySelector(selector)?.innerText ?? ''", selector);

    internal async Task ClickAsync(string selector)
    {
        await UntilElement(selector);
        await Page.EvaluateFunctionAsync("selector => document.querySelector(selector).click()", selector);
    }

    /// <summary>Drops files on an element, as a person does with a mouse.</summary>
    internal async Task DropAsync(string selector, params (string Name, byte[] Bytes)[] files)
    {
        string[][] texts = [.. files.Select(file => new[] { file.Name, Convert.ToBase64String(file.Bytes) })];
        await Page.EvaluateFunctionAsync(
            """
            (selector, json) => {
              const data = new DataTransfer();
              for (const [name, base64] of JSON.parse(json))
                data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], name));
              const target = document.querySelector(selector);
              for (const type of ["dragenter", "dragover", "drop"])
                target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """, selector, JsonSerializer.Serialize(texts));
    }

    /// <summary>Chooses a file in the field of an element.</summary>
    internal async Task ChooseFileAsync(string selector, string path)
    {
        await UntilElement(selector);
        IElementHandle field = await Page.QuerySelectorAsync(selector);
        await field.UploadFileAsync(path);
    }

    /// <summary>Moves a slider, as its input event says.</summary>
    internal Task SlideAsync(string label, double value) => Page.EvaluateFunctionAsync(
        """
        (label, value) => {
          const name = [...document.querySelectorAll(".fader label")].find(each => each.textContent === label);
          const slider = document.getElementById(name.htmlFor);
          slider.value = value;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }
        """, label, value);

    /// <summary>The number of the frame that is shown; 0 for none.</summary>
    internal Task<int> FrameAsync()
        => Page.EvaluateExpressionAsync<int>("Number(document.querySelector('.stage')?.dataset.frame ?? 0)");

    /// <summary>Waits until a later frame is shown than one.</summary>
    internal Task UntilFrameAfter(int frame)
        => Until("after => Number(document.querySelector('.stage')?.dataset.frame ?? 0) > after", frame);

    /// <summary>Checks what a person would not see.</summary>
    internal void RequireQuiet()
    {
        Assert.Empty(Foreign);
        Assert.Empty(Errors);
    }

    private void Note(string url)
    {
        Uri uri = new(url);
        if (uri.Scheme is not ("data" or "blob") && (uri.Host, uri.Port) != (_studio.Host, _studio.Port))
        {
            Foreign.Add(url);
        }
    }
}
