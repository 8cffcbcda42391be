using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Storage;

public sealed class MaskFileTests
{
    [Fact]
    public void Picture_BecomesGray_ByItsBrightness()
    {
        Picture mask = PictureFile.Decode(
            MaskFile.From(TestPictures.Encode(5, 3, (x, y) => x == 0 ? (1, 0, 0) : y == 0 ? (0, 1, 0) : (1, 1, 1))));

        Assert.Equal((5, 3), (mask.Width, mask.Height));
        Assert.Equal(mask.Red, mask.Green);
        Assert.Equal(mask.Red, mask.Blue);
        Assert.Equal([54, 182, 182, 182, 182, 54, 255], mask.Red.Take(7).Select(value => (int)Math.Round(value * 255)));
    }

    [Fact]
    public void TransparentPixels_AreBlack()
    {
        Picture picture = new(3, 2, hasAlpha: true);
        foreach (float[] plane in (float[][])[picture.Red, picture.Green, picture.Blue])
            Array.Fill(plane, 1);
        picture.Alpha![4] = 0;
        using MemoryStream png = new();
        PictureFile.Save(picture, png, ".png");

        Picture mask = PictureFile.Decode(MaskFile.From(png.ToArray()));

        Assert.Null(mask.Alpha);
        Assert.Equal([1, 1, 1, 1, 0, 1], mask.Red);
    }

    [Fact]
    public void LargeMask_IsReduced_AndKeepsItsProportions()
    {
        Picture mask = PictureFile.Decode(MaskFile.From(TestPictures.Encode(3000, 15, (_, _) => (1, 1, 1))));

        Assert.Equal((2048, 10), (mask.Width, mask.Height));
    }

    [Fact]
    public void Weakened_KeepsItsPart()
    {
        byte[] white = MaskFile.From(TestPictures.Encode(4, 3, (x, _) => x < 2 ? (1, 1, 1) : (0, 0, 0)));

        Picture weak = PictureFile.Decode(MaskFile.Weaken(white, 0.4));

        Assert.Equal([102, 102, 0, 0], weak.Red.Take(4).Select(value => (int)Math.Round(value * 255)));
    }

    [Fact]
    public void Text_IsNoMask()
        => Assert.Throws<ImageFormatException>(() => MaskFile.From("This is a text."u8));

    [Theory]
    [InlineData(480, 320, true)]
    [InlineData(25, 17, true)]
    [InlineData(33, 33, false)]
    [InlineData(32, 48, false)]
    public void OtherProportions_AreTold(int width, int height, bool fits)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.PathOf("photo.png"), TestPictures.Photograph);
        File.WriteAllBytes(folder.PathOf("mask.png"), TestPictures.Encode(width, height, (_, _) => (1, 1, 1)));

        Assert.Equal(
            fits ? null : ((width, height), (48, 32)),
            MaskFile.Misfit(folder.PathOf("mask.png"), folder.PathOf("photo.png")));
    }
}
