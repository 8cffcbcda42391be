using Atelier.Imaging;
using Atelier.Testing;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests.Flow;

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

    [Fact]
    public void WarpSharply_SmoothCurve_IsNearerThanBetweenFourPixels()
    {
        const int Height = 9, Width = 14;
        float At(int plane, double x, double y)
            => (float)(0.5 + (0.2 * Math.Sin((0.9 * x) + plane)) + (0.2 * Math.Cos(0.8 * y)));
        float[] Sampled(double right, double down)
            => [.. Enumerable.Range(0, 3 * Height * Width).Select(i => At(
                i / (Height * Width), (i % Width) + right, (i / Width % Height) + down))];
        FlowField flow = new(
            Height, Width, [.. Enumerable.Repeat(0.4f, Height * Width)], [.. Enumerable.Repeat(-0.3f, Height * Width)]);
        PlanarPicture picture = new(Height, Width, Sampled(0, 0));
        float[] expected = Sampled(0.4, -0.3);

        double ErrorOf(PlanarPicture warped)
            => Enumerable.Range(0, expected.Length)
                .Where(i => i % Width is > 1 and < Width - 3 && i / Width % Height is > 1 and < Height - 3)
                .Max(i => Math.Abs((double)warped.Values[i] - expected[i]));

        Assert.InRange(
            ErrorOf(FlowWarp.WarpSharply(picture, flow)), 0, 0.4 * ErrorOf(FlowWarp.Warp(picture, flow)));
    }

    [Theory]
    [InlineData(4, 0.95), InlineData(3, 0.85)]
    public void WarpSharply_FineWavesBetweenPixels_KeepTheirHeight(double period, double least)
    {
        const int Height = 7, Width = 61;
        float At(double x) => (float)(0.5 + (0.4 * Math.Sin(2 * Math.PI * x / period)));
        PlanarPicture picture = new(
            Height, Width, [.. Enumerable.Range(0, 3 * Height * Width).Select(i => At(i % Width))]);
        FlowField flow = new(
            Height, Width, [.. Enumerable.Repeat(0.5f, Height * Width)], new float[Height * Width]);

        ReadOnlySpan<float> row = FlowWarp.WarpSharply(picture, flow).Plane(1).Slice(3 * Width, Width);

        double kept = 0, all = 0;
        for (int x = 8; x < Width - 8; x++)
        {
            kept += (row[x] - 0.5) * (At(x + 0.5) - 0.5);
            all += Math.Pow(At(x + 0.5) - 0.5, 2);
        }

        Assert.InRange(kept / all, least, 1);
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 3), InlineData(4, 5)]
    public void WarpSharply_WholePixelsAndBeyond_ShowsThePixelsAndTheBorder(int height, int width)
    {
        PlanarPicture picture = Numbers.Planes(1, height, width);
        int area = height * width;
        FlowField flow = new(height, width, [.. Enumerable.Repeat(1f, area)], [.. Enumerable.Repeat(-90f, area)]);

        Assert.Equal(
            FlowWarp.Warp(picture, flow).Values, FlowWarp.WarpSharply(picture, flow).Values,
            (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
