using Atelier.Engine;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests;

/// <summary>A folder of a test's own with small pictures, a painting room and side work.</summary>
internal sealed class StudioRooms : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _temporary = new();

    internal StudioRooms()
    {
        EngineOptions engine = new() { Threads = 1 };
        Folder = new StudioFolder(_temporary.Path);
        Room = new PaintingRoom(Folder, engine);
        Work = new SideWork(Room, engine);
        Photograph = Folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        Stripes = Folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        Waves = Folder.Add(PictureKind.Artworks, "waves.png", TestPictures.OtherArtwork);
    }

    internal StudioFolder Folder { get; }

    internal PaintingRoom Room { get; }

    internal SideWork Work { get; }

    internal StoredPicture Photograph { get; }

    internal StoredPicture Stripes { get; }

    internal StoredPicture Waves { get; }

    /// <summary>A small painting of few iterations.</summary>
    internal PaintingChoice Choice => new()
    {
        Photograph = Photograph,
        Artworks = [Stripes],
        Options = StylizeOptions.Default with { Size = 48, Iterations = 2, ContentWeight = 0.1 },
    };

    /// <summary>Begins a painting that does not end by itself.</summary>
    internal async Task<LivePainting> BeginEndless()
    {
        Room.Choose(_ => Choice with { Options = Choice.Options with { Iterations = 100_000 } });
        LivePainting painting = Room.Current!;
        await Until(() => painting.Progress is not null);
        return painting;
    }

    internal static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
            await Task.Delay(5, patience.Token);
    }

    public void Dispose()
    {
        Work.Dispose();
        Room.Dispose();
        _temporary.Dispose();
    }
}
