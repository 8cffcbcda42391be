using Atelier.Flow;
using Atelier.Imaging;

namespace Atelier.Tests.Flow;

public sealed class FlowWarpTests
{
    [Fact]
    public void Warp_FlowBetweenPixels_Interpolates()
    {
        Mask mask = new(2, 3, [0, 10, 20, 100, 110, 120]);
        FlowField flow = new(2, 3, [0.5f, 0, 0, 0.25f, -1, -2], [0, 1, 0.25f, -0.5f, 0, -1]);

        Assert.Equal([5, 110, 45, 52.5f, 100, 0], FlowWarp.Warp(mask, flow).Values);
    }

    [Fact]
    public void Warp_FlowOutOfThePicture_ShowsItsBorder()
    {
        Mask mask = new(2, 3, [0, 10, 20, 100, 110, 120]);
        FlowField flow = new(2, 3, [-7, 0, 1e9f, float.NegativeInfinity, 0, 3], [0, -5, 0.5f, 0, 9, 9]);

        Assert.Equal([0, 10, 70, 100, 110, 120], FlowWarp.Warp(mask, flow).Values);
    }

    [Fact]
    public void Warp_Picture_MovesEachPlane()
    {
        PlanarPicture picture = Numbers.Planes(4, 5, 7);
        FlowField flow = new(5, 7, [.. Enumerable.Repeat(2f, 35)], [.. Enumerable.Repeat(-1f, 35)]);

        PlanarPicture warped = FlowWarp.Warp(picture, flow);

        Assert.Equal((5, 7), (warped.Height, warped.Width));
        for (int plane = 0; plane < 3; plane++)
        {
            Assert.Equal(picture.Plane(plane)[(2 * 7) + 5], warped.Plane(plane)[(3 * 7) + 3]);
            Assert.Equal(picture.Plane(plane)[6], warped.Plane(plane)[6]);
        }
    }

    [Fact]
    public void Warp_OnePixel_Stays()
        => Assert.Equal([0.3f], FlowWarp.Warp(new Mask(1, 1, [0.3f]), new FlowField(1, 1, [4.5f], [-0.1f])).Values);

    [Fact]
    public void Warp_FlowOfOtherSize_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(
            () => FlowWarp.Warp(Mask.White(2, 3), new FlowField(3, 2, new float[6], new float[6])));
}
