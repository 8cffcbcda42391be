using Atelier.Testing;

namespace Atelier.Imaging.Tests;

public sealed class MaskTests
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 67, 53, 33, 26 },
        { 67, 53, 4, 3 },
        { 5, 7, 5, 2 },
        { 5, 7, 11, 7 },
        { 1, 1, 3, 4 },
        { 9, 2, 1, 1 },
    };

    [Theory]
    [InlineData(0f), InlineData(1 / 255f), InlineData(128 / 255f), InlineData(1f)]
    public void Of_GrayPicture_IsItsValueExactly(float gray)
    {
        float[] plane = [gray];
        Assert.Equal(plane, Mask.FromPicture(new Picture(1, 1, plane, plane, plane)).Values);
    }

    [Fact]
    public void Of_Colors_AreTheirLuminanceTimesTheirOpacity()
    {
        Picture picture = new(4, 1, [1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1], [1, 0.5f, 0, 0.25f]);
        Assert.Equal(
            [0.2126f, 0.3576f, 0, 0.25f],
            Mask.FromPicture(picture).Values,
            (float a, float b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AverageTo_AnySize_IsTheMeanOfTheTouchedPixels(int height, int width, int newHeight, int newWidth)
    {
        Mask mask = new(height, width, Numbers.Uniform(1, height * width));
        Mask average = mask.AverageTo(newHeight, newWidth);
        for (int i = 0; i < newHeight * newWidth; i++)
        {
            (int y, int x) = Math.DivRem(i, newWidth);
            double expected = Enumerable.Range(0, height * width).Where(place =>
                Touches(place / width, height, y, newHeight) && Touches(place % width, width, x, newWidth))
                .Average(place => (double)mask.Values[place]);
            Assert.Equal(expected, average.Values[i], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Resize_BlackOrWhite_StaysSo(int height, int width, int newHeight, int newWidth)
    {
        Mask white = Mask.White(height, width).Resize(newHeight, newWidth);
        Assert.Equal((newHeight, newWidth), (white.Height, white.Width));
        Assert.True(white.IsWhite);
        Assert.True(white.Inverse.IsBlack);
        Assert.All(
            new Mask(height, width, Numbers.Uniform(2, height * width)).Resize(newHeight, newWidth).Values,
            value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void Resize_Larger_HasSoftEdges()
        => Assert.Contains(new Mask(1, 2, [0, 1]).Resize(1, 16).Values, value => value is > 0.1f and < 0.9f);

    [Theory]
    [InlineData(0), InlineData(3), InlineData(11)]
    public void Extend_Margin_MirrorsAsPicturesDo(int margin)
    {
        PlanarPicture picture = Numbers.Planes(3, 5, 8);
        Mask mask = new Mask(5, 8, picture.Plane(0).ToArray()).Extend(margin);
        Assert.Equal(picture.Extend(margin).Plane(0).ToArray(), mask.Values);
    }

    private static bool Touches(int pixel, int size, int part, int parts)
        => (pixel + 1) * parts > part * size && pixel * parts < (part + 1) * size;
}
