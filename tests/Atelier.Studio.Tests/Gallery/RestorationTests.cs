using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Gallery;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Gallery;

public sealed class RestorationTests : IDisposable
{
    private readonly GalleryFolder _gallery = new();

    public void Dispose() => _gallery.Dispose();

    [Fact]
    public void Recipe_BecomesTheSameChoice_WhateverItsPicturesAreCalledNow()
    {
        _gallery.AddPictures();

        PaintingChoice choice = Restore(GalleryFolder.Recipe).Choice;

        Assert.Equal("renamed.png", choice.Photograph!.Name);
        Assert.Equal(["stripes.png", "other.png"], choice.Artworks.Select(artwork => artwork.Name));
        Assert.Equal(GalleryFolder.Recipe.Options, choice.Options);
        Assert.Equal("bold", choice.Preset);
    }

    [Fact]
    public void MissingPictures_AreNamed_AndCanBeSupplied()
    {
        _gallery.Folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);

        // The same name is not the same picture.
        _gallery.Folder.Add(PictureKind.Photographs, "photo.png", TestPictures.OtherArtwork.AsMemory()[..^1]);

        Restoration restoration = Restore(GalleryFolder.Recipe);

        Assert.Equal(["photo.png", "waves.png"], restoration.Missing.Select(slot => slot.Name));
        Assert.Throws<InvalidOperationException>(() => restoration.Choice);
        Restoration supplied = restoration.With(new StoredPicture(PictureKind.Artworks, "mine.png"))
            .With(new StoredPicture(PictureKind.Photographs, "my photo.png"));
        Assert.Equal("my photo.png", supplied.Choice.Photograph!.Name);
        Assert.Equal(["stripes.png", "mine.png"], supplied.Choice.Artworks.Select(artwork => artwork.Name));
    }

    [Fact]
    public void PathOfARecipe_IsNeverOpened()
    {
        string outside = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");
        File.WriteAllBytes(outside, TestPictures.Photograph);
        try
        {
            Restoration restoration = Restore(new Recipe
            {
                Content = new RecipePicture(outside),
                Styles = [new RecipePicture("../../stripes.png")],
            });

            Assert.Equal(2, restoration.Missing.Count());
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Fact]
    public void Example_ComesToTheFolder()
    {
        StoredPicture example = Examples.List(PictureKind.Artworks)[0];
        Recipe recipe = GalleryFolder.Recipe with
        {
            Styles = [RecipePicture.Create("any name.jpg", Examples.Read(PictureKind.Artworks, example.Name)!)],
        };

        Restoration restoration = Restore(recipe);

        Assert.Equal(example, restoration.Slots[1].Found);
        Assert.NotNull(_gallery.Folder.Find(PictureKind.Artworks, example.Name));
    }

    [Fact]
    public void ChangesWhilePainting_AreInTheOptions_AndAnInitialPictureIsLeftOut()
    {
        _gallery.AddPictures();
        StylizeOptions before = GalleryFolder.Recipe.Options with { Init = InitKind.File };
        Recipe recipe = GalleryFolder.Recipe with
        {
            Options = before,
            Initial = new RecipePicture("start.png"),
            Changes = [RecipeChange.Create(3, before, before with { TvWeight = 7 })],
        };

        Restoration restoration = Restore(recipe);

        Assert.True(restoration.LeavesOut);
        Assert.Equal(GalleryFolder.Recipe.Options with { TvWeight = 7 }, restoration.Choice.Options);
    }

    private Restoration Restore(Recipe recipe) => Restoration.Of(recipe, new PictureFinder(_gallery.Folder));
}
