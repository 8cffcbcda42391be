using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Testing;
using Atelier.Workshop;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Recipes;

namespace Atelier.Studio.Tests.Painting;

/// <summary>Masks that are painted while a picture is painted.</summary>
public sealed class LiveMaskTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly MaskSlot First = new(MaskRole.Style), Preserve = new(MaskRole.Preserve);

    private readonly TemporaryFolder _temporary = new();
    private readonly StudioFolder _folder;
    private readonly PaintingRoom _room;

    public LiveMaskTests()
    {
        _folder = new StudioFolder(_temporary.Path);
        _room = new PaintingRoom(_folder, new EngineOptions { Threads = 1 });
    }

    public void Dispose()
    {
        _room.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task PaintedMask_ActsOnTheRunningPicture_AndCanBeUndone()
    {
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is { Scale: 1, Iteration: > 2 } or { Scale: > 1 });

        await painting.SteerMasksAsync(masks => masks.With(First, Left(), 1));
        await Until(painting, () => painting.CanUndo);
        Assert.Contains("--style-mask ", CommandLine.Of(painting.Guides));
        Picture seen = PictureFile.Decode(await Written(painting));
        Picture photograph = Resampler.Resize(PictureFile.Decode(TestPictures.Photograph), seen.Width);
        Assert.Equal(photograph.Green[seen.Width - 2], seen.Green[seen.Width - 2], 0.02);
        Assert.True(Math.Abs(photograph.Green[1] - seen.Green[1]) > 0.02);

        painting.Undo();
        await Until(painting, () => painting.Masks[First] is null);
        await Until(painting, () => !painting.CanUndo && painting.State == PaintingState.Painting);
        Assert.Equal("", CommandLine.Of(painting.Guides));
    }

    [Fact]
    public async Task RecipeOfAPaintingWithPaintedMasks_GivesTheSamePixelsAgain()
    {
        LivePainting painting = Begin(iterations: 12);
        await Until(painting, () => painting.Progress is not null);
        await painting.SteerMasksAsync(masks => masks.With(Preserve, Left() with { Strength = 0.5 }, 1));
        await Until(painting, () => painting.CanUndo);
        await painting.SteerAsync(options => options with { TvWeight = 5 });
        await Until(painting, PaintingState.Complete);
        await painting.SteerMasksAsync(masks => masks.With(Preserve, null, 1).With(First, Left(), 1));
        await Until(painting, () => painting.State != PaintingState.Complete);
        await Until(painting, PaintingState.Complete);

        string result = _folder.PathOf(painting.Saved!);
        Reproduction reproduction = Reproduction.Open(new WorkshopContext(), result);
        PaintingResult again = new Workshop.Paintings.Painting(
            new WorkshopContext(), new PaintSettings { Engine = EngineOptions.Default, Encode = EncodeOptions.Default })
        {
            Sources = reproduction.GetSources(new PictureOverrides()),
            Options = reproduction.GetOptions(size: null, isResized: false, network: null),
            OutputPath = Path.Combine(_temporary.Path, "again.png"),
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
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is not null);

        await painting.SteerMasksAsync(masks => masks.With(First, Mask("black.png", (_, _) => 0), 1));

        Assert.Contains("black everywhere", painting.Refusal!.Reason);
        Assert.Null(painting.Refusal.Options);
        Assert.Null(painting.Masks[First]);
        Assert.Equal(PaintingState.Painting, painting.State);
    }

    [Fact]
    public async Task MaskThatIsGone_IsRefused_WithItsName()
    {
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is not null);

        PaintingMask gone = new(new StoredPicture(PictureKind.Masks, "gone.png"));
        await painting.SteerMasksAsync(masks => masks.With(Preserve, gone, 1));

        Assert.Contains("'gone.png'", painting.Refusal!.Reason);
        Assert.Null(painting.Masks[Preserve]);
    }

    [Fact]
    public async Task ColorMask_WaitsUntilColorsAreRestored()
    {
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is not null);

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
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is not null);
        await painting.SteerMasksAsync(masks => masks.With(First, Left(), 1).With(Preserve, Left(), 1));
        StoredPicture other = _folder.Add(PictureKind.Artworks, "other.png", TestPictures.OtherArtwork);

        _room.Choose(choice => choice.With(other));
        await Until(_room.Current!, () => _room.Current!.Progress is not null);
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
        LivePainting painting = Begin(iterations: 100_000);
        await Until(painting, () => painting.Progress is not null);
        using SideWork work = new(_room, new EngineOptions { Threads = 1 });
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
        await Until(painting, () => painting.CanUndo);
        Recipe recipe = Recipe.FromPicture(PictureFile.Decode(await Written(painting)))!;
        Assert.NotNull(Assert.Single(recipe.Changes).Masks!.Labels!.Sha256);
        Assert.Single(recipe.Changes[0].Masks!.StyleLabels);
    }

    private static async Task<byte[]> Written(LivePainting painting)
    {
        using MemoryStream png = new();
        int iteration = painting.Progress!.RunIteration;
        await Until(painting, () => painting.Progress!.RunIteration > iteration + 1);
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

    private LivePainting Begin(int iterations)
    {
        StoredPicture photograph = _folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        StoredPicture artwork = _folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        _room.Choose(choice => choice.With(artwork) with
        {
            Photograph = photograph,
            Options = StylizeOptions.Default with { Size = 64, Iterations = iterations },
        });
        return _room.Current!;
    }

    private static Task Until(LivePainting painting, PaintingState state)
        => Until(painting, () => painting.State == state);

    private static async Task Until(LivePainting painting, Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
        {
            Assert.True(painting.Failure is null, painting.Failure?.Message);
            await Task.Delay(5, patience.Token);
        }
    }
}
