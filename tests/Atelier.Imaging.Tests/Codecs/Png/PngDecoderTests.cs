using System.Text;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Png;

public sealed class PngDecoderTests
{
    public static TheoryData<int, int, bool> Kinds()
    {
        TheoryData<int, int, bool> kinds = [];
        foreach (bool isInterlaced in (bool[])[false, true])
        {
            foreach (int depth in (int[])[1, 2, 4, 8, 16]) kinds.Add(0, depth, isInterlaced);
            foreach (int colorType in (int[])[2, 4, 6])
            {
                kinds.Add(colorType, 8, isInterlaced);
                kinds.Add(colorType, 16, isInterlaced);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_EveryColorTypeAndDepth_GivesExactSamples(int colorType, int depth, bool isInterlaced)
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (3, 2), (5, 9), (37, 23)])
        {
            TestPng png = new(width, height, depth, colorType, isInterlaced);

            Picture picture = PictureFile.Decode(png.Build());

            Assert.Equal((width, height, depth), (picture.Width, picture.Height, picture.BitDepth));
            Assert.Empty(picture.Warnings);
            Assert.Equal(colorType >= 4, picture.Alpha is not null);
            AssertPlane(png, picture.Red, 0);
            AssertPlane(png, picture.Green, colorType is 2 or 6 ? 1 : 0);
            AssertPlane(png, picture.Blue, colorType is 2 or 6 ? 2 : 0);
            if (picture.Alpha is not null) AssertPlane(png, picture.Alpha, png.Channels - 1);
        }
    }

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(4, false), InlineData(8, false), InlineData(4, true)]
    public void Decode_Palette_GivesItsColorsAndOpacities(int depth, bool isInterlaced)
    {
        int colors = 1 << depth;
        byte[] palette = [.. Enumerable.Range(0, 3 * colors).Select(i => (byte)(i * 91))];
        TestPng png = new(13, 7, depth, 3, isInterlaced) { Chunks = [("PLTE", palette), ("tRNS", [51, 204])] };

        Picture picture = PictureFile.Decode(png.Build());

        for (int i = 0; i < picture.Red.Length; i++)
        {
            int color = png.SampleAt(i % 13, i / 13, 0);
            Assert.Equal(palette[3 * color] / 255f, picture.Red[i]);
            Assert.Equal(palette[(3 * color) + 1] / 255f, picture.Green[i]);
            Assert.Equal(palette[(3 * color) + 2] / 255f, picture.Blue[i]);
            Assert.Equal(color switch { 0 => 51 / 255f, 1 => 204 / 255f, _ => 1f }, picture.Alpha![i]);
        }
    }

    [Fact]
    public void Decode_IndexOutsidePalette_IsBlackWithWarning()
    {
        TestPng png = new(2, 1, 8, 3) { Chunks = [("PLTE", [255, 255, 255])] };

        Picture picture = PictureFile.Decode(png.Build((x, _, _) => x * 7));

        Assert.Equal([1f, 0f], picture.Green);
        Assert.Single(picture.Warnings);
    }

    [Theory]
    [InlineData(0, 2), InlineData(0, 16), InlineData(2, 8), InlineData(2, 16)]
    public void Decode_TransparentColor_IsTheOnlyTransparentOne(int colorType, int depth)
    {
        TestPng png = new(19, 5, depth, colorType);
        int[] key = [.. Enumerable.Range(0, png.Channels).Select(channel => png.SampleAt(4, 3, channel))];
        byte[] data = [.. key.SelectMany(sample => (byte[])[(byte)(sample >> 8), (byte)sample])];
        png.Chunks.Add(("tRNS", data));

        Picture picture = PictureFile.Decode(png.Build());

        for (int i = 0; i < picture.Red.Length; i++)
        {
            bool isKey = key.Index().All(entry => png.SampleAt(i % 19, i / 19, entry.Index) == entry.Item);
            Assert.Equal(isKey ? 0f : 1f, picture.Alpha![i]);
        }
    }

    [Fact]
    public void Decode_ExifOrientation_TurnsThePicture()
    {
        TestPng upright = new(5, 3, 8, 2);
        TestPng turned = upright with
        {
            Chunks = [("eXIf", [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])],
        };

        Picture stored = PictureFile.Decode(upright.Build()), picture = PictureFile.Decode(turned.Build());

        Assert.Equal((3, 5), (picture.Width, picture.Height));
        Assert.Equal(stored.Red[(2 * 5) + 1], picture.Red[(1 * 3) + 0]);
    }

    [Fact]
    public void Decode_ManyImageDataChunks_GivesTheSamePicture()
    {
        TestPng png = new(31, 17, 8, 2);

        Picture whole = PictureFile.Decode(png.Build()), cut = PictureFile.Decode((png with { Parts = 50 }).Build());

        Assert.Equal(whole.Blue, cut.Blue);
    }

    [Fact]
    public void Decode_TextChunks_AreReadInAllThreeForms()
    {
        TestPng png = new(1, 1, 8, 0)
        {
            Chunks =
            [
                ("tEXt", Encoding.Latin1.GetBytes("Author\0Zoë")),
                ("zTXt", [.. "Comment\0\0"u8, .. TestPng.Compress(Encoding.Latin1.GetBytes("größer"))]),
                ("iTXt", [.. "Title\0\0\0de\0Titel\0"u8, .. "星月夜"u8]),
                ("iTXt", [.. "Recipe\0\u0001\0\0\0"u8, .. TestPng.Compress([.. "→ paint"u8])]),
            ],
        };

        Picture picture = PictureFile.Decode(png.Build());

        Assert.Equal(
            ["Author=Zoë", "Comment=größer", "Recipe=→ paint", "Title=星月夜"],
            picture.Text.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Decode_TextThatInflatesWithoutEnd_IsIgnoredWithWarning()
    {
        byte[] bomb = TestPng.Compress(new byte[40 << 20]);
        TestPng png = new(1, 1, 8, 0) { Chunks = [("zTXt", [.. "Bomb\0\0"u8, .. bomb])] };

        Picture picture = PictureFile.Decode(png.Build());

        Assert.Empty(picture.Text);
        Assert.Contains("zTXt", Assert.Single(picture.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RGB ", "tables"), InlineData("GRAY", "describes GRAY"), InlineData("CMYK", "describes CMYK")]
    public void Decode_ProfileThatCannotBeApplied_IsIgnoredWithAWarning(string colorSpace, string reason)
    {
        byte[] profile = TestProfiles.OfTables(colorSpace);
        TestPng png = new(1, 1, 8, 2) { Chunks = [("iCCP", [.. "name\0\0"u8, .. TestPng.Compress(profile)])] };

        Picture picture = PictureFile.Decode(png.Build());

        Assert.Null(picture.IccProfile);
        Assert.Contains(reason, Assert.Single(picture.Warnings), StringComparison.Ordinal);
    }

    private static void AssertPlane(TestPng png, float[] plane, int channel)
    {
        float highest = (1 << png.Depth) - 1;
        float[] expected = new float[plane.Length];
        for (int i = 0; i < plane.Length; i++)
        {
            expected[i] = png.SampleAt(i % png.Width, i / png.Width, channel) / highest;
        }

        Assert.Equal(expected, plane);
    }
}
