using Atelier.Testing;

namespace Atelier.Imaging.Tests.Codecs.Jpeg;

public sealed class JpegEncoderTests
{
    private static byte[] Encode(Picture picture, EncodeOptions options)
    {
        using MemoryStream stream = new();
        PictureFile.Save(picture, stream, ".jpg", options);
        return stream.ToArray();
    }

    private static Picture RoundTrip(Picture picture, int quality, bool subsampling = false)
        => PictureFile.Decode(
            Encode(picture, new EncodeOptions { Quality = quality, JpegSubsampling = subsampling }));

    [Theory]
    [InlineData(50, false, 32)]
    [InlineData(75, false, 35)]
    [InlineData(95, false, 41)]
    [InlineData(100, false, 50)]
    [InlineData(50, true, 27)]
    [InlineData(95, true, 27)]
    public void Encode_DrawnPicture_ComesBackClose(int quality, bool subsampling, double leastPsnr)
    {
        Picture picture = JpegFixtures.Drawn(67, 53);

        Picture result = RoundTrip(picture, quality, subsampling);

        Assert.Empty(result.Warnings);
        Assert.InRange(JpegFixtures.Psnr(picture, result), leastPsnr, 99);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(16, 17)]
    [InlineData(33, 15)]
    public void Encode_AnySize_ComesBackInThatSize(int width, int height)
    {
        Picture picture = JpegFixtures.Drawn(width, height);
        foreach (bool subsampling in (bool[])[false, true])
        {
            Picture result = RoundTrip(picture, 90, subsampling);

            Assert.Empty(result.Warnings);
            Assert.Equal((width, height), (result.Width, result.Height));
            Assert.InRange(Math.Abs(result.Green[^1] - picture.Green[^1]), 0, 0.1);
        }
    }

    [Fact]
    public void Encode_LowerQuality_GivesSmallerFile()
    {
        Picture picture = JpegFixtures.Drawn(67, 53);
        int[] lengths = [.. ((int[])[100, 95, 75, 50, 10, 1]).Select(
            quality => Encode(picture, new EncodeOptions { Quality = quality }).Length)];

        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal(lengths.Length, lengths.Distinct().Count());
    }

    [Fact]
    public void Encode_TransparentPicture_IsBlendedOverWhite()
    {
        Picture picture = new(19, 13, hasAlpha: true);
        picture.Alpha.AsSpan().Fill(0.25f);

        Picture result = RoundTrip(picture, 95);

        Assert.Null(result.Alpha);
        Assert.All(result.Red, sample => Assert.Equal(0.75f, sample, 0.01f));
    }

    [Fact]
    public void Encode_SamplesOutsideTheRange_AreClamped()
    {
        Picture picture = new(19, 13);
        picture.Red.AsSpan().Fill(7f);
        picture.Green.AsSpan().Fill(-7f);
        picture.Blue.AsSpan().Fill(0.5f);

        Picture result = RoundTrip(picture, 95);

        Assert.All(result.Red, sample => Assert.InRange(sample, 0.98f, 1f));
        Assert.All(result.Green, sample => Assert.InRange(sample, 0f, 0.02f));
    }

    [Fact]
    public void Encode_LongProfile_ComesBackUnchanged()
    {
        byte[] profile = TestProfiles.Srgb(150_001);
        Picture drawn = JpegFixtures.Drawn(9, 7);
        Picture picture = new(9, 7, drawn.Red, drawn.Green, drawn.Blue) { IccProfile = profile };

        Picture result = RoundTrip(picture, 75);

        Assert.NotNull(result.IccProfile);
        Assert.Equal(profile, result.IccProfile.Value.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Encode_QualityOutOfRange_Throws(int quality)
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => Encode(JpegFixtures.Drawn(9, 7), new EncodeOptions { Quality = quality }));

    [Fact]
    public void Encode_TooWidePicture_SaysSo()
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => Encode(new Picture(65_536, 1), EncodeOptions.Default));

        Assert.Contains("65536 x 1", error.Message, StringComparison.Ordinal);
    }
}
