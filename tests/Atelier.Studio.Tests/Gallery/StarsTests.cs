using Atelier.Studio.Gallery;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Gallery;

public sealed class StarsTests : IDisposable
{
    private readonly GalleryFolder _gallery = new();

    public void Dispose() => _gallery.Dispose();

    [Fact]
    public void Star_IsKept_AndTakenAway()
    {
        Assert.Empty(new Stars(_gallery.Folder).Read());

        new Stars(_gallery.Folder).Set("b.png", isStarred: true);
        new Stars(_gallery.Folder).Set("a.png", isStarred: true);
        Assert.Equal(["a.png", "b.png"], new Stars(_gallery.Folder).Read().Order());

        Assert.Equal(["a.png"], new Stars(_gallery.Folder).Set("b.png", isStarred: false));
    }

    [Fact]
    public void TwoStudiosAtOnce_LoseNoStar()
    {
        Stars[] studios = [new(_gallery.Folder), new(new StudioFolder(_gallery.Folder.FullPath))];
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"{i}.png")];

        Parallel.For(0, names.Length, i => studios[i % 2].Set(names[i], isStarred: true));

        Assert.Equal(names.Order(), studios[0].Read().Order());
    }

    [Fact]
    public void DamagedFile_IsNamed_AndStaysAsItIs()
    {
        string path = Path.Combine(_gallery.Folder.FullPath, "stars.json");
        File.WriteAllText(path, "[\"a.png\"");
        Stars stars = new(_gallery.Folder);

        CodedException error = Assert.Throws<CodedException>(() => stars.Set("b.png", isStarred: true));

        Assert.Contains(path, error.Message);
        Assert.Equal("[\"a.png\"", File.ReadAllText(path));
    }
}
