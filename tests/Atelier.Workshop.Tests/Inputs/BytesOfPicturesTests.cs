using Atelier.Imaging;
using Atelier.Testing;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Tests.Inputs;

/// <summary>What the pictures of a painting need is known before they are decoded.</summary>
public sealed class BytesOfPicturesTests
{
    [Fact]
    public void BytesOfPictures_SeveralFiles_CountsEachPictureOnce()
    {
        using TemporaryFolder folder = new();
        string photo = Path.Combine(folder.Path, "photo.png"), art = Path.Combine(folder.Path, "art.ppm");
        string other = Path.Combine(folder.Path, "notes.txt");
        PictureFile.Save(Numbers.Picture(1, 37, 21), photo);
        PictureFile.Save(Numbers.Picture(2, 13, 50), art);
        File.WriteAllText(other, "no picture");
        PaintSources sources = new()
        {
            Content = new PictureSource("content", photo),
            Styles =
            [
                new PictureSource("style", art), new PictureSource("style", art),
                new PictureSource("style", other), new PictureSource("style", InputFile.StandardInput),
                new PictureSource("style", Path.Combine(folder.Path, "missing.png")),
            ],
        };

        Assert.Equal(16 * ((37 * 21) + (13 * 50)), sources.BytesOfPictures);
    }
}
