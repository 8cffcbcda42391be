using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>The motion between two frames: where the content of one frame is found in another.</summary>
/// <param name="Field">The flow from this frame to the other.</param>
/// <param name="Reliability">1 where the flow is reliable, 0 where the other frame does not show the same
/// content.</param>
internal sealed record FrameMotion(FlowField Field, Mask Reliability)
{
    /// <summary>Computes the motion between two frames of the video.</summary>
    internal static FrameMotion Between(OpticalFlow flow, PlanarPicture present, PlanarPicture other)
    {
        FlowField field = flow.Between(present, other);
        return new FrameMotion(field, FlowReliability.Compute(field, flow.Between(other, present)));
    }

    /// <summary>Warps a picture of the other frame to this frame.</summary>
    internal PlanarPicture Warp(PlanarPicture other) => FlowWarp.Warp(other, Field);

    /// <summary>Warps the other frame's painting to this frame, preserving its sharpness.</summary>
    internal PlanarPicture WarpPainting(PlanarPicture other) => FlowWarp.WarpSharply(other, Field);

    /// <inheritdoc cref="Warp(PlanarPicture)"/>
    internal Mask Warp(Mask other) => FlowWarp.Warp(other, Field);
}
