using System.Collections.Immutable;

namespace Atelier.Imaging.Tests;

public sealed class OrientationTests
{
    /// <summary>Where each orientation takes the pixel at (x, y) of the upright picture from.</summary>
    private static (int X, int Y) Source(int orientation, int x, int y, int width, int height) => orientation switch
    {
        1 => (x, y),
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, height - 1 - x),
        7 => (width - 1 - y, height - 1 - x),
        _ => (width - 1 - y, x),
    };

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    [InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void Apply_NonSquarePicture_MovesEveryPixel(int orientation)
    {
        const int width = 71, height = 45;
        Picture picture = new(width, height, hasAlpha: true)
        {
            BitDepth = 16,
            Warnings = ["cut"],
            IccProfile = new byte[3],
        };
        for (int i = 0; i < picture.Red.Length; i++)
        {
            (picture.Red[i], picture.Green[i]) = (i, i + 0.25f);
            (picture.Blue[i], picture.Alpha![i]) = (i + 0.5f, i + 0.75f);
        }

        Picture upright = ((Orientation)orientation).Apply(picture);

        Assert.Equal(orientation < 5 ? (width, height) : (height, width), (upright.Width, upright.Height));
        for (int i = 0; i < upright.Red.Length; i++)
        {
            (int x, int y) = Source(orientation, i % upright.Width, i / upright.Width, width, height);
            float expected = (y * width) + x;
            Assert.Equal((expected, expected + 0.25f), (upright.Red[i], upright.Green[i]));
            Assert.Equal((expected + 0.5f, expected + 0.75f), (upright.Blue[i], upright.Alpha![i]));
        }

        Assert.Equal(16, upright.BitDepth);
        Assert.Equal(ImmutableArray.Create("cut"), upright.Warnings);
        Assert.Equal(3, upright.IccProfile?.Length);
    }
}
