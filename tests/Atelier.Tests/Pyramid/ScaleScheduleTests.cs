using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Pyramid;

namespace Atelier.Tests.Pyramid;

public sealed class ScaleScheduleTests
{
    private static readonly StylizeOptions Options =
        StylizeOptions.Version1 with { Iterations = 10, ScaleFactor = Math.Sqrt(2) };

    [Fact]
    public void Of_RootTwo_GrowsFrom128To512()
    {
        ImmutableArray<PyramidScale> scales = ScaleSchedule.Create(1000, 750, Options);
        Assert.Equal([128, 181, 256, 362, 512], scales.Select(scale => scale.Width));
        Assert.Equal([96, 136, 192, 272, 384], scales.Select(scale => scale.Height), (a, b) => Math.Abs(a - b) <= 1);
        Assert.Equal([40, 28, 20, 14, 10], scales.Select(scale => scale.Iterations));
    }

    [Fact]
    public void Of_OriginalSizeAndTallPicture_EndsAtIt()
    {
        PyramidScale last = ScaleSchedule.Create(333, 777, Options with { Size = null })[^1];
        Assert.Equal((333, 777, 10), (last.Width, last.Height, last.Iterations));
        Assert.Equal(333.0 * 777 * 10, last.Work);
    }

    [Theory]
    [InlineData(16), InlineData(100), InlineData(128), InlineData(129), InlineData(150)]
    public void Of_SizeNearTheLeast_EndsAtItWithoutFallingBack(int size)
    {
        ImmutableArray<PyramidScale> scales = ScaleSchedule.Create(640, 480, Options with { Size = size });
        Assert.Equal(size, scales[^1].LongSide);
        Assert.InRange(scales.Length, 1, 2);
        Assert.Equal(Math.Min(size, 128), scales[0].LongSide);
    }

    [Theory]
    [InlineData(65_535, 1.4142135623730951), InlineData(65_535, 1.02), InlineData(2000, 100)]
    public void Of_LargeSize_RatiosAreEqualAndNoLargerThanAsked(int size, double factor)
    {
        ImmutableArray<PyramidScale> scales =
            ScaleSchedule.Create(4000, 1, Options with { Size = size, ScaleFactor = factor });
        Assert.Equal((128, size), (scales[0].Width, scales[^1].Width));
        foreach ((PyramidScale small, PyramidScale large) in scales.Zip(scales.Skip(1)))
        {
            Assert.InRange((double)large.Width / small.Width, 1, factor * 1.01);
            Assert.True(large.Height >= 1 && large.Iterations >= 1);
        }
    }

    [Fact]
    public void Of_ExplicitScales_AreTakenAndTheLastOneSetsTheSteps()
    {
        ImmutableArray<PyramidScale> scales =
            ScaleSchedule.Create(500, 400, Options with { Size = null, Scales = [50, 100] });
        Assert.Equal(
            [(50, 40, 20), (100, 80, 10)], scales.Select(scale => (scale.Width, scale.Height, scale.Iterations)));
    }

    [Theory]
    [InlineData(0, 10), InlineData(2, 160)]
    public void Create_IterationGrowth_SetsTheIterationsOfSmallSizes(double growth, int expected)
        => Assert.Equal(
            expected, ScaleSchedule.Create(512, 512, Options with { IterationGrowth = growth })[0].Iterations);
}
