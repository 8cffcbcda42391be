using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;
using static Atelier.Tests.Color.ColorPictures;

namespace Atelier.Tests.Color;

public sealed class LuminanceTests
{
    [Fact]
    public void Of_AnyColors_IsTheGrayOfTheSameLight()
    {
        Picture picture = Numbers.Picture(3, 13, 7);

        float[] luminance = Luminance.Compute(picture);

        double[] expected = [.. Enumerable.Range(0, luminance.Length)
            .Select(i => LuminanceOf(picture.Red[i], picture.Green[i], picture.Blue[i]))];
        Numbers.AssertClose(expected, Numbers.Doubles(luminance), 1e-6);
    }

    [Fact]
    public void Join_ColorsThatFit_KeepsChromaExactlyAndTakesTheLuminance()
    {
        Picture chroma = Cloud(4, 23, 15, 0.45f, 0.5f, 0.4f), luminance = Cloud(9, 23, 15, 0.6f, 0.4f, 0.45f);

        Picture result = Luminance.Join(chroma, luminance);

        for (int i = 0; i < result.Red.Length; i++)
        {
            Assert.Equal(chroma.Red[i] - chroma.Green[i], result.Red[i] - result.Green[i], 2e-7f);
            Assert.Equal(chroma.Blue[i] - chroma.Green[i], result.Blue[i] - result.Green[i], 2e-7f);
        }

        Numbers.AssertClose(
            Numbers.Doubles(Luminance.Compute(luminance)), Numbers.Doubles(Luminance.Compute(result)), 1e-5);
    }

    [Fact]
    public void Join_AnyColors_TakesTheLuminanceAndStaysInGamut()
    {
        Picture chroma = Numbers.Picture(1, 41, 33), luminance = Numbers.Picture(2, 41, 33);
        (luminance.Red[0], luminance.Green[0], luminance.Blue[0]) = (0, 0, 0);
        (luminance.Red[1], luminance.Green[1], luminance.Blue[1]) = (1, 1, 1);

        Picture result = Luminance.Join(chroma, luminance);

        AssertInGamut(result);
        Numbers.AssertClose(
            Numbers.Doubles(Luminance.Compute(luminance)), Numbers.Doubles(Luminance.Compute(result)), 2e-3);
    }

    [Fact]
    public void Join_OwnLuminance_IsThePicture()
    {
        Picture picture = Numbers.Picture(1, 41, 33);

        Assert.InRange(FarthestApart(picture, Luminance.Join(picture, picture)), 0, 1e-5);
    }

    [Fact]
    public void GrayLike_Artwork_HasThePhotographsMeanAndDeviation()
    {
        Picture content = Luminance.Gray(Cloud(4, 23, 15, 0.45f, 0.5f, 0.4f));

        Picture gray = Luminance.GrayLike(Cloud(9, 31, 12, 0.6f, 0.4f, 0.45f), content);

        (ColorMoments wanted, ColorMoments found) = (ColorMoments.Measure(content), ColorMoments.Measure(gray));
        Assert.Equal(wanted.Mean[0], found.Mean[0], 1e-5);
        Assert.Equal(wanted.Covariance[0, 0], found.Covariance[0, 0], wanted.Covariance[0, 0] * 6e-3);
        Assert.Equal(gray.Red, gray.Blue);
    }

    [Fact]
    public void InGamut_ColorsOutside_KeepTheirLuminanceAndTheOrderOfTheirChannels()
    {
        // 1.3 of red is out of reach at this luminance; clipping it alone would turn the color toward yellow.
        float[] red = [1.3f, 0.5f, -0.2f, 0.2f], green = [0.6f, 0.5f, 0.4f, 1.1f], blue = [0.1f, 0.5f, 0.7f, -0.3f];
        Picture outside = new(4, 1, red, green, blue);
        float[] before = Luminance.Compute(outside);

        Picture inside = LinearMatch.Between(
            ColorMoments.Measure(outside), ColorMoments.Measure(outside), ColorMatchKind.Cholesky).Apply(outside);

        AssertInGamut(inside);
        Numbers.AssertClose(Numbers.Doubles(before), Numbers.Doubles(Luminance.Compute(inside)), 1e-4);
        Assert.True(inside.Red[0] > inside.Green[0] && inside.Green[0] > inside.Blue[0]);
        Assert.Equal(0.5f, inside.Green[1], 1e-5f);
    }
}
