using Atelier.Imaging;
using Atelier.Pyramid;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>The memory that a video needs beside the painting of a frame.</summary>
internal static class VideoMemory
{
    // The frame at the size of the painting, the painting that anchors the scene, the initial picture and its parts.
    private const int PicturesOfFrame = 5;

    // The last frame of the result, its change, and what is warped and subtracted to measure them.
    private const int PicturesOfReport = 8;

    // The scene's first frame, and the next one while it is decoded.
    private const int FramesOfSource = 3;

    /// <summary>Returns the memory that is in use in addition to that of a still picture, in bytes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="frame">A frame of the video.</param>
    internal static long BytesBeside(VideoRequest request, Picture frame)
    {
        PyramidScale final = ScaleSchedule.Create(frame.Width, frame.Height, request.Options)[^1];
        int margin = 2 * request.Options.PaintedMargin;
        long plane = (long)(final.Width + margin) * (final.Height + margin) * sizeof(float), picture = 3 * plane;

        // A target is a warped painting and its reliability, first found by a flow and then kept by the engine.
        long targets = request.Video.LongTerm.Length * ((3 * picture) + (3 * plane));
        long past = 2 * request.Video.LongTerm[^1];
        long pictures = past + PicturesOfFrame + (request.Video.Report ? PicturesOfReport : 0);

        // The stages of a scene are kept, so that the pictures of a frame are drawn while their maps exist.
        return OpticalFlow.BytesOf(final.Height, final.Width) + targets
            + ((pictures + MemoryPlanner.PicturesOfDrawing) * picture)
            + (FramesOfSource * 3L * sizeof(float) * frame.Width * frame.Height);
    }
}
