using System.Text;
using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Pnm;

public sealed class PnmCodecTests
{
    [Theory]
    [InlineData("P1\n# a comment\n3 2\n101\n0 1#another\n0\n", new[] { 0f, 1f, 0f, 1f, 0f, 1f }, 1)]
    [InlineData("P2 3 2 10 0 5 10 1\n2 3", new[] { 0f, 0.5f, 1f, 0.1f, 0.2f, 0.3f }, 4)]
    [InlineData("P2 3 2 65535 0 65535 1 0 0 13107", new[] { 0f, 1f, 1 / 65535f, 0f, 0f, 0.2f }, 16)]
    public void Decode_TextGray_GivesEqualPlanes(string file, float[] expected, int depth)
    {
        Picture picture = PictureFile.Decode(Encoding.ASCII.GetBytes(file));

        Assert.Equal((3, 2, depth), (picture.Width, picture.Height, picture.BitDepth));
        Assert.Equal([expected, expected, expected], picture.Planes);
    }

    [Fact]
    public void Decode_Color_IsTheSameAsTextAndBinary()
    {
        Picture text = PictureFile.Decode([.. "P3\n2 1\n255\n65 66 67 97 98 99"u8]);
        Picture binary = PictureFile.Decode([.. "P6 2 1 255\nABCabc"u8]);

        Assert.Equal([[65 / 255f, 97 / 255f], [66 / 255f, 98 / 255f], [67 / 255f, 99 / 255f]], text.Planes);
        Assert.Equal(text.Planes, binary.Planes);
    }

    [Fact]
    public void Decode_BinaryGray_ReadsOneOrTwoBytes()
    {
        Assert.Equal([1 / 100f, 1f], PictureFile.Decode([.. "P5 2 1 100\n"u8, 1, 100]).Green);
        Assert.Equal([0x102 / 1000f, 0x3E8 / 1000f], PictureFile.Decode([.. "P5 2 1 1000\n"u8, 1, 2, 3, 0xE8]).Green);
    }

    [Fact]
    public void Decode_BinaryBitmap_StartsEveryRowWithAByte()
    {
        Picture picture = PictureFile.Decode([.. "P4 9 2\n"u8, 0b1000_0001, 0b1000_0000, 0b0111_1111, 0]);

        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], picture.Red);
    }

    [Theory]
    [InlineData("P6 60000 60000 255\n", "exceed the limit"), InlineData("P6 19000 19000 255\nabc", "cannot hold")]
    [InlineData("P2 2 1 10 11 0", "above 10"), InlineData("P5 2 1 70000\nab", "above 65535")]
    [InlineData("P5 2 1 0\nab", "is 0"), InlineData("P5 2 1 50\nab", "exceeds 50")]
    [InlineData("P1 2 1 1 2", "0 or 1"), InlineData("P5 2 # no end", "height")]
    [InlineData("P6 99999999999999999999 1 255\n", "width"), InlineData("P6 0 1 255\n", "valid picture size")]
    public void Decode_ImpossibleFile_IsRefused(string file, string reason)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(Encoding.ASCII.GetBytes(file)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P6 2 3 255\nabcdefghijklmnopqr"), InlineData("P4 9 2\nabcd"), InlineData("P1 3 1 101")]
    public void Decode_EveryPrefix_IsRefused(string file)
        => Assert.Empty(Mutations.AcceptedPrefixes(Encoding.ASCII.GetBytes(file)));

    [Theory]
    [InlineData("P6 2 3 255\nabcdefghijklmnopqr"), InlineData("P3 2 1 255 1 2 3 44 55 66 ")]
    public void Decode_RandomlyChangedBytes_ThrowNothingElse(string file)
        => Assert.InRange(Mutations.CountRefused(Encoding.ASCII.GetBytes(file), count: 2000, seed: 6), 200, 1999);

    [Theory]
    [InlineData(8), InlineData(16)]
    public void Encode_SamplesOfTheDepth_SurviveExactly(int depth)
    {
        Picture picture = new(263, 251) { BitDepth = depth };
        float highest = (1 << depth) - 1;
        foreach (float[] plane in picture.Planes)
        {
            for (int i = 0; i < plane.Length; i++) plane[i] = i % (highest + 1) / highest;
        }

        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, ".ppm");
        Picture decoded = PictureFile.Decode(stream.ToArray());

        Assert.Equal(depth, decoded.BitDepth);
        Assert.Equal(picture.Planes, decoded.Planes);
    }
}
