using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>Paints the frames of a video one after another, in either direction: the first frame of a scene like a
/// still picture, every other frame starting from the frames painted before it.</summary>
/// <param name="stylizer">The stylizer whose engine is used.</param>
/// <param name="request">The request.</param>
/// <param name="size">Size of the paintings.</param>
/// <param name="report">Receives the number of the frame, the fraction of it that is done, and a function that returns
/// a preview.</param>
/// <param name="cancel">Cancels the run before a frame is complete.</param>
internal sealed class FramePainter(
    Stylizer stylizer, VideoRequest request, (int Width, int Height) size, Action<int, double, Func<Picture>> report,
    CancellationToken cancel) : IDisposable
{
    // Minimum fraction of a frame; less does not indicate how bright the rest is.
    private const double MinKnown = 0.1;
    private const int LevelingTurns = 4;

    // Fraction of a frame's work. After it, the colors are stabilized and the samples rounded.
    private const double ShareOfIterations = 0.99;

    private readonly Network _network = stylizer.LoadNetwork(request.Options);
    private readonly OpticalFlow _flow = new(stylizer.Workers);
    private readonly List<PaintedFrame> _past = [];
    private ImmutableArray<string> _warnings = [];
    private ScenePainter? _scene;

    /// <summary>SHA-256 of the network's file.</summary>
    internal string NetworkSha256 => _network.Sha256;

    /// <summary>Index of the first frame of the current scene.</summary>
    internal int Scene { get; private set; } = -1;

    /// <summary>Warnings for the user, without duplicates.</summary>
    internal IEnumerable<string> Warnings => _warnings.Concat(_scene?.Warnings ?? []).Distinct();

    /// <summary>The frame painted last; null at the start of a scene.</summary>
    internal PaintedFrame? Last => _past.LastOrDefault();

    /// <summary>Resizes a frame of the video to the size of the paintings.</summary>
    internal PlanarPicture Fit(Picture frame) => Fit(frame, size);

    /// <summary>Resizes a frame of a video to the size of its paintings.</summary>
    internal static PlanarPicture Fit(Picture frame, (int Width, int Height) size)
        => PlanarPicture.From(frame, size.Height, size.Width).Clamp();

    /// <summary>Computes the motion from one frame to another.</summary>
    internal FrameMotion MotionBetween(PlanarPicture present, PlanarPicture other)
        => FrameMotion.Between(_flow, present, other);

    /// <summary>Discards the previous frames: the next frame starts a scene, or a pass over it.</summary>
    /// <param name="first">The scene's first frame.</param>
    /// <param name="index">Its number.</param>
    internal void BeginScene(Picture first, int index)
    {
        _past.Clear();
        if (Scene != index)
        {
            _warnings = [.. Warnings];
            _scene?.Dispose();
            (_scene, Scene) = (new ScenePainter(stylizer, _network, request, first, index), index);
        }
    }

    /// <summary>Paints the first frame of the current scene.</summary>
    /// <returns>Null if the run was canceled.</returns>
    internal PlanarPicture? PaintFirst(Picture frame, int index)
        => Done(frame, index, _scene!.PaintFirst(
            frame, index,
            step => report(index, ShareOfIterations * step.Fraction, () => step.Picture.Look().ToPicture()), cancel));

    /// <summary>Paints a frame that follows the last.</summary>
    /// <param name="motion">The motion from this frame to the last one.</param>
    /// <returns>Null if the run was canceled.</returns>
    internal PlanarPicture? PaintNext(Picture frame, int index, PlanarPicture content, FrameMotion motion)
    {
        PlanarPicture brought = motion.WarpPainting(_past[^1].Painting);
        List<TemporalTarget> targets = [];
        foreach (int offset in request.Video.LongTerm.Where(offset => offset <= _past.Count))
        {
            if (offset == 1)
            {
                targets.Add(new TemporalTarget(1, brought, motion.Reliability));
                continue;
            }

            PaintedFrame earlier = _past[^offset];
            FrameMotion path = MotionBetween(content, earlier.Content);
            targets.Add(new TemporalTarget(offset, path.WarpPainting(earlier.Painting), path.Reliability));
        }

        PlanarPicture start = Imagined(content, _past[^1]).Mix(brought, motion.Reliability.Values);
        PlanarPicture? painting =
            PaintFree(frame, index, start, TemporalTarget.NearestFirst(targets), motion.Reliability);
        if (painting is not null && request.Video.Anchor > 0)
        {
            painting = Leveled(painting, brought, content, motion);
        }

        return Done(frame, index, painting);
    }

    /// <summary>Paints a frame of the current scene from an initial picture, with temporal targets.</summary>
    /// <returns>Null if the run was canceled.</returns>
    internal PlanarPicture? Paint(
        Picture frame, int index, PlanarPicture start, IReadOnlyList<TemporalTarget> targets)
        => Done(frame, index, PaintFree(frame, index, start, targets, known: null));

    /// <summary>Returns the painting before its samples are rounded to 256 levels, so that changes smaller than half a
    /// level are not lost.</summary>
    private PlanarPicture? PaintFree(
        Picture frame, int index, PlanarPicture start, IReadOnlyList<TemporalTarget> targets, Mask? known)
    {
        void Report(double fraction, LivePicture picture)
            => report(index, ShareOfIterations * fraction, () => picture.Look().ToPicture());

        return _scene!.PaintNext(frame, index, start, targets, known, Report, cancel);
    }

    /// <summary>Estimates the painting where a frame shows something new: the frame itself, matched to the colors of
    /// the last painting. The warped painting would show streaks there.</summary>
    private static PlanarPicture Imagined(PlanarPicture content, PaintedFrame last)
    {
        LinearMatch match = LinearMatch.Between(
            ColorMoments.Measure(last.Content.ToPicture()), ColorMoments.Measure(last.Painting.ToPicture()),
            ColorMatchKind.MongeKantorovich);
        return PlanarPicture.From(match.Apply(content.ToPicture()));
    }

    /// <summary>Rounds the painting to 256 levels, as it is stored, and reports that the frame is complete.</summary>
    private PlanarPicture? Done(Picture frame, int index, PlanarPicture? painting)
    {
        PlanarPicture? kept = painting?.ToBytesAndBack();
        if (kept is not null)
        {
            Func<PlanarPicture, Picture> finish = _scene!.FinishingOf(frame, index);
            report(index, 1, () => finish(kept));
        }

        return kept;
    }

    /// <summary>Determines the look of later frames of the current scene by the painting of its first
    /// frame.</summary>
    internal void AnchorTo(PlanarPicture first) => _scene!.AnchorTo(first);

    /// <summary>Continues from an already painted frame of the current scene.</summary>
    internal void Follow(PaintedFrame frame)
    {
        _past.Add(frame);
        if (_past.Count > request.Video.LongTerm[^1])
        {
            _past.RemoveAt(0);
        }
    }

    /// <summary>Measures the distances of a painting from the styles and from its frame.</summary>
    internal (double Style, double Content) MeasureDistances(Picture frame, int index, PlanarPicture painting)
        => _scene!.MeasureDistances(frame, index, painting);

    /// <summary>Returns the painting with its final colors and the preserved pixels of the frame.</summary>
    internal Picture Finish(Picture frame, int index, PlanarPicture painting)
        => _scene!.FinishingOf(frame, index)(painting);

    public void Dispose()
    {
        _scene?.Dispose();
        _network.Dispose();
    }

    /// <summary>Adjusts the mean colors of a painting so that, where both frames show the same content, they change as
    /// in the video. Otherwise small brightness changes would accumulate.</summary>
    private PlanarPicture Leveled(
        PlanarPicture painting, PlanarPicture brought, PlanarPicture content, FrameMotion motion)
    {
        PlanarPicture before = motion.Warp(_past[^1].Content);
        float[] weights = motion.Reliability.Values, values = [.. painting.Values];
        double total = weights.Sum(weight => (double)weight);
        if (total < MinKnown * weights.Length)
        {
            return painting;
        }

        for (int first = 0; first < values.Length; first += weights.Length)
        {
            // Samples that are already black or white cannot follow, so the others must change more.
            for (int turn = 0; turn < LevelingTurns; turn++)
            {
                double sum = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    int k = first + i;
                    sum += weights[i] * (brought.Values[k] - values[k] + content.Values[k] - before.Values[k]);
                }

                foreach (ref float value in values.AsSpan(first, weights.Length))
                    value = Math.Clamp(value + (float)(sum / total), 0f, 1f);
            }
        }

        return painting with { Values = values };
    }
}
