using Atelier.Imaging.Tests.Codecs.Png;
using Atelier.Testing;

namespace Atelier.Imaging.Tests;

public sealed class PictureStreamTests
{
    private static readonly byte[] File = new TestPng(7, 3, 8, 2).Build();

    [Fact]
    public async Task LoadAndSave_ByStreamAndAsynchronously_GiveTheSameBytes()
    {
        using MemoryStream first = new(), second = new();
        PictureFile.Save(PictureFile.Load(new MemoryStream(File)), first, ".png");
        Picture loaded = await PictureFile.LoadAsync(
            new MemoryStream(File), cancel: TestContext.Current.CancellationToken);
        await PictureFile.SaveAsync(loaded, second, ".png", cancel: TestContext.Current.CancellationToken);

        Assert.Equal((7, 3), (loaded.Width, loaded.Height));
        Assert.Equal(PictureFile.Decode(File).Red, PictureFile.Decode(first.ToArray()).Red);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.True(second.CanWrite);
    }

    [Fact]
    public async Task LoadAndSaveAsync_ByPath_GiveTheSamePixels()
    {
        using TemporaryFolder folder = new();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Picture picture = PictureFile.Decode(File);

        await PictureFile.SaveAsync(picture, folder.PathOf("a.png"), cancel: cancel);
        Picture loaded = await PictureFile.LoadAsync(folder.PathOf("a.png"), cancel: cancel);

        Assert.Equal(picture.Green, loaded.Green);
    }

    [Fact]
    public async Task LoadAsync_DamagedFile_NamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("cut.png");
        System.IO.File.WriteAllBytes(path, File[..20]);

        ImageFormatException error = await Assert.ThrowsAsync<ImageFormatException>(
            () => PictureFile.LoadAsync(path, cancel: TestContext.Current.CancellationToken));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_Cancelled_WritesNothing()
    {
        using MemoryStream stream = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PictureFile.SaveAsync(new Picture(3, 2), stream, ".png", cancel: new CancellationToken(true)));

        Assert.Equal(0, stream.Length);
    }
}
