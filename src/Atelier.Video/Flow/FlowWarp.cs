using Atelier.Imaging;

namespace Atelier.Video.Flow;

/// <summary>Warps pictures along a flow: the result at p is the picture at p + flow(p), bilinearly interpolated. Where
/// the flow leads out of the picture, the nearest border pixel is used.</summary>
internal static class FlowWarp
{
    /// <param name="picture">A picture of the flow's size.</param>
    internal static PlanarPicture Warp(PlanarPicture picture, FlowField flow)
        => picture with { Values = Warp(picture.Values, picture.Height, picture.Width, flow) };

    /// <summary>Warps a picture with spline interpolation, which preserves sharpness, for pictures that are warped
    /// repeatedly.</summary>
    /// <param name="picture">A picture of the flow's size.</param>
    internal static PlanarPicture WarpSharply(PlanarPicture picture, FlowField flow)
    {
        (int height, int width, int area) = (picture.Height, picture.Width, picture.Height * picture.Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual((flow.Height, flow.Width), (height, width), nameof(flow));
        float[] warped = new float[picture.Values.Length];
        for (int plane = 0; plane < 3; plane++)
        {
            CubicSpline spline = new(picture.Plane(plane), height, width);
            for (int i = 0; i < area; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                warped[(plane * area) + i] = Math.Clamp(spline.Sample(x + flow.X[i], y + flow.Y[i]), 0f, 1f);
            }
        }

        return picture with { Values = warped };
    }

    /// <param name="mask">A mask of the flow's size.</param>
    internal static Mask Warp(Mask mask, FlowField flow)
        => mask with { Values = Warp(mask.Values, mask.Height, mask.Width, flow) };

    private static float[] Warp(float[] planes, int height, int width, FlowField flow)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((flow.Height, flow.Width), (height, width), nameof(flow));
        int area = height * width;
        float[] warped = new float[planes.Length];
        for (int i = 0; i < area; i++)
        {
            (int y, int x) = Math.DivRem(i, width);
            BilinearPoint point = new(x + flow.X[i], y + flow.Y[i], height, width, width);
            for (int plane = 0; plane < planes.Length; plane += area)
                warped[plane + i] = point.Sample(planes.AsSpan(plane, area));
        }

        return warped;
    }
}
