using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Recipes;

namespace Atelier.Studio.Tests.Painting;

/// <summary>Masks that are painted while a picture is painted.</summary>
public sealed class LiveMaskTests : IDisposable
{
    private static readonly MaskSlot First = new(MaskRole.Style), Preserve = new(MaskRole.Preserve);

    private readonly StudioRooms _rooms = new();
    private readonly StudioFolder _folder;
    private readonly PaintingRoom _room;

    public LiveMaskTests() => (_folder, _room) = (_rooms.Folder, _rooms.Room);

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task PaintedMask_ActsOnTheRunningPicture_AndCanBeUndone()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is { Scale: 1, Iteration: > 2 } or { Scale: > 1 });

        await painting.SteerMasksAsync(masks => masks.With(First, Left(), 1));
        await StudioRooms.Until(painting, () => painting.CanUndo);
        Assert.Contains("--style-mask ", CommandLine.Of(painting.Guides));
        Picture seen = PictureFile.Decode(await Written(painting));
        Picture photograph = Resampler.Resize(PictureFile.Decode(TestPictures.Photograph), seen.Width);
        Assert.Equal(photograph.Green[seen.Width - 2], seen.Green[seen.Width - 2], 0.02);
        Assert.True(Math.Abs(photograph.Green[1] - seen.Green[1]) > 0.02);

        painting.Undo();
        await StudioRooms.Until(painting, () => painting.Masks[First] is null);
        await StudioRooms.Until(painting, () => !painting.CanUndo && painting.State == PaintingState.Painting);
        Assert.Equal("", CommandLine.Of(painting.Guides));
    }

    [Fact]
    public async Task RecipeOfAPaintingWithPaintedMasks_GivesTheSamePixelsAgain()
    {
        LivePainting painting = _rooms.Begin(iterations: 12);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        await painting.SteerMasksAsync(masks => masks.With(Preserve, Left() with { Strength = 0.5 }, 1));
        await StudioRooms.Until(painting, () => painting.CanUndo);
        await painting.SteerAsync(options => options with { TvWeight = 5 });
        await StudioRooms.Until(painting, PaintingState.Complete);
        await painting.SteerMasksAsync(masks => masks.With(Preserve, null, 1).With(First, Left(), 1));
        await StudioRooms.Until(painting, () => painting.State != PaintingState.Complete);
        await StudioRooms.Until(painting, PaintingState.Complete);

        string result = _folder.PathOf(painting.Saved!);
        Reproduction reproduction = Reproduction.Open(new WorkshopContext(), result);
        PaintingResult again = new Workshop.Paintings.Painting(
            new WorkshopContext(), new PaintSettings { Engine = EngineOptions.Default, Encode = EncodeOptions.Default })
        {
            Sources = reproduction.GetSources(new PictureOverrides()),
            Options = reproduction.GetOptions(size: null, isResized: false, network: null),
            OutputPath = Path.Combine(_folder.FullPath, "again.png"),
        }.Run();

        Recipe recipe = reproduction.Recipe;
        Assert.Empty(reproduction.Changed);
        Assert.Equal("half 50 percent.png", Path.GetFileName(recipe.Changes[0].Masks!.Preserve!.Path));
        Assert.Null(recipe.Changes[1].Masks);
        Assert.Null(recipe.Changes[^1].Masks!.Preserve);
        Assert.Equal("half.png", Path.GetFileName(Assert.Single(recipe.Changes[^1].Masks!.StyleMasks).Path));
        Picture repeated = PictureFile.Load(again.Output.Path);
        Assert.Equal(reproduction.Picture.Red, repeated.Red);
        Assert.Equal(reproduction.Picture.Green, repeated.Green);
        Assert.Equal(reproduction.Picture.Blue, repeated.Blue);
    }

    [Fact]
    public async Task BlackMask_IsRefused_WithTheReason_AndWithoutAnotherPainting()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);

        await painting.SteerMasksAsync(masks => masks.With(First, Mask("black.png", (_, _) => 0), 1));

        Assert.Contains("black everywhere", painting.Refusal!.Reason);
        Assert.Null(painting.Refusal.Options);
        Assert.Null(painting.Masks[First]);
        Assert.Equal(PaintingState.Painting, painting.State);
    }

    [Fact]
    public async Task MaskThatIsGone_IsRefused_WithItsName()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);

        PaintingMask gone = new(new StoredPicture(PictureKind.Masks, "gone.png"));
        await painting.SteerMasksAsync(masks => masks.With(Preserve, gone, 1));

        Assert.Contains("'gone.png'", painting.Refusal!.Reason);
        Assert.Null(painting.Masks[Preserve]);
    }

    [Fact]
    public async Task ColorMask_WaitsUntilColorsAreRestored()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);

        await painting.SteerMasksAsync(masks => masks.With(new MaskSlot(MaskRole.Color), Left(), 1));
        Assert.Equal("", CommandLine.Of(painting.Guides));
        await painting.SteerAsync(options => options with { Color = ColorKind.Content });
        Assert.Contains("--color-mask ", CommandLine.Of(painting.Guides));
        await painting.SteerAsync(options => options with { Color = ColorKind.Luminance });

        Assert.Null(painting.Refusal);
        Assert.Equal("", CommandLine.Of(painting.Guides));
        Assert.NotNull(painting.Masks.Color);
    }

    [Fact]
    public async Task AnotherArtwork_KeepsTheMasks_AndAnotherPhotographDoesNot()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        await painting.SteerMasksAsync(masks => masks.With(First, Left(), 1).With(Preserve, Left(), 1));
        StoredPicture other = _folder.Add(PictureKind.Artworks, "other.png", TestPictures.OtherArtwork);

        _room.Choose(choice => choice.With(other));
        await StudioRooms.Until(_room.Current!, () => _room.Current!.Progress is not null);
        Assert.Equal(["half.png", null], _room.Current!.Choice.Masks.Styles.Select(mask => mask?.Picture.Name));
        Assert.EndsWith("half.png rest", CommandLine.Of(_room.Current.Guides with { Preserve = null }));
        Assert.NotNull(_room.Choice.Masks.Preserve);

        _room.Choose(choice => choice.Without(choice.Artworks[0]));
        Assert.False(_room.Choice.Masks.HasStyleMask);

        _room.Choose(choice => choice.WithPhotograph(other));
        Assert.Equal(PaintingMasks.None, _room.Choice.Masks);
    }

    [Fact]
    public async Task Regions_AreFound_AndPairedWhilePainting()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        using SideWork work = new(_rooms.Room, new EngineOptions { Threads = 1 });
        RegionSuggestions suggestions = new(_folder, work);

        FoundRegions found = await suggestions.FindAsync(painting.Choice, 2, TestContext.Current.CancellationToken);
        Assert.Equal(2, found.Content.Length);
        Assert.Equal(1, found.Content.Sum(region => region.Share), 6);
        PairedRegions swapped = suggestions.Pair(found, new Dictionary<string, string>
        {
            [found.Content[0].Color] = found.Content[1].Color,
            [found.Content[1].Color] = "#ffffff",
        });
        await painting.SteerMasksAsync(masks => masks with { Regions = swapped });

        Assert.Null(painting.Refusal);
        Assert.Matches("^ --regions .* --style-regions .*", CommandLine.Of(painting.Guides));
        await StudioRooms.Until(painting, () => painting.CanUndo);
        Recipe recipe = Recipe.FromPicture(PictureFile.Decode(await Written(painting)))!;
        Assert.NotNull(Assert.Single(recipe.Changes).Masks!.Labels!.Sha256);
        Assert.Single(recipe.Changes[0].Masks!.StyleLabels);
    }

    [Fact]
    public async Task MasksOnTheWay_AreRemoved_UnlessARecipeNamesThem()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        StoredPicture own = Left().Picture;
        PaintingMask Stroke(int width) => new(_folder.PassingMasks.Add(
            "stroke.png", MaskFile.From(TestPictures.Encode(48, 32, (x, _) => x < width ? (1, 1, 1) : (0, 0, 0)))));
        await painting.SteerMasksAsync(masks => masks.With(Preserve, Stroke(20) with { Strength = 0.5 }, 1));
        await StudioRooms.Until(painting, () => painting.CanUndo);
        await Written(painting);
        await painting.SteerMasksAsync(masks => masks.With(Preserve, Stroke(30) with { Strength = 0.7 }, 1));
        Assert.Equal(5, _folder.List(PictureKind.Masks).Count);

        _room.Choose(choice => choice.WithPhotograph(null));
        await StudioRooms.Until(painting, () => painting.State == PaintingState.Ended);
        _room.Dispose();

        Assert.Equal(
            [own.Name, "stroke 50 percent.png"], _folder.List(PictureKind.Masks).Select(mask => mask.Name).Order());
    }

    private static async Task<byte[]> Written(LivePainting painting)
    {
        using MemoryStream png = new();
        int iteration = painting.Progress!.RunIteration;
        await StudioRooms.Until(painting, () => painting.Progress!.RunIteration > iteration + 1);
        Assert.True(painting.Write(png));
        return png.ToArray();
    }

    private PaintingMask Left() => Mask("half.png", (x, _) => x < 24 ? 1 : 0);

    private PaintingMask Mask(string name, Func<int, int, float> valueAt) => new(_folder.Add(
        PictureKind.Masks, name, MaskFile.From(TestPictures.Encode(48, 32, (x, y) =>
        {
            float value = valueAt(x, y);
            return (value, value, value);
        }))));
}
