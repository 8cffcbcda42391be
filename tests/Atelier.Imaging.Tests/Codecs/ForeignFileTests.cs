namespace Atelier.Imaging.Tests.Codecs;

/// <summary>Files that other encoders wrote (Fixtures/images/make.py): 19 × 11 pixels of a formula.</summary>
public sealed class ForeignFileTests
{
    private const int Width = 19;
    private const int Height = 11;

    [Theory]
    [InlineData("png/rgb8.png"), InlineData("png/rgb8-interlaced.png"), InlineData("bmp/rgb24.bmp")]
    public void Load_Color_GivesExactSamples(string file)
        => AssertPicture(file, (x, y) => [x * 13 / 255f, y * 23 / 255f, x * y / 255f]);

    [Fact]
    public void Load_ColorWithAlpha_GivesExactSamples()
        => AssertPicture("png/rgba8.png", (x, y) =>
            [x * 13 / 255f, y * 23 / 255f, x * y / 255f, (255 - (x * 13)) / 255f]);

    [Fact]
    public void Load_GrayWithAlpha_GivesExactSamples()
        => AssertPicture("png/gray-alpha8.png", (x, y) => [x * 13 / 255f, x * 13 / 255f, x * 13 / 255f, y * 23 / 255f]);

    [Fact]
    public void Load_Gray16_GivesExactSamples()
    {
        Picture picture = AssertPicture("png/gray16.png", (x, y) =>
            [.. Enumerable.Repeat(((x * 3000) + y) / 65535f, 3)]);

        Assert.Equal(16, picture.BitDepth);
    }

    [Fact]
    public void Load_Gray1_GivesExactSamples()
        => AssertPicture("png/gray1.png", (x, y) => [.. Enumerable.Repeat((float)((x + y) % 2), 3)]);

    [Fact]
    public void Load_PngPaletteWithTransparency_GivesExactSamples()
        => AssertPicture("png/palette4.png", (x, y) =>
            [.. PaletteColor((x + y) % 16), ((x + y) % 16) switch { 0 => 0f, 1 => 128 / 255f, _ => 1f }]);

    [Theory]
    [InlineData("bmp/palette8.bmp"), InlineData("bmp/rle8.bmp")]
    public void Load_BmpPalette_GivesExactSamples(string file)
        => AssertPicture(file, (x, y) => PaletteColor((x + y) % 16));

    [Fact]
    public void Load_Text_IsThere()
    {
        Picture picture = Load("png/rgb8.png");

        Assert.Equal(("Fixture", "星月夜"), (picture.Text["Title"], picture.Text["Comment"]));
    }

    private static float[] PaletteColor(int index) => [index * 16 / 255f, (255 - (index * 16)) / 255f, index / 255f];

    private static Picture Load(string file)
        => PictureFile.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "images", file));

    private static Picture AssertPicture(string file, Func<int, int, float[]> pixelAt)
    {
        Picture picture = Load(file);
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        for (int i = 0; i < Width * Height; i++)
        {
            Assert.Equal(pixelAt(i % Width, i / Width), picture.Planes.Select(plane => plane[i]));
        }

        return picture;
    }
}
