namespace Atelier.Imaging.Tests.Codecs.Jpeg;

public sealed class JpegDecoderTests
{
    public static TheoryData<string> ValidNames => [.. JpegFixtures.ValidNames];

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Decode_ValidFile_EqualsReferenceDecoder(string name)
    {
        (int width, int height, byte[] expected) = JpegFixtures.Reference(name);

        Picture picture = PictureFile.Decode(JpegFixtures.Valid(name));

        Assert.Empty(picture.Warnings);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal(expected, JpegFixtures.Samples(picture));
    }

    [Fact]
    public void Decode_Samples_AreExactFractionsOf255()
    {
        Picture picture = PictureFile.Decode(JpegFixtures.Valid("sampling-2x2"));

        Assert.All(picture.Green, sample => Assert.Equal(MathF.Round(sample * 255f) / 255f, sample));
        Assert.Null(picture.Alpha);
        Assert.Equal(8, picture.BitDepth);
    }

    [Fact]
    public void Decode_GrayFile_GivesThreeEqualPlanes()
    {
        Picture picture = PictureFile.Decode(JpegFixtures.Valid("gray"));

        Assert.Equal(picture.Red, picture.Green);
        Assert.Equal(picture.Red, picture.Blue);
        Assert.NotEqual(picture.Red[0], picture.Red[^1]);
    }

    [Fact]
    public void Decode_FileWithProfile_KeepsProfile()
    {
        ReadOnlyMemory<byte>? profile = PictureFile.Decode(JpegFixtures.Valid("icc-srgb")).IccProfile;

        Assert.NotNull(profile);
        Assert.Equal("acsp"u8, profile.Value.Span.Slice(36, 4));
        Assert.Null(PictureFile.Decode(JpegFixtures.Valid("gray")).IccProfile);
    }

    [Fact]
    public void Decode_AboveLimit_NamesSizeAndLimit()
    {
        DecodeLimits limits = new() { MaxPixels = (67 * 53) - 1 };

        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => PictureFile.Decode(JpegFixtures.Valid("sampling-1x1"), limits));

        Assert.Contains("67 x 53", error.Message, StringComparison.Ordinal);
        Assert.Contains("3550", error.Message, StringComparison.Ordinal);
    }
}
