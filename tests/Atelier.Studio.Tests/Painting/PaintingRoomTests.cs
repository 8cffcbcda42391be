using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Painting;

public sealed class PaintingRoomTests : IDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly StudioFolder _folder;
    private readonly PaintingRoom _room;

    public PaintingRoomTests() => (_folder, _room) = (_rooms.Folder, _rooms.Room);

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task TwoPictures_BecomeALook_ThenAResultWithItsRecipe()
    {
        LivePainting painting = _rooms.Begin(iterations: 6);

        Frame? first = await painting.Frames.WaitAsync(0, TestContext.Current.CancellationToken);
        await StudioRooms.Until(painting, PaintingState.Complete);

        Picture seen = PictureFile.Decode(first!.Jpeg);
        Assert.Equal(1.5, (double)seen.Width / seen.Height, 0.05);
        Picture result = PictureFile.Load(_folder.PathOf(painting.Saved!));
        Assert.Equal((64, 43), (result.Width, result.Height));
        Recipe recipe = Recipe.FromPicture(result)!;
        Assert.Equal(painting.Options, recipe.Options);
        Assert.Equal(_folder.PathOf(painting.Choice.Photograph!), recipe.Content!.Path);
        Assert.Equal("photo - stripes.png", painting.Saved!.Name);
    }

    [Fact]
    public async Task Change_TakesEffectWhilePainting_AndCanBeUndone()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        double before = painting.Options.ContentWeight;
        await StudioRooms.Until(painting, () => painting.Progress is { Scale: 1, Iteration: > 2 } or { Scale: > 1 });

        painting.Steer(options => options with { ContentWeight = 3 });
        await StudioRooms.Until(painting, () => painting.CanUndo);
        Assert.Equal(3, painting.Options.ContentWeight);

        painting.Undo();
        await StudioRooms.Until(painting, () => painting.Options.ContentWeight == before);
        await StudioRooms.Until(painting, () => !painting.CanUndo && painting.State == PaintingState.Painting);
        Assert.Null(painting.Refusal);
    }

    [Fact]
    public async Task AnotherArtwork_KeepsWhatTheFadersSay()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        await painting.SteerAsync(options => options with { ContentWeight = 3, Iterations = 100_050 });

        _room.Choose(choice => choice.With(_rooms.Waves));

        Assert.Equal((3, 100_000), (_room.Current!.Options.ContentWeight, _room.Current.Options.Iterations));
    }

    [Fact]
    public async Task ChangeThatIsImpossible_IsRefused_AndNothingChanges()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);
        StylizeOptions before = painting.Options;

        painting.Steer(options => options with { Optimizer = OptimizerKind.Lbfgs });
        await StudioRooms.Until(painting, () => painting.Refusal is not null);

        Assert.Contains("optimizer", painting.Refusal!.Reason);
        Assert.Equal(OptimizerKind.Lbfgs, painting.Refusal.Options!.Optimizer);
        Assert.Equal(before, painting.Options);
        Assert.Equal(PaintingState.Painting, painting.State);
    }

    [Fact]
    public async Task PausedPainting_StandsStill_UntilItIsResumed()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);

        painting.Pause();
        Assert.Equal(PaintingState.Paused, painting.State);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        int still = painting.Progress!.RunIteration;
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(still, painting.Progress!.RunIteration);

        painting.Resume();
        await StudioRooms.Until(painting, () => painting.Progress!.RunIteration > still);
    }

    [Fact]
    public async Task CompletePainting_GoesOnWhenItIsChanged_AndReplacesItsResult()
    {
        LivePainting painting = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(painting, PaintingState.Complete);
        int iterations = painting.Progress!.RunIteration;

        painting.Steer(options => options with { TvWeight = 9 });
        await StudioRooms.Until(painting, () => painting.Progress!.RunIteration > iterations);
        await StudioRooms.Until(painting, PaintingState.Complete);

        StoredPicture result = Assert.Single(_folder.List(PictureKind.Results));
        Recipe recipe = Recipe.FromPicture(PictureFile.Load(_folder.PathOf(result)))!;
        Assert.NotEqual(9, recipe.Options.TvWeight);
        Assert.Equal(9, Assert.Single(recipe.Changes).Apply(recipe.Options).TvWeight);
    }

    [Fact]
    public async Task Enlarged_GoesOnToTheLargerSize()
    {
        LivePainting painting = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(painting, PaintingState.Complete);

        painting.Enlarge(96);
        await StudioRooms.Until(painting, () => painting.FinalSize == (96, 64));
        await StudioRooms.Until(painting, PaintingState.Complete);

        Picture result = PictureFile.Load(_folder.PathOf(painting.Saved!));
        Assert.Equal((96, 64), (result.Width, result.Height));
    }

    [Fact]
    public async Task SavedInTheMiddle_IsAFileOfItsOwn()
    {
        LivePainting painting = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(painting, () => painting.Progress is not null);

        StoredPicture[] saved = [painting.Save()!, painting.Save()!];

        Assert.Equal(["photo - stripes.png", "photo - stripes-2.png"], saved.Select(each => each.Name));
        Assert.NotNull(Recipe.FromPicture(PictureFile.Load(_folder.PathOf(saved[1]))));
    }

    [Fact]
    public async Task AnotherChoice_EndsThePainting()
    {
        LivePainting first = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(first, () => first.Progress is not null);
        StoredPicture other = _folder.Add(PictureKind.Artworks, "other.png", TestPictures.OtherArtwork);

        _room.Choose(choice => choice.With(other) with { Options = Small(3) });
        LivePainting second = _room.Current!;
        await StudioRooms.Until(second, PaintingState.Complete);

        Assert.Equal(PaintingState.Ended, first.State);
        Assert.Equal("photo - stripes + other.png", second.Saved!.Name);
        Assert.Null(await first.Frames.WaitAsync(int.MaxValue - 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MissingFile_IsAFailureThatNamesIt()
    {
        File.Delete(_folder.PathOf(_rooms.Stripes));

        LivePainting painting = _rooms.Begin(iterations: 3);
        await StudioRooms.Until(() => painting.State == PaintingState.Failed);

        Assert.Equal("input.missing", _room.Current!.Failure!.Code);
        Assert.Contains("stripes.png", _room.Current.Failure.Message);
    }

    [Fact]
    public async Task RenamedArtwork_IsFoundUnderItsNewName_ByThePaintingAndTheNext()
    {
        LivePainting first = _rooms.Begin(iterations: 100_000);
        await StudioRooms.Until(first, () => first.Progress is not null);

        StoredPicture renamed = _folder.Rename(first.Choice.Artworks[0], "bands");

        Assert.Equal([renamed], first.Choice.Artworks);
        Recipe recipe = Recipe.FromPicture(PictureFile.Load(_folder.PathOf(first.Save()!)))!;
        Assert.Equal(_folder.PathOf(renamed), Assert.Single(recipe.Styles).Path);
        _room.Choose(choice => choice with { Options = Small(3) });
        await StudioRooms.Until(_room.Current!, PaintingState.Complete);
        Assert.Equal("photo - bands-2.png", _room.Current!.Saved!.Name);
    }

    private static StylizeOptions Small(int iterations)
        => StylizeOptions.Default with { Size = 64, Iterations = iterations };
}
