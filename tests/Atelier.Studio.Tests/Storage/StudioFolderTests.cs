using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Storage;

public sealed class StudioFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void SameFileTwice_IsStoredOnce_AndAnotherOfThatNameIsNumbered()
    {
        StudioFolder folder = new(_temporary.Path);

        StoredPicture first = folder.Add(PictureKind.Photographs, "lake.png", new byte[] { 1, 2 });
        StoredPicture same = folder.Add(PictureKind.Photographs, "lake.png", new byte[] { 1, 2 });
        StoredPicture other = folder.Add(PictureKind.Photographs, "lake.png", new byte[] { 3 });

        Assert.Equal("lake.png", first.Name);
        Assert.Equal(first, same);
        Assert.Equal("lake-2.png", other.Name);
        Assert.Equal(new byte[] { 3 }, File.ReadAllBytes(_temporary.PathOf("photographs/lake-2.png")));
    }

    [Fact]
    public void TwoStudiosAtOnce_LoseNothing()
    {
        StudioFolder[] studios = [new(_temporary.Path), new(_temporary.Path)];
        byte[] contents = [.. Enumerable.Range(0, 40).Select(i => (byte)(i + 1))];

        Parallel.ForEach(contents, number => studios[number % 2].Create(
            PictureKind.Results, "same name.png", stream => stream.WriteByte(number)));

        IEnumerable<byte> stored = studios[0].List(PictureKind.Results)
            .Select(result => File.ReadAllBytes(studios[0].PathOf(result)).Single());
        Assert.Equal(contents, stored.Order());
    }

    [Fact]
    public void FileThatCannotBeWritten_LeavesNothing()
    {
        StudioFolder folder = new(_temporary.Path);

        Assert.Throws<IOException>(
            () => folder.Create(PictureKind.Results, "a.png", _ => throw new IOException("disk full")));

        Assert.Empty(Directory.EnumerateFiles(folder.FolderOf(PictureKind.Results)));
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("missing.png")]
    public void FileOutside_IsNotFound(string name)
    {
        StudioFolder folder = new(_temporary.PathOf("studio"));
        File.WriteAllText(_temporary.PathOf("secret.txt"), "secret");

        Assert.Null(folder.Find(PictureKind.Photographs, name));
    }

    [Fact]
    public void EveryExample_IsAPicture()
    {
        foreach (PictureKind kind in (PictureKind[])[PictureKind.Photographs, PictureKind.Artworks])
        {
            IReadOnlyList<StoredPicture> examples = Examples.List(kind);
            Assert.InRange(examples.Count, 4, 12);
            Assert.All(examples, example => Assert.InRange(
                Imaging.PictureFile.Identify(Examples.Read(kind, example.Name)!).Width, 500, 1024));
        }

        StoredPicture lake = new(PictureKind.Photographs, "mountain-lake.jpg");
        Assert.Equal("Mountain lake", Examples.TitleOf(lake));
    }

    [Fact]
    public void Renamed_KeepsItsExtension_AndReplacesNothing()
    {
        StudioFolder folder = new(_temporary.PathOf("studio"));
        StoredPicture first = folder.Add(PictureKind.Styles, "first.atelierstyle", "1"u8.ToArray());
        StoredPicture second = folder.Add(PictureKind.Styles, "second.atelierstyle", "2"u8.ToArray());

        Assert.Equal("first-2.atelierstyle", folder.Rename(second, "first").Name);
        Assert.Equal(first, folder.Rename(first, "first"));
        Assert.Equal("bold.atelierstyle", folder.Rename(first, "../bold").Name);
        Assert.Throws<CodedException>(() => folder.Rename(first, "gone"));
        StoredPicture bold = first with { Name = "bold.atelierstyle" };
        Assert.All((string[])["", " ", "..", "/"], title => Assert.Throws<CodedException>(
            () => folder.Rename(bold, title)));
        Assert.Equal(2, folder.List(PictureKind.Styles).Count);
    }
}
