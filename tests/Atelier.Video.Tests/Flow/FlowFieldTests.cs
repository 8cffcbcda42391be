using Atelier.Testing;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

public sealed class FlowFieldTests
{
    [Theory]
    [InlineData(12, 10)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void Resize_ConstantFlow_IsAsMuchLonger(int height, int width)
    {
        FlowField flow = new(6, 5, [.. Enumerable.Repeat(1.5f, 30)], [.. Enumerable.Repeat(-2f, 30)]);

        FlowField resized = flow.Resize(height, width);

        Assert.Equal((height, width), (resized.Height, resized.Width));
        Assert.Equal((height * width, height * width), (resized.X.Length, resized.Y.Length));
        Assert.All(resized.X, value => Assert.Equal(1.5f * width / 5, value, 1e-5f));
        Assert.All(resized.Y, value => Assert.Equal(-2f * height / 6, value, 1e-5f));
    }

    [Fact]
    public void Resize_TwiceAsLarge_InterpolatesBetweenPixels()
    {
        FlowField flow = new(1, 2, [0, 4], [8, 0]);

        FlowField resized = flow.Resize(1, 4);

        Numbers.AssertClose([0, 2, 6, 8], Numbers.Doubles(resized.X), 1e-6);
        Numbers.AssertClose([8, 6, 2, 0], Numbers.Doubles(resized.Y), 1e-6);
    }
}
