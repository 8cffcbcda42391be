using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NumberedPictures_ComeInTheirOrder()
    {
        foreach (int number in (int[])[10, 9, 1])
            Save($"shot{number}.png", 7, 5, number);
        File.WriteAllText(_folder.PathOf("notes.txt"), "");
        File.WriteAllText(_folder.PathOf(".hidden.png"), "");

        using FolderSource source = new(_folder.Path, new Rational(24, 1));

        Assert.Equal(new VideoFormat(7, 5, new(1, 24), new(24, 1)) { FrameCount = 3 }, source.Format);
        Assert.Equal([(1, 0L), (9, 1L), (10, 2L)], Sequence.Told(source));
    }

    [Fact]
    public void Open_PictureOfAnotherSize_NamesItBeforeAFrameIsRead()
    {
        Save("a1.png", 7, 5, 1);
        Save("a2.png", 5, 7, 2);

        AtelierException error =
            Assert.Throws<AtelierException>(() => new FolderSource(_folder.Path, new Rational(25, 1)));

        Assert.Contains("a2.png' has 5 x 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoPictures_SaysWhatWasLookedFor()
    {
        AtelierException error =
            Assert.Throws<AtelierException>(() => new FolderSource(_folder.Path, new Rational(25, 1)));

        Assert.Contains(".png, .jpg", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".png"), InlineData(".jpg")]
    public void Write_Frames_AreNumberedPictures(string extension)
    {
        string folder = _folder.PathOf("new");
        using (FolderSink sink = new(folder, extension))
        {
            foreach (VideoFrame frame in Sequence.ReadAll(Sequence.Steady(3, 25)))
                sink.Write(frame);
            sink.Complete();
        }

        Assert.Equal(
            Enumerable.Range(1, 3).Select(i => FolderSink.GetFileName(i, extension)),
            Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        using FolderSource source = new(folder, new Rational(25, 1));
        Assert.Equal(3, Sequence.ReadAll(source).Count);
    }

    [Theory]
    [InlineData("b9;b10;a", "b9.png;b10.png;a.png")]
    [InlineData("b9", "b9.png;frame_00002.png;frame_00003.png")]
    [InlineData("b;B;c", "frame_00001.png;frame_00002.png;frame_00003.png")]
    public void Write_NamedFrames_KeepTheirNamesIfTheyDiffer(string names, string expected)
    {
        string folder = _folder.PathOf("new");
        using (FolderSink sink = new(folder, names: names.Split(';')))
        {
            foreach (VideoFrame frame in Sequence.ReadAll(Sequence.Steady(3, 25)))
                sink.Write(frame);
            sink.Complete();
        }

        Assert.Equal(expected.Split(';').Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    private void Save(string name, int width, int height, int number)
    {
        Picture picture = new(width, height);
        Array.Fill(picture.Red, number / 255f);
        PictureFile.Save(picture, _folder.PathOf(name));
    }
}
