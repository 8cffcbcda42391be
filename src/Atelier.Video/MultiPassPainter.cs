using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier.Video;

/// <summary>Repaints the frames of a video after the first pass: alternating backward and forward passes, so that each
/// frame agrees with both of its neighbors (Ruder et al. 2016, section 4.5), and finally from the last frame into the
/// first ones, to close a loop.</summary>
/// <param name="options">The number of passes.</param>
/// <param name="painter">Paints the frames.</param>
/// <param name="checkpoint">Contains the source frames and those of the first pass, and receives the others.</param>
/// <param name="scenes">Index of the first frame of each scene.</param>
/// <param name="frames">Number of frames.</param>
internal sealed class MultiPassPainter(
    VideoOptions options, FramePainter painter, VideoCheckpoint checkpoint, ImmutableArray<int> scenes, int frames)
{
    // Weight of the neighbor's painting in the initial picture of a frame.
    private const float NeighborShare = 0.5f;

    // Number of frames over which a loop is closed.
    private const int MaxLoopFrames = 12;

    /// <summary>Paints all passes. Returns false if the run was canceled.</summary>
    /// <param name="begin">Called with the number of each pass.</param>
    internal bool Paint(Action<int> begin)
    {
        bool goesOn = true;
        for (int pass = 2; goesOn && pass <= options.Passes; pass++)
        {
            begin(pass);
            goesOn = PaintPass(pass);
        }

        if (goesOn && options.Loop)
        {
            begin(options.PassCount);
            goesOn = CloseLoop(options.PassCount);
        }

        return goesOn;
    }

    /// <summary>Returns the painting of a frame from the latest pass.</summary>
    internal PlanarPicture Newest(int frame) => PaintingOf(options.PassCount, frame);

    /// <summary>Paints one pass: even passes run backward, odd ones forward.</summary>
    private bool PaintPass(int pass)
    {
        bool isForth = pass % 2 == 1;
        for (int place = 0; place < frames; place++)
        {
            int index = isForth ? place : frames - 1 - place;
            Picture frame = checkpoint.Read(0, index);
            PlanarPicture content = painter.Fit(frame);
            bool isFirst = EnterScene(index, isStart: place == 0);
            if (checkpoint.Find(pass, index) is null)
            {
                PlanarPicture? painting =
                    isFirst ? PaintingOf(pass - 1, index) : Repaint(frame, index, content, pass);
                if (painting is null)
                {
                    return false;
                }

                Append(pass, index, painting);
            }

            painter.Follow(new PaintedFrame(index, content, PaintingOf(pass, index)));
        }

        return true;
    }

    /// <summary>Repaints a frame, starting from its previous painting blended with its neighbor from this
    /// pass.</summary>
    private PlanarPicture? Repaint(Picture frame, int index, PlanarPicture content, int pass)
    {
        PaintedFrame neighbor = painter.Last!;
        FrameMotion motion = painter.MotionBetween(content, neighbor.Content);
        PlanarPicture brought = motion.WarpPainting(neighbor.Painting);
        PlanarPicture start = PaintingOf(pass - 1, index).Mix(brought, Shares(motion.Reliability, NeighborShare));
        return painter.Paint(
            frame, index, start, [new TemporalTarget(index - neighbor.Index, brought, motion.Reliability)]);
    }

    /// <summary>Repaints the first frames as a continuation of the last frame, with a gradual transition back to their
    /// previous paintings, so that the following frames still match.</summary>
    private bool CloseLoop(int pass)
    {
        int scene = scenes.Length > 1 ? scenes[1] : frames;
        int count = Math.Min(MaxLoopFrames, scene / 2);
        Picture first = checkpoint.Read(0, 0);
        painter.BeginScene(first, 0);
        painter.AnchorTo(PaintingOf(1, 0));
        painter.Follow(new PaintedFrame(
            frames - 1, painter.Fit(checkpoint.Read(0, frames - 1)), PaintingOf(options.Passes, frames - 1)));
        for (int index = 0; index < count; index++)
        {
            Picture frame = checkpoint.Read(0, index);
            PlanarPicture content = painter.Fit(frame);
            if (checkpoint.Find(pass, index) is null)
            {
                if (Join(frame, index, content, (index + 1f) / (count + 1)) is not PlanarPicture painting)
                {
                    return false;
                }

                Append(pass, index, painting);
            }

            painter.Follow(new PaintedFrame(index, content, PaintingOf(pass, index)));
        }

        return true;
    }

    /// <summary>Repaints a frame as a blend of the continuation from this pass and its previous painting.</summary>
    private PlanarPicture? Join(Picture frame, int index, PlanarPicture content, float share)
    {
        FrameMotion motion = painter.MotionBetween(content, painter.Last!.Content);
        PlanarPicture brought = motion.WarpPainting(painter.Last.Painting);
        PlanarPicture start = PaintingOf(options.Passes, index).Mix(brought, Shares(motion.Reliability, 1 - share));
        return painter.Paint(
            frame, index, start, [new TemporalTarget(1, start, Mask.White(start.Height, start.Width))]);
    }

    /// <summary>Starts a new scene if the frame belongs to a different one. Returns true at the start of a scene or of
    /// the pass.</summary>
    private bool EnterScene(int index, bool isStart)
    {
        int scene = checkpoint.Find(0, index)!.Scene;
        if (!isStart && painter.Last is PaintedFrame last && checkpoint.Find(0, last.Index)!.Scene == scene)
        {
            return false;
        }

        painter.BeginScene(checkpoint.Read(0, scene), scene);
        painter.AnchorTo(PaintingOf(1, scene));
        return true;
    }

    private void Append(int pass, int index, PlanarPicture painting)
        => checkpoint.Append(checkpoint.Find(0, index)! with { Pass = pass }, painting.ToPicture());

    private PlanarPicture PaintingOf(int newestPass, int index)
    {
        int pass = newestPass;
        while (checkpoint.Find(pass, index) is null)
            pass--;
        return PlanarPicture.From(checkpoint.Read(pass, index));
    }

    private static float[] Shares(Mask reliability, float share)
        => Array.ConvertAll(reliability.Values, value => share * value);
}
