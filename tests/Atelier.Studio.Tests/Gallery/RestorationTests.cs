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
    public void NetworkOfARecipe_IsTakenByItsName_AndNeverByAPath()
    {
        _gallery.AddPictures();
        Recipe recipe = GalleryFolder.Recipe;

        Restoration known = Restore(recipe with { Options = recipe.Options with { Network = "vgg19" } });
        Restoration path = Restore(recipe with { Options = recipe.Options with { Network = "//host/share/net" } });

        Assert.Equal(("vgg19", false), (known.Options.Network, known.LeavesOut));
        Assert.Equal((StylizeOptions.Default.Network, true), (path.Options.Network, path.LeavesOut));
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

    [Fact]
    public void Masks_ComeBack_AsTheyWereAtTheEnd()
    {
        _gallery.AddPictures();
        RecipePicture left = AddMask("left.png", 3), top = AddMask("top.png", 4), labels = AddMask("labels.png", 5);
        Recipe recipe = GalleryFolder.Recipe with
        {
            Preserve = top,
            Changes =
            [
                Change(1, new RecipeMasks { ColorMask = top }),
                Change(2, new RecipeMasks
                {
                    StyleMasks = [left, new RecipePicture("rest")],
                    Preserve = top,
                    Labels = labels,
                    StyleLabels = [labels, labels],
                }),
                Change(3, null),
            ],
        };

        Restoration restoration = Restore(recipe);
        PaintingMasks masks = restoration.Choice.Masks;

        Assert.False(restoration.LeavesOut);
        Assert.Equal(["left.png", null], masks.Styles.Select(mask => mask?.Picture.Name));
        Assert.False(masks.OthersEverywhere);
        Assert.Equal("top.png", masks.Preserve!.Picture.Name);
        Assert.Null(masks.Color);
        Assert.Equal("labels.png", masks.Regions!.Content.Name);
        Assert.Equal(2, masks.Regions.Styles.Length);
    }

    [Fact]
    public void MasksThatAreNotThere_AreLeftOut_AndThatIsTold()
    {
        _gallery.AddPictures();
        RecipePicture left = AddMask("left.png", 3), gone = RecipePicture.Create("/elsewhere/gone.png", [1, 2, 3]);

        Restoration restoration = Restore(GalleryFolder.Recipe with
        {
            StyleMasks = [gone, new RecipePicture("all")],
            Preserve = left,
            Labels = new RecipePicture("auto:3"),
        });

        Assert.True(restoration.LeavesOut);
        Assert.False(restoration.Choice.Masks.HasStyleMask);
        Assert.Equal("left.png", restoration.Choice.Masks.Preserve!.Picture.Name);
        Assert.Null(restoration.Choice.Masks.Regions);
    }

    private static RecipeChange Change(int iteration, RecipeMasks? masks)
        => RecipeChange.Create(iteration, StylizeOptions.Default, StylizeOptions.Default) with { Masks = masks };

    private RecipePicture AddMask(string name, int width)
    {
        byte[] mask = MaskFile.From(TestPictures.Encode(48, 32, (x, _) => x < width ? (1, 1, 1) : (0, 0, 0)));
        _gallery.Folder.Add(PictureKind.Masks, name, mask);
        return RecipePicture.Create($"/elsewhere/{name}", mask);
    }

    private Restoration Restore(Recipe recipe) => Restoration.Of(recipe, new PictureFinder(_gallery.Folder));
}
