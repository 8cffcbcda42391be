using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Studio.Gallery;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Recipes;

namespace Atelier.Studio.Tests.Painting;

/// <summary>Paintings that were not complete when the studio ended.</summary>
public sealed class UnfinishedTests : IDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly StudioFolder _folder;

    public UnfinishedTests() => _folder = _rooms.Folder;

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task SteeredPainting_GoesOnInAnotherStudio_ToTheSameBytes()
    {
        PaintingRoom first = _rooms.Room;
        LivePainting before = _rooms.Begin(iterations: 200);
        await StudioRooms.Until(before, () => before.Progress is { RunIteration: > 5 });
        await before.SteerAsync(options => options with { ContentWeight = 0.5 });
        int steered = before.Progress!.RunIteration;
        await StudioRooms.Until(before, () => before.Progress!.RunIteration > steered + 2);
        first.Dispose();
        int ended = before.Progress!.RunIteration;
        Assert.Equal(["photo - stripes.atelier-checkpoint"], Unfinished());

        LivePainting after = GoOn(_rooms.OpenAnother())!;
        Assert.Equal(0.5, after.Options.ContentWeight);
        List<int> iterations = [];
        after.Changed += () => iterations.Add(after.Progress?.RunIteration ?? 0);
        await StudioRooms.Until(after, () => after.State == PaintingState.Complete);

        Assert.Equal(ended + 1, iterations.First(iteration => iteration > 0));
        Assert.Equal(Reproduced(after.Saved!), File.ReadAllBytes(_folder.PathOf(after.Saved!)));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task CompletePaintingThatWentOn_ReplacesItsResult_AlsoInAnotherStudio()
    {
        PaintingRoom first = _rooms.Room;
        LivePainting before = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(before, () => before.State == PaintingState.Complete);
        byte[] complete = File.ReadAllBytes(_folder.PathOf(before.Saved!));
        before.Steer(options => options with { Iterations = 200 });
        await StudioRooms.Until(before, () => before.Progress is { Iteration: > 8 });
        first.Dispose();

        LivePainting after = GoOn(_rooms.OpenAnother())!;
        await StudioRooms.Until(after, () => after.State == PaintingState.Complete);

        Assert.Equal(before.Saved, after.Saved);
        StoredPicture result = Assert.Single(_folder.List(PictureKind.Results));
        Assert.NotEqual(complete, File.ReadAllBytes(_folder.PathOf(result)));
        Assert.Equal(Reproduced(result), File.ReadAllBytes(_folder.PathOf(result)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullPath, "unfinished"), "*.result"));
    }

    [Fact]
    public async Task MasksOfTheStart_AndThoseThatWerePaintedLater_GoOnToo()
    {
        MaskSlot preserve = new(MaskRole.Preserve), artwork = new(MaskRole.Style);
        PaintingMask mask = new(_folder.PassingMasks.Add("half.png", MaskFile.From(TestPictures.Mask)), 0.5);
        PaintingRoom first = _rooms.Room;
        LivePainting before = _rooms.Begin(iterations: 200, PaintingMasks.None.With(preserve, mask, 1));
        await StudioRooms.Until(before, () => before.Progress is { RunIteration: > 3 });
        await before.SteerMasksAsync(masks => masks.With(artwork, mask with { Strength = 1 }, 1));
        int steered = before.Progress!.RunIteration;
        await StudioRooms.Until(before, () => before.Progress!.RunIteration > steered + 2);
        first.Dispose();

        LivePainting after = GoOn(_rooms.OpenAnother())!;
        Assert.Equal("half 50 percent.png", after.Masks[preserve]!.Picture.Name);
        Assert.Equal("half.png", after.Masks[artwork]!.Picture.Name);
        await StudioRooms.Until(after, () => after.State == PaintingState.Complete);

        Assert.Equal(Reproduced(after.Saved!), File.ReadAllBytes(_folder.PathOf(after.Saved!)));
    }

    [Fact]
    public async Task PaintingWhoseMaskIsGone_IsPutAside_AndTold()
    {
        PaintingMask mask = new(_folder.Add(PictureKind.Masks, "half.png", MaskFile.From(TestPictures.Mask)));
        PaintingRoom first = _rooms.Room;
        LivePainting before = _rooms.Begin(
            iterations: 100_000, PaintingMasks.None.With(new MaskSlot(MaskRole.Preserve), mask, 1));
        await StudioRooms.Until(before, () => before.Progress is not null);
        first.Dispose();
        File.Delete(_folder.PathOf(mask.Picture));

        PaintingRoom room = _rooms.OpenAnother();
        Assert.Null(GoOn(room));

        Assert.Contains("one of its masks is not in the studio's folder any more", room.TakeNotice()!);
    }

    [Fact]
    public async Task PaintingOfARunningStudio_IsNotTakenByAnother()
    {
        PaintingRoom first = _rooms.Room;
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => Unfinished().Length > 0);

        Assert.Null(GoOn(_rooms.OpenAnother()));
        Assert.Empty(UnfinishedFile.TakeAbandoned(_folder));
    }

    [Fact]
    public async Task PaintingThatIsReplaced_LeavesNothing()
    {
        PaintingRoom room = _rooms.Room;
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => Unfinished().Length > 0);

        room.Choose(choice => choice with { Photograph = null });
        await StudioRooms.Until(painting, () => painting.State == PaintingState.Ended);
        painting.Join();

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullPath, "unfinished")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("picture gone")]
    public async Task FileThatIsOfNoUse_IsPutAside_AndTold(string what)
    {
        string path = await Interrupt();
        if (what == "text")
        {
            File.WriteAllText(path, "This is a text.");
        }
        else
        {
            File.WriteAllBytes(_folder.PathOf(_rooms.Stripes), TestPictures.OtherArtwork);
        }

        PaintingRoom room = _rooms.OpenAnother();
        Assert.Null(GoOn(room));

        string notice = room.TakeNotice()!;
        Assert.Contains(what == "text" ? path : "'stripes.png' is not in the studio's folder any more", notice);
        Assert.Contains($"put aside as '{Path.Combine("unfinished", Path.GetFileName(path))}.aside'", notice);
        Assert.True(File.Exists($"{path}.aside"));
        Assert.Null(room.TakeNotice());
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task DamagedFile_IsPutAside_AndThePaintingCanBeginAnew()
    {
        string path = await Interrupt();
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 0x40;
        File.WriteAllBytes(path, bytes);

        LivePainting painting = GoOn(_rooms.OpenAnother())!;
        await StudioRooms.Until(() => painting.State == PaintingState.Failed);

        Assert.Contains("damaged", painting.Failure!.Message);
        Assert.Contains(".aside'", painting.Failure.Message);
        Assert.Equal("photo.png", painting.Choice.Photograph!.Name);
        painting.Join();
        Assert.Equal([$"{Path.GetFileName(path)}.aside"], Directory.EnumerateFiles(Path.GetDirectoryName(path)!)
            .Select(Path.GetFileName));
    }

    [Fact]
    public async Task ResultThatCannotBeSaved_IsKept_UntilItCan()
    {
        Directory.Delete(_folder.FolderOf(PictureKind.Results));
        File.WriteAllText(_folder.FolderOf(PictureKind.Results), "in the way");

        LivePainting painting = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(() => painting.State == PaintingState.Complete);
        Assert.Equal("io", painting.Failure!.Code);
        Assert.Null(painting.Saved);
        Assert.Single(Unfinished());

        File.Delete(_folder.FolderOf(PictureKind.Results));
        Directory.CreateDirectory(_folder.FolderOf(PictureKind.Results));
        painting.SaveComplete();

        Assert.Null(painting.Failure);
        Assert.Single(_folder.List(PictureKind.Results));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task FolderThatCannotKeepIt_IsAWarning_AndThePaintingCompletes()
    {
        File.WriteAllText(Path.Combine(_folder.FullPath, "unfinished"), "in the way");

        LivePainting painting = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(painting, () => painting.State == PaintingState.Complete);

        Assert.Contains(painting.Warnings, warning => warning.Contains("cannot go on later"));
        Assert.NotNull(painting.Saved);
    }

    private async Task<string> Interrupt()
    {
        PaintingRoom room = _rooms.Room;
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        room.Dispose();
        return Path.Combine(_folder.FullPath, "unfinished", Assert.Single(Unfinished()));
    }

    private LivePainting? GoOn(PaintingRoom room)
    {
        new UnfinishedPaintings(_folder, new PictureFinder(_folder), room).GoOn();
        return room.Current;
    }

    private string[] Unfinished() => Directory.Exists(Path.Combine(_folder.FullPath, "unfinished"))
        ? [.. Directory.EnumerateFiles(Path.Combine(_folder.FullPath, "unfinished"), "*.atelier-checkpoint")
            .Select(path => Path.GetFileName(path)!)]
        : [];

    private byte[] Reproduced(StoredPicture result)
    {
        WorkshopContext context = new() { Cancel = TestContext.Current.CancellationToken };
        EngineOptions engine = new() { Threads = 1 };
        Reproduction again = Reproduction.Open(context, _folder.PathOf(result));
        using Stylizer stylizer = new(engine);
        Picture picture = stylizer.Stylize(
            again.GetSources(new PictureOverrides()).Load(context, engine)
                .RequestWith(again.GetOptions(null, isResized: false, null)), cancel: context.Cancel).Picture;
        using MemoryStream png = new();
        PictureFile.Save(again.Recipe.EmbedIn(picture), png, ".png");
        return png.ToArray();
    }
}
