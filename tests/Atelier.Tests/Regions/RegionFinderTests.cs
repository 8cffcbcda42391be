using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Regions;
using Atelier.Testing;

namespace Atelier.Tests.Regions;

public sealed class RegionFinderTests
{
    // Sky over ground: the photograph's horizon is low, the artwork's is high and its colors are others.
    private static readonly Picture Content =
        Landscape(180, 123, 0.7, (0.5f, 0.7f, 0.95f), (0.35f, 0.3f, 0.2f), seed: 3);

    private static readonly Picture Style =
        Landscape(141, 190, 0.4, (0.9f, 0.75f, 0.4f), (0.3f, 0.15f, 0.3f), seed: 4);

    [Fact]
    public void Find_SkyOverGround_PairsThem()
    {
        RegionLabels labels = Find(2, threads: 2);

        Assert.Equal((768, 525), (labels.Content.Width, labels.Content.Height));
        Picture style = Assert.Single(labels.Styles);
        Assert.Equal((570, 768), (style.Width, style.Height));
        (float, float, float) sky = At(labels.Content, 0.5, 0.15), ground = At(labels.Content, 0.5, 0.9);
        Assert.NotEqual(sky, ground);
        Assert.Equal((sky, ground), (At(style, 0.5, 0.1), At(style, 0.5, 0.8)));
        Assert.InRange(ShareOf(labels.Content, sky), 0.62, 0.78);
        Assert.InRange(ShareOf(style, sky), 0.32, 0.48);
    }

    [Fact]
    public void Find_AnyThreads_IsTheSame()
    {
        RegionLabels one = Find(3, threads: 1), two = Find(3, threads: 2);

        Assert.Equal(one.Content.Red, two.Content.Red);
        Assert.Equal(one.Styles[0].Blue, two.Styles[0].Blue);
    }

    [Fact]
    public void Find_MoreThanThereAre_LeavesOutWhatIsNotInBoth()
    {
        RegionLabels labels = Find(RegionFinder.MaxRegions, threads: 2);

        (float, float, float)[] content = Colors(labels.Content), style = Colors(labels.Styles[0]);
        Assert.InRange(content.Length, 2, RegionFinder.MaxRegions);
        Assert.All(Enumerable.Zip(content, content.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.NotEmpty(content.Intersect(style));
    }

    [Theory]
    [InlineData(1), InlineData(RegionFinder.MaxRegions + 1)]
    public void Find_CountOutOfRange_Throws(int count)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Find(count, threads: 1));

    [Fact]
    public void Find_PictureOfAFewPixels_HasRegionsAllTheSame()
    {
        using RegionFinder finder = new();
        RegionLabels labels = finder.Find(Numbers.Picture(3, 2, 5), [Numbers.Picture(4, 7, 1)], 2);

        Assert.Equal((768, 307), (labels.Content.Width, labels.Content.Height));
        Assert.Equal((110, 768), (labels.Styles[0].Width, labels.Styles[0].Height));
    }

    private static RegionLabels Find(int count, int threads)
    {
        using RegionFinder finder = new(new EngineOptions { Threads = threads });
        return finder.Find(Content, [Style], count);
    }

    private static Picture Landscape(
        int width, int height, double horizon, (float, float, float) sky, (float, float, float) ground, int seed)
    {
        float[] noise = Numbers.Uniform(seed, width * height);
        Picture picture = new(width, height);
        for (int i = 0; i < noise.Length; i++)
        {
            bool isSky = i / width < horizon * height;
            (float red, float green, float blue) = isSky ? sky : ground;
            float shade = (isSky ? 0.02f : 0.4f) * (noise[i] - 0.5f);
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = (red + shade, green + shade, blue + shade);
        }

        return picture;
    }

    private static (float, float, float) At(Picture picture, double x, double y)
    {
        int i = ((int)(y * picture.Height) * picture.Width) + (int)(x * picture.Width);
        return (picture.Red[i], picture.Green[i], picture.Blue[i]);
    }

    private static double ShareOf(Picture picture, (float, float, float) color)
        => (double)Enumerable.Range(0, picture.Red.Length).Count(
            i => (picture.Red[i], picture.Green[i], picture.Blue[i]) == color) / picture.Red.Length;

    private static (float, float, float)[] Colors(Picture picture)
        => [.. Enumerable.Range(0, picture.Red.Length)
            .Select(i => (picture.Red[i], picture.Green[i], picture.Blue[i])).Distinct()];
}
