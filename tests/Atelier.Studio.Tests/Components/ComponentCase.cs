using Atelier.Engine;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;
using Atelier.Studio.Variations;
using Atelier.Testing;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Atelier.Studio.Tests.Components;

/// <summary>Parts of the pages without a browser, in a studio of their own.</summary>
public abstract class ComponentCase : BunitContext
{
    private readonly TemporaryFolder _temporary = new();

    protected ComponentCase()
    {
        EngineOptions engine = new() { Threads = 1 };
        Folder = new StudioFolder(_temporary.Path);
        Room = new PaintingRoom(Folder, engine);
        Work = new SideWork(Room, engine);
        Services.AddSingleton(Folder);
        Services.AddSingleton(Room);
        Services.AddSingleton(new VariationRoom(Room, Work, Folder));
        Services.AddSingleton(new RegionSuggestions(Folder, Work));
        Queue = new QueueRoom(null, Folder, Room.Turns, engine);
        Services.AddSingleton(Queue);
        Services.AddSingleton(new LaterPaintings(Queue, Folder));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    /// <summary>The folder of the studio.</summary>
    public StudioFolder Folder { get; }

    /// <summary>Where the painting is painted.</summary>
    public PaintingRoom Room { get; }

    /// <summary>The queue of the folder, for which nobody works.</summary>
    protected QueueRoom Queue { get; }

    private SideWork Work { get; }

    /// <summary>Begins a small painting.</summary>
    protected LivePainting Paint(int iterations = 100_000)
    {
        StoredPicture photograph = Folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        StoredPicture artwork = Folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        Room.Choose(choice => choice.With(artwork) with
        {
            Photograph = photograph,
            Options = StylizeOptions.Default with { Size = 64, Scales = [64], Iterations = iterations },
        });
        return Room.Current!;
    }

    /// <summary>Waits until something is so.</summary>
    protected static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!isSo())
            await Task.Delay(5, patience.Token);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Queue.DisposeAsync();
        Work.Dispose();
        Room.Dispose();
        _temporary.Dispose();
    }
}
