using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Gallery;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Library;

public sealed class PaintedWithStyleTests : IDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly StyleLibrary _library;
    private readonly StyleLook _look;

    public PaintedWithStyleTests()
    {
        _library = new StyleLibrary(_rooms.Folder, _rooms.Work);
        _look = new StyleLook(_library, _rooms.Work, _rooms.Folder);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task Result_IsPaintedAgain_WhateverTheStyleIsCalledNow()
    {
        StoredPicture style = await Extract("Bold");
        Blend blend = new Blend().Toggle(style).Toggle(_rooms.Waves) with { Shares = [1, -0.2] };
        PaintingChoice choice = blend.ApplyTo(_rooms.Choice);
        Recipe recipe = await Paint(choice);

        StoredPicture renamed = _rooms.Folder.Rename(style, "Bolder");
        Restoration restoration = Restoration.Of(recipe, new PictureFinder(_rooms.Folder));

        Assert.Equal([renamed, _rooms.Waves], restoration.Choice.Artworks);
        Assert.Equal(choice.Options, restoration.Choice.Options);
        byte[] first = Pixels();
        await Paint(restoration.Choice);
        Assert.Equal(first, Pixels());
    }

    [Fact]
    public async Task StyleFileThatIsMissing_CanBeSupplied()
    {
        StoredPicture style = await Extract("Bold");
        Recipe recipe = await Paint(new Blend().Toggle(style).ApplyTo(_rooms.Choice));
        File.Delete(_rooms.Folder.PathOf(style));

        Restoration restoration = Restoration.Of(recipe, new PictureFinder(_rooms.Folder));

        Assert.Equal("Bold.atelierstyle", Assert.Single(restoration.Missing).Name);
        StoredPicture other = await Extract("Other");
        Assert.Equal([other], restoration.With(other).Choice.Artworks);
        Assert.Equal([_rooms.Waves], restoration.With(_rooms.Waves).Choice.Artworks);
    }

    [Fact]
    public async Task Look_IsATexture_OrTheShapeOfThePhotograph()
    {
        Blend blend = new Blend().Toggle(await Extract("Bold")).Toggle(_rooms.Waves) with { Shares = [1, -0.3] };

        Picture texture = PictureFile.Decode(await _look.PaintAsync(blend, new PaintingChoice(), Cancel));
        Picture painting = PictureFile.Decode(await _look.PaintAsync(blend, _rooms.Choice, Cancel));

        Assert.Equal((StyleLook.TextureSide, StyleLook.TextureSide), (texture.Width, texture.Height));
        Assert.Equal((48, 32), (painting.Width, painting.Height));
    }

    [Fact]
    public async Task Swatch_IsPaintedOnce_AndKeptByContents()
    {
        StoredPicture style = await Extract("Bold");

        byte[] first = await new StyleSwatches(_look, _rooms.Folder).GetAsync(style);
        StoredPicture renamed = _rooms.Folder.Rename(style, "Bolder");
        byte[] again = await new StyleSwatches(_look, _rooms.Folder).GetAsync(renamed);

        Assert.Equal(first, again);
        Assert.Single(Directory.GetFiles(Path.Combine(_rooms.Folder.FullPath, "swatches")));
    }

    [Fact]
    public async Task DamagedStyle_IsAFailure_ThatNamesIt()
    {
        byte[] file = File.ReadAllBytes(_rooms.Folder.PathOf(await Extract("Bold")));
        StoredPicture damaged = _rooms.Folder.Add(PictureKind.Styles, "old.atelierstyle", file.AsMemory()[..^9]);

        CodedException refusal = await Assert.ThrowsAsync<CodedException>(
            () => _look.PaintAsync(new Blend().Toggle(damaged), new PaintingChoice(), Cancel));
        _rooms.Room.Choose(_ => _rooms.Choice with { Artworks = [damaged] });
        await StudioRooms.Until(() => _rooms.Room.Current!.State == PaintingState.Failed);

        Assert.Contains("old.atelierstyle", refusal.Message);
        Assert.Contains("old.atelierstyle", _rooms.Room.Current!.Failure!.Message);
    }

    private async Task<StoredPicture> Extract(string name) => (await _library.ExtractAsync(
        [_rooms.Stripes], StylizeOptions.Default with { StyleLayers = LayerSelection.All }, name, Cancel)).Picture;

    private async Task<Recipe> Paint(PaintingChoice choice)
    {
        _rooms.Room.Choose(_ => choice);
        LivePainting painting = _rooms.Room.Current!;
        await StudioRooms.Until(() => painting.IsOver);
        Assert.Null(painting.Failure);
        return Recipe.FromPicture(PictureFile.Load(_rooms.Folder.PathOf(painting.Saved!)))!;
    }

    /// <summary>The pixels of the newest result.</summary>
    private byte[] Pixels()
    {
        Picture picture = PictureFile.Load(_rooms.Folder.PathOf(_rooms.Room.Current!.Saved!));
        float[][] planes = [picture.Red, picture.Green, picture.Blue];
        return [.. planes.SelectMany(plane => plane.Select(value => (byte)Math.Round(value * 255)))];
    }
}
