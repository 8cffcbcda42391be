using Atelier.Studio.Gallery;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Gallery;

public sealed class GalleryIndexTests : IDisposable
{
    private readonly GalleryFolder _gallery = new();

    public void Dispose() => _gallery.Dispose();

    [Fact]
    public void Results_AreListedNewestFirst_WithoutWhatIsNoPicture()
    {
        StoredPicture older = _gallery.AddResult("older.png", null);
        StoredPicture newer = _gallery.AddResult("newer.png", null);
        File.SetLastWriteTimeUtc(_gallery.Folder.PathOf(older), DateTime.UtcNow.AddDays(-1));
        File.WriteAllText(Path.Combine(_gallery.Folder.FolderOf(PictureKind.Results), "notes.txt"), "a text");

        IReadOnlyList<GalleryItem> items = new GalleryIndex(_gallery.Folder).List();

        Assert.Equal([newer, older], items.Select(item => item.Picture));
        Assert.All(items, item => Assert.Equal((33, 21, false), (item.Width, item.Height, item.IsRead)));
    }

    [Theory]
    [InlineData("harbor", true)]
    [InlineData("PHOTO stripes", true)]
    [InlineData("bold size=333", true)]
    [InlineData("elsewhere", false)]
    [InlineData("photo missing", false)]
    [InlineData("", true)]
    public void Search_FindsNamesPicturesPresetAndOptions(string query, bool isFound)
    {
        GalleryIndex index = new(_gallery.Folder);
        _gallery.AddResult("harbor.png", GalleryFolder.Recipe);

        GalleryItem item = index.Read(index.List().Single());

        Assert.Equal("bold", item.Preset);
        Assert.Equal(isFound, item.Matches(query));
    }

    [Fact]
    public void ResultThatWasReplaced_IsReadAgain()
    {
        GalleryIndex index = new(_gallery.Folder);
        StoredPicture result = _gallery.AddResult("a.png", null);
        GalleryItem before = index.Read(index.List().Single());
        string path = _gallery.Folder.PathOf(result);
        File.Delete(path);
        _gallery.AddResult("a.png", GalleryFolder.Recipe);
        File.SetLastWriteTimeUtc(path, before.Time.AddSeconds(2));

        GalleryItem after = index.Read(index.List().Single());

        Assert.Null(before.Recipe);
        Assert.Equal(GalleryFolder.Recipe, after.Recipe);
        Assert.NotEqual(before.ThumbnailUrl, after.ThumbnailUrl);
    }

    [Fact]
    public void DamagedRecipe_LeavesThePicture()
    {
        GalleryIndex index = new(_gallery.Folder);
        string path = _gallery.Folder.PathOf(_gallery.AddResult("a.png", GalleryFolder.Recipe));
        byte[] file = File.ReadAllBytes(path);
        File.WriteAllBytes(path, file[..^40]);

        GalleryItem item = index.Read(index.List().Single());

        Assert.True(item.IsRead);
        Assert.Null(item.Recipe);
    }

    [Fact]
    public void Trash_TakesAResult_AndGivesItBack_UnderAFreeName()
    {
        Trash trash = new(_gallery.Folder);
        StoredPicture first = _gallery.AddResult("a.png", GalleryFolder.Recipe);
        byte[] file = File.ReadAllBytes(_gallery.Folder.PathOf(first));
        DeletedPicture deleted = trash.Delete(first);
        trash.Delete(_gallery.AddResult("a.png", null));
        _gallery.AddResult("a.png", null);

        StoredPicture back = trash.TakeBack(deleted);

        Assert.Equal("a-2.png", back.Name);
        Assert.Equal(file, File.ReadAllBytes(_gallery.Folder.PathOf(back)));
        Assert.Single(Directory.EnumerateFiles(trash.FullPath));
        Assert.ThrowsAny<Exception>(() => trash.Delete(new StoredPicture(PictureKind.Results, "../stars.json")));
    }
}
