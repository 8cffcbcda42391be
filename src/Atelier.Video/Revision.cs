using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier.Video;

/// <summary>Goes through the frames of a video again, after all have been painted once: back and forth, so that each
/// frame learns from both its neighbors (Ruder et al. 2016, section 4.5), and at last from the last frame on to the
/// first ones, so that a loop closes.</summary>
/// <param name="options">How often.</param>
/// <param name="painter">Paints.</param>
/// <param name="spool">Holds the frames of the video and those of the first pass, and receives the others.</param>
/// <param name="scenes">The first frame of each scene.</param>
/// <param name="frames">How many frames there are.</param>
internal sealed class Revision(
    VideoOptions options, FramePainter painter, FrameSpool spool, ImmutableArray<int> scenes, int frames)
{
    // Of a neighbor's painting in what a frame starts from.
    private const float NeighborShare = 0.5f;

    // A loop closes over so many frames.
    private const int MostLoopFrames = 12;

    /// <summary>Paints. Returns whether all was done.</summary>
    /// <param name="begin">Told the number of each pass.</param>
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

    /// <summary>The painting of a frame by the latest pass that has come to it.</summary>
    internal PlanarPicture Newest(int frame) => PaintingOf(options.PassCount, frame);

    /// <summary>Even passes go back, odd ones forth.</summary>
    private bool PaintPass(int pass)
    {
        bool isForth = pass % 2 == 1;
        for (int place = 0; place < frames; place++)
        {
            int index = isForth ? place : frames - 1 - place;
            Picture frame = spool.Read(0, index);
            PlanarPicture content = painter.Fit(frame);
            bool isFirst = EnterScene(index, isStart: place == 0);
            if (spool.Find(pass, index) is null)
            {
                PlanarPicture? painting =
                    isFirst ? PaintingOf(pass - 1, index) : Revise(frame, index, content, pass);
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

    /// <summary>A frame from what it was, blended with its neighbor by this pass.</summary>
    private PlanarPicture? Revise(Picture frame, int index, PlanarPicture content, int pass)
    {
        PaintedFrame neighbor = painter.Last!;
        FrameMotion motion = painter.MotionBetween(content, neighbor.Content);
        PlanarPicture brought = motion.BringPainting(neighbor.Painting);
        PlanarPicture start = PaintingOf(pass - 1, index).Mix(brought, Shares(motion.Reliability, NeighborShare));
        return painter.Paint(
            frame, index, start, [new TemporalTarget(index - neighbor.Index, brought, motion.Reliability)]);
    }

    /// <summary>Paints the first frames again, following from the last: the first as if it came next, and each more as
    /// it was, so that the rest follows from them as before.</summary>
    private bool CloseLoop(int pass)
    {
        int scene = scenes.Length > 1 ? scenes[1] : frames;
        int count = Math.Min(MostLoopFrames, scene / 2);
        Picture first = spool.Read(0, 0);
        painter.BeginScene(first, 0);
        painter.AnchorTo(PaintingOf(1, 0));
        painter.Follow(new PaintedFrame(
            frames - 1, painter.Fit(spool.Read(0, frames - 1)), PaintingOf(options.Passes, frames - 1)));
        for (int index = 0; index < count; index++)
        {
            Picture frame = spool.Read(0, index);
            PlanarPicture content = painter.Fit(frame);
            if (spool.Find(pass, index) is null)
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

    /// <summary>A frame between what follows from the one before, by this pass, and what it was.</summary>
    private PlanarPicture? Join(Picture frame, int index, PlanarPicture content, float share)
    {
        FrameMotion motion = painter.MotionBetween(content, painter.Last!.Content);
        PlanarPicture brought = motion.BringPainting(painter.Last.Painting);
        PlanarPicture start = PaintingOf(options.Passes, index).Mix(brought, Shares(motion.Reliability, 1 - share));
        return painter.Paint(
            frame, index, start, [new TemporalTarget(1, start, Mask.White(start.Height, start.Width))]);
    }

    /// <summary>Begins another scene where a frame is of another. Returns whether it is, or the pass begins.</summary>
    private bool EnterScene(int index, bool isStart)
    {
        int scene = spool.Find(0, index)!.Scene;
        if (!isStart && painter.Last is PaintedFrame last && spool.Find(0, last.Index)!.Scene == scene)
        {
            return false;
        }

        painter.BeginScene(spool.Read(0, scene), scene);
        painter.AnchorTo(PaintingOf(1, scene));
        return true;
    }

    private void Append(int pass, int index, PlanarPicture painting)
        => spool.Append(spool.Find(0, index)! with { Pass = pass }, painting.ToPicture());

    private PlanarPicture PaintingOf(int newestPass, int index)
    {
        int pass = newestPass;
        while (spool.Find(pass, index) is null)
            pass--;
        return PlanarPicture.From(spool.Read(pass, index));
    }

    private static float[] Shares(Mask reliability, float share)
        => Array.ConvertAll(reliability.Values, value => share * value);
}
