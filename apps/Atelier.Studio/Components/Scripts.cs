using Atelier.Studio.Assets;
using Microsoft.JSInterop;

namespace Atelier.Studio.Components;

/// <summary>The scripts of pages.</summary>
internal static class Scripts
{
    /// <summary>Loads a script of the studio as a module.</summary>
    public static ValueTask<IJSObjectReference> ImportAsync(this IJSRuntime script, string name)
        => script.InvokeAsync<IJSObjectReference>("import", $"./{StudioAssets.UrlOf(name)}");

    /// <summary>Ends what a script has begun. A page that is gone has ended it already.</summary>
    public static async ValueTask EndAsync(this IJSObjectReference begun)
    {
        try
        {
            await begun.InvokeVoidAsync("dispose");
        }
        catch (JSDisconnectedException)
        {
            // Gone with its page.
        }
    }
}
