namespace Atelier.Imaging.Vips.Tests;

/// <summary>Files of other programs, pixel by pixel.</summary>
public sealed class DecodingTests : NativeLibrary
{
    [Theory]
    [InlineData("lossless.webp"), InlineData("profile.webp")]
    [InlineData("lossless.avif")]
    [InlineData("raw.tif"), InlineData("lzw.tif"), InlineData("adobe_deflate.tif"), InlineData("packbits.tif")]
    [InlineData("planes.tif"), InlineData("strips.tif"), InlineData("tiles.tif"), InlineData("pages.tif")]
    [InlineData("profile.tif")]
    public void Decode_Lossless_HasThePixels(string name)
    {
        Picture picture = PictureFile.Decode(FileOf(name));

        AssertFormula(picture);
        Assert.Null(picture.Alpha);
        Assert.Equal(8, picture.BitDepth);
    }

    [Theory]
    [InlineData("alpha.webp"), InlineData("alpha.avif"), InlineData("alpha.tif")]
    public void Decode_Alpha_IsKeptBesideTheColorsUnderIt(string name)
    {
        Picture picture = PictureFile.Decode(FileOf(name));

        AssertFormula(picture);
        AssertLevels(picture.Alpha!, 19, 255, (x, _) => 255 - (x * 13));
    }

    [Fact]
    public void Decode_Animation_IsItsFirstFrame()
    {
        Picture picture = PictureFile.Decode(FileOf("animation.webp"));

        AssertFormula(picture);
        Assert.All(picture.Alpha!, alpha => Assert.Equal(1f, alpha));
    }

    [Fact]
    public void Decode_LargeWebp_NeedsNoFile()
    {
        // Beyond 100 MB, libvips would store it in a file of a format that is blocked.
        Picture picture = new(9001, 4001);
        for (int i = 0; i < picture.Red.Length; i += 97) picture.Red[i] = 1f;
        using MemoryStream file = new();
        PictureFile.Save(picture, file, ".webp", new EncodeOptions { Quality = 10 });

        Picture read = PictureFile.Decode(file.ToArray());

        Assert.Equal((9001, 4001), (read.Width, read.Height));
    }

    [Fact]
    public void Decode_TallAndNarrow_IsReadInBands()
    {
        Picture picture = new(3, 100_003);
        picture.Green[^1] = 1f;
        using MemoryStream file = new();
        PictureFile.Save(picture, file, ".tif");

        Assert.Equal(picture.Green, PictureFile.Decode(file.ToArray()).Green);
    }

    [Fact]
    public void Decode_GrayOfThreeChannels_HasTheSecondAsAlpha()
    {
        byte[] file = FileOf("raw.tif");
        int directory = BitConverter.ToInt32(file, 4), entries = BitConverter.ToUInt16(file, directory);
        for (int i = 0; i < entries; i++)
        {
            // Photometric interpretation 1: black is zero.
            Span<byte> entry = file.AsSpan(directory + 2 + (12 * i), 12);
            if (BitConverter.ToUInt16(entry) == 262) entry[8] = 1;
        }

        Picture picture = PictureFile.Decode(file);

        AssertLevels(picture.Blue, 19, 255, (x, y) => Formula(x, y).Red);
        AssertLevels(picture.Alpha!, 19, 255, (x, y) => Formula(x, y).Green);
    }

    [Fact]
    public void Decode_PremultipliedAlpha_IsDividedOut()
    {
        Picture picture = PictureFile.Decode(FileOf("premultiplied.tif"));

        AssertLevels(picture.Alpha!, 19, 255, (x, _) => 255 - (x * 13));
        Assert.Equal(8 * 23 / 255f, picture.Green[(8 * 19) + 4], 1.1 / 255);
    }

    [Theory]
    [InlineData("rgb16.tif"), InlineData("rgb16-big-endian.tif")]
    public void Decode_SixteenBits_AreKept(string name)
    {
        Picture picture = PictureFile.Decode(FileOf(name));

        Assert.Equal(16, picture.BitDepth);
        AssertLevels(picture.Red, 19, 65535, (x, y) => (256 * Formula(x, y).Red) + x + y);
        AssertLevels(picture.Blue, 19, 65535, (x, y) => (256 * Formula(x, y).Blue) + x + y);
    }

    [Theory]
    [InlineData("10-bits.avif", 10), InlineData("12-bits.avif", 12)]
    public void Decode_DeepAvif_HasTheLevelsOfItsDepth(string name, int bits)
    {
        Picture picture = PictureFile.Decode(FileOf(name));

        double highest = (1 << bits) - 1;
        Assert.Equal(bits, picture.BitDepth);
        for (int i = 0; i < picture.Green.Length; i++)
        {
            int x = i % 19, y = i / 19;
            double level = picture.Green[i] * highest, wide = (256 * Formula(x, y).Green) + x + y;
            Assert.Equal(Math.Round(level), level, 1e-3);
            Assert.Equal(wide / 65535, picture.Green[i], 1 / highest);
        }
    }

    [Fact]
    public void Decode_FloatsWithoutAProfile_AreTakenAsTheyAre()
    {
        Picture picture = PictureFile.Decode(FileOf("float.tif"));

        AssertFormula(picture);
        Assert.Equal(16, picture.BitDepth);
        Assert.Empty(picture.Warnings);
    }

    [Fact]
    public void Decode_FloatsBeyondTheRange_AreClippedAndSaid()
    {
        Picture picture = PictureFile.Decode(FileOf("float-beyond.tif"));

        Assert.Equal((0f, 1f), (picture.Red[0], picture.Green[0]));
        Assert.Contains("clipped", Assert.Single(picture.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Grays_HaveEqualPlanes()
    {
        AssertLevels(PictureFile.Decode(FileOf("gray.tif")).Blue, 19, 255, (x, _) => x * 13);
        AssertLevels(PictureFile.Decode(FileOf("gray16.tif")).Green, 19, 65535, (x, y) => (x * 3000) + y);
        AssertLevels(PictureFile.Decode(FileOf("gray-float.tif")).Green, 19, 20, (x, _) => x);
        AssertLevels(PictureFile.Decode(FileOf("group4.tif")).Red, 19, 1, (x, y) => (x + y) % 2);
        AssertLevels(PictureFile.DecodeSamples(FileOf("group4.tif")).Red, 19, 1, (x, y) => (x + y) % 2);
        AssertLevels(PictureFile.Decode(FileOf("white-is-zero.tif")).Blue, 19, 1, (x, y) => 1 - ((x + y) % 2));
        AssertLevels(PictureFile.Decode(FileOf("gray-alpha16.tif")).Green, 19, 65535, (x, y) => (x * 3000) + y);
        AssertLevels(PictureFile.Decode(FileOf("gray-alpha16.tif")).Alpha!, 19, 65535, (x, y) => (y * 6000) + x);
        AssertLevels(PictureFile.Decode(FileOf("gray-alpha.tif")).Alpha!, 19, 255, (_, y) => y * 23);
    }

    [Fact]
    public void Decode_Palette_HasItsColors()
        => AssertLevels(PictureFile.Decode(FileOf("palette.tif")).Green, 19, 255, (x, y) => 255 - ((x + y) % 16 * 16));

    [Fact]
    public void Decode_Cmyk_BecomesRgb()
    {
        Picture picture = PictureFile.Decode(FileOf("cmyk.tif"));

        // No ink at the top left; much cyan at the top right, much magenta at the bottom left.
        int right = 18, left = 10 * 19;
        Assert.All(new[] { picture.Red[0], picture.Green[0], picture.Blue[0] }, white => Assert.Equal(1f, white, 0.01));
        Assert.True(picture.Red[right] < 0.3f && picture.Blue[right] > 0.7f, "Cyan");
        Assert.True(picture.Green[left] < 0.3f && picture.Red[left] > 0.7f, "Magenta");
        Assert.Null(picture.IccProfile);
    }

    [Theory]
    [InlineData("lossy.webp", 0f), InlineData("lossy.avif", 2f)]
    public void Decode_Lossy_AgreesWithAnotherDecoder(string name, float levels)
        => Assert.InRange(
            Differences(PictureFile.Decode(FileOf(name)), PictureFile.Decode(FileOf($"{name}.png"))).Max(), 0f, levels);

    [Theory]
    [InlineData("orientation-6.webp", true), InlineData("orientation-6.tif", true), InlineData("rotated.avif", false)]
    public void Decode_Rotated_IsUpright(string name, bool isClockwise)
    {
        Picture picture = PictureFile.Decode(FileOf(name));

        Assert.Equal((11, 19), (picture.Width, picture.Height));
        AssertLevels(picture.Red, 11, 255, (_, y) => 13 * (isClockwise ? y : 18 - y));
        AssertLevels(picture.Green, 11, 255, (x, _) => 23 * (isClockwise ? 10 - x : x));
    }

    [Theory]
    [InlineData("profile.webp"), InlineData("profile.tif")]
    public void Decode_RgbProfile_IsKept(string name)
        => Assert.Equal("RGB "u8.ToArray(), PictureFile.Decode(FileOf(name)).IccProfile!.Value.Slice(16, 4).ToArray());

    [Theory]
    [InlineData("lossless.webp", "WebP"), InlineData("alpha.webp", "WebP"), InlineData("orientation-6.webp", "WebP")]
    [InlineData("profile.webp", "WebP"), InlineData("alpha.avif", "AVIF"), InlineData("12-bits.avif", "AVIF")]
    [InlineData("rotated.avif", "AVIF"), InlineData("rgb16.tif", "TIFF"), InlineData("gray-alpha.tif", "TIFF")]
    [InlineData("cmyk.tif", "TIFF"), InlineData("group4.tif", "TIFF"), InlineData("float.tif", "TIFF")]
    [InlineData("orientation-6.tif", "TIFF"), InlineData("profile.tif", "TIFF")]
    public void Identify_AgreesWithThePicture(string name, string format)
    {
        PictureInfo info = PictureFile.Identify(FileOf(name));
        Picture picture = PictureFile.Decode(FileOf(name));

        Assert.Equal(format, info.Format);
        Assert.Equal((picture.Width, picture.Height, picture.BitDepth), (info.Width, info.Height, info.BitDepth));
        Assert.Equal((picture.Alpha is not null, picture.IccProfile is not null), (info.HasAlpha, info.HasIccProfile));
    }
}
