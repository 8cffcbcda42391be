namespace Atelier.Imaging.Vips.Tests;

public sealed class PageTests : NativeLibrary
{
    [Fact]
    public void Decode_APage_IsThatPage()
    {
        byte[] file = FileOf("pages.tif");

        AssertLevels(PictureFile.Decode(file, page: 2).Red, 19, 255, (x, _) => 13 * (18 - x));
        AssertLevels(PictureFile.Decode(file, page: 3).Blue, 19, 255, (_, y) => 23 * y);
        Assert.Equal(3, PictureFile.Identify(file).Pages);
    }

    [Theory]
    [InlineData("pages.tif", 4, "TIFF: there is no page 4; the file has 3 pages.")]
    [InlineData("pages.tif", 0, "TIFF: there is no page 0; the file has 3 pages.")]
    [InlineData("raw.tif", 2, "TIFF: there is no page 2; the file has one page.")]
    [InlineData("animation.webp", 2, "WebP: there is no page 2; the file has one page.")]
    public void Decode_AMissingPage_SaysHowManyThereAre(string name, int page, string message)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(FileOf(name), page: page));

        Assert.Equal(message, error.Message);
    }
}
