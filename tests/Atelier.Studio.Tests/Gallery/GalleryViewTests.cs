using Atelier.Studio.Gallery;

namespace Atelier.Studio.Tests.Gallery;

public sealed class GalleryViewTests : IDisposable
{
    private readonly GalleryFolder _gallery = new();

    public void Dispose() => _gallery.Dispose();

    [Fact]
    public void DeletedResult_GivesItsPlaceToItsNeighbor_AndComesBackWithItsStar()
    {
        GalleryView view = Create("a.png", "b.png", "c.png");
        GalleryItem second = view.Matching[1];
        view.Star(second);

        GalleryItem? next = view.Delete(second);

        Assert.Equal(view.Matching[1], next);
        Assert.Equal(2, view.Items.Count);
        Assert.Empty(view.Starred);
        view.TakeBack();
        Assert.Equal(3, view.Items.Count);
        Assert.Equal([second.Picture.Name], view.Starred);
        Assert.Null(view.Deleted);
    }

    [Fact]
    public void Filter_ShowsWhatMatchesAndHasAStar()
    {
        GalleryView view = Create("harbor.png", "harbor 2.png", "lake.png");
        view.Star(view.Find("harbor.png")!);

        view.Filter("harbor", onlyStarred: false);
        Assert.Equal(2, view.Matching.Count);
        view.Filter("harbor", onlyStarred: true);
        Assert.Equal(["harbor.png"], view.Matching.Select(item => item.Picture.Name));
        Assert.Equal(3, view.Items.Count);
    }

    [Fact]
    public void Refresh_TellsWhetherAnythingHasChanged()
    {
        GalleryView view = Create("a.png");
        Assert.False(view.Refresh());

        new Stars(_gallery.Folder).Set("a.png", isStarred: true);
        Assert.True(view.Refresh());

        _gallery.AddResult("b.png", null);
        Assert.True(view.Refresh());
        Assert.False(view.Refresh());
    }

    private GalleryView Create(params string[] names)
    {
        foreach (string name in names)
            _gallery.AddResult(name, GalleryFolder.Recipe);
        GalleryView view =
            new(new GalleryIndex(_gallery.Folder), new Stars(_gallery.Folder), new Trash(_gallery.Folder));
        view.Refresh();
        return view;
    }
}
