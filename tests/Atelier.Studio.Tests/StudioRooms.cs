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
    private static readonly EngineOptions Engine = new() { Threads = 1 };
    private readonly TemporaryFolder _temporary = new();
    private readonly List<PaintingRoom> _more = [];

    internal StudioRooms()
    {
        Folder = new StudioFolder(_temporary.Path);
        Room = new PaintingRoom(Folder, Engine);
        Work = new SideWork(Room, Engine);
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

    /// <summary>Begins a painting of a size that has two scales.</summary>
    /// <param name="iterations">How long it is; 100000 does not end by itself.</param>
    /// <param name="masks">Its masks; null for none.</param>
    /// <param name="room">Where it is painted; null for the first room.</param>
    internal LivePainting Begin(int iterations, PaintingMasks? masks = null, PaintingRoom? room = null)
    {
        room ??= Room;
        room.Choose(choice => choice.With(Stripes) with
        {
            Photograph = Photograph,
            Masks = masks ?? PaintingMasks.None,
            Options = StylizeOptions.Default with { Size = 64, Iterations = iterations },
        });
        return room.Current!;
    }

    /// <summary>Opens the room of another studio with the same folder.</summary>
    internal PaintingRoom OpenAnother()
    {
        PaintingRoom room = new(Folder, Engine);
        _more.Add(room);
        return room;
    }

    internal static Task Until(LivePainting painting, PaintingState state)
        => Until(painting, () => painting.State == state);

    /// <summary>Waits until something is so, unless the painting fails.</summary>
    internal static Task Until(LivePainting painting, Func<bool> isSo) => Until(() =>
    {
        Assert.True(painting.Failure is null, painting.Failure?.Message);
        return isSo();
    });

    internal static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
            await Task.Delay(5, patience.Token);
    }

    public void Dispose()
    {
        Work.Dispose();
        _more.ForEach(room => room.Dispose());
        Room.Dispose();
        _temporary.Dispose();
    }
}
