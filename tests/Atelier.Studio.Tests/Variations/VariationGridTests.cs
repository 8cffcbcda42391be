using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Variations;

namespace Atelier.Studio.Tests.Variations;

public sealed class VariationGridTests : IDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly VariationRoom _variations;

    public VariationGridTests() => _variations = new VariationRoom(_rooms.Room, _rooms.Work, _rooms.Folder);

    public void Dispose()
    {
        _variations.Dispose();
        _rooms.Dispose();
    }

    [Fact]
    public async Task Drafts_AreInMemory_AndKeptOnlyWhenAsked()
    {
        VariationGrid grid = Begin("tv-weight=1,2", "seed=1,2");
        await End(grid);

        Assert.Equal(4, grid.DoneCount);
        Assert.Empty(_rooms.Folder.List(PictureKind.Results));
        StoredPicture kept = grid.Keep(3)!;

        Assert.Equal("photo - seed 2 tv-weight 2.png", kept.Name);
        Assert.Equal(kept, grid.Keep(3));
        Picture picture = PictureFile.Load(_rooms.Folder.PathOf(kept));
        Assert.Equal((48, 32), (picture.Width, picture.Height));
        Assert.Equal(grid.Plan.Cells[3].Variant.Options, Recipe.FromPicture(picture)!.Options);
        Assert.Single(_rooms.Folder.List(PictureKind.Results));
    }

    [Fact]
    public async Task DraftThatFails_LeavesTheOthersAsTheyAre()
    {
        File.WriteAllText(Path.Combine(_rooms.Folder.FolderOf(PictureKind.Artworks), "bad.png"), "no picture");

        VariationGrid grid = Begin("style=stripes.png,bad.png,waves.png");
        await End(grid);

        Assert.Equal([true, false, true], grid.Cells.Select(cell => cell.Png is not null));
        Assert.Contains("bad.png", grid.Cells[1].Failure!.Message);
        Assert.Null(grid.Keep(1));
        Assert.Equal(3, grid.DoneCount);
    }

    [Fact]
    public async Task OptionsThatContradictEachOther_FailInTheirCellAlone()
    {
        VariationGrid grid = Begin("correlation-chain=off,on", basis: _rooms.Choice with
        {
            Options = _rooms.Choice.Options with { StyleLayers = LayerSelection.Parse("relu2_1") },
        });
        await End(grid);

        Assert.NotNull(grid.Cells[0].Png);
        Assert.Contains("correlation-chain", grid.Cells[1].Failure!.Message);
    }

    [Fact]
    public async Task Canceled_WhatIsPaintedStays_AndTheRestCanBePaintedLater()
    {
        VariationGrid grid = Begin("seed=1,2,3,4,5,6");
        await StudioRooms.Until(() => grid.DoneCount > 0);
        grid.Cancel();
        await End(grid);
        byte[] first = grid.Cells[0].Png!;

        Assert.NotNull(first);
        Assert.True(grid.Cells[^1].IsMissing);
        Assert.DoesNotContain(grid.Cells, cell => cell.IsPainting);
        grid.GoOn();
        await End(grid);

        Assert.Equal(6, grid.DoneCount);
        Assert.Same(first, grid.Cells[0].Png);
    }

    [Fact]
    public async Task Painting_WaitsForTheWholeGrid_AndThenGoesOn()
    {
        LivePainting painting = await _rooms.BeginEndless();

        VariationGrid grid = Begin("seed=1,2,3", basis: _variations.Basis with { Options = _rooms.Choice.Options });
        await StudioRooms.Until(() => grid.DoneCount > 0);
        Assert.Equal(PaintingState.Paused, painting.State);
        await End(grid);

        await StudioRooms.Until(() => painting.State == PaintingState.Painting);
    }

    [Fact]
    public async Task NewPainting_GoesFirst_AndTheGridAfterIt()
    {
        VariationGrid grid = Begin("seed=1,2,3,4,5");
        await StudioRooms.Until(() => grid.DoneCount > 0);

        LivePainting painting = await _rooms.BeginEndless();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        int done = grid.DoneCount;
        int iteration = painting.Progress!.RunIteration;
        await StudioRooms.Until(() => painting.Progress.RunIteration > iteration + 20);
        Assert.Equal(done, grid.DoneCount);
        Assert.True(grid.IsRunning);
        painting.Pause();

        await End(grid);
        Assert.Equal(5, grid.DoneCount);
    }

    [Fact]
    public async Task GoingOnFromADraft_PaintsItsSettings_WhichAreTheNextBasis()
    {
        VariationGrid grid = Begin("tv-weight=1,2", "style=stripes.png,waves.png");
        await End(grid);

        _rooms.Room.Choose(_ => grid.Cells[3].Plan.Choice);

        LivePainting painting = _rooms.Room.Current!;
        Assert.Equal(2, painting.Options.TvWeight);
        Assert.Equal([_rooms.Waves], painting.Choice.Artworks);
        Assert.Equal(_rooms.Choice.Options.Iterations, painting.Options.Iterations);
        Assert.Equal(painting.Choice, _variations.Basis);
        Assert.Same(grid, _variations.Current);
    }

    [Fact]
    public void BasisThatWasChosen_IsForgottenWhenSomethingElseIsPainted()
    {
        PaintingChoice basis = _rooms.Choice;
        _variations.Choose(basis);
        Assert.Same(basis, _variations.Basis);

        _rooms.Room.Choose(choice => choice with { Photograph = _rooms.Photograph });

        Assert.Empty(_variations.Basis.Artworks);
    }

    private VariationGrid Begin(string across, string? down = null, PaintingChoice? basis = null)
    {
        Axis AxisOf(string text) => Axis.Parse(text.Split('=')[0], text.Split('=')[1]);
        return _variations.Begin(VariationPlan.Of(
            basis ?? _rooms.Choice, AxisOf(across), down is null ? null : AxisOf(down), _rooms.Folder));
    }

    private static Task End(VariationGrid grid) => StudioRooms.Until(() => !grid.IsRunning);
}
