using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>Where the things of a frame are in another one.</summary>
/// <param name="Field">Leads from this frame to the other.</param>
/// <param name="Reliability">Where the field can be trusted: 1, and where the other frame does not show what this one
/// does, 0.</param>
internal sealed record FrameMotion(FlowField Field, Mask Reliability)
{
    /// <summary>The motion between two frames of the video.</summary>
    internal static FrameMotion Between(OpticalFlow flow, PlanarPicture present, PlanarPicture other)
    {
        FlowField field = flow.Between(present, other);
        return new FrameMotion(field, FlowReliability.Of(field, flow.Between(other, present)));
    }

    /// <summary>Something of the other frame, brought to where its things are in this one.</summary>
    internal PlanarPicture Bring(PlanarPicture other) => FlowWarp.Warp(other, Field);

    /// <summary>The other frame's painting, brought here as sharp as it is.</summary>
    internal PlanarPicture BringPainting(PlanarPicture other) => FlowWarp.WarpSharply(other, Field);

    /// <inheritdoc cref="Bring(PlanarPicture)"/>
    internal Mask Bring(Mask other) => FlowWarp.Warp(other, Field);
}
