using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Video.Flow;

namespace Atelier.Video;

/// <summary>Paints the frames of a video one after the other, in either direction: the first of a scene as a picture is
/// painted, others from those that were painted just before.</summary>
/// <param name="stylizer">Whose engine paints.</param>
/// <param name="request">How frames are painted.</param>
/// <param name="size">Of the paintings.</param>
/// <param name="report">Told the number of the frame, the share of it that is done, and how to look at it.</param>
/// <param name="cancel">Ends a frame before it is done.</param>
internal sealed class FramePainter(
    Stylizer stylizer, VideoRequest request, (int Width, int Height) size, Action<int, double, Func<Picture>> report,
    CancellationToken cancel) : IDisposable
{
    // Of a frame: less does not tell how bright the rest is.
    private const double LeastKnown = 0.1;
    private const int LevelingTurns = 4;

    // Of a frame's work. Then its colors are leveled, and its samples rounded.
    private const double ShareOfSteps = 0.99;

    private readonly Network _network = stylizer.NetworkFor(request.Options);
    private readonly OpticalFlow _flow = new(stylizer.Workers);
    private readonly List<PaintedFrame> _past = [];
    private ImmutableArray<string> _warnings = [];
    private ScenePainter? _scene;

    /// <summary>SHA-256 of the network's file.</summary>
    internal string NetworkSha256 => _network.Sha256;

    /// <summary>The first frame of the present scene.</summary>
    internal int Scene { get; private set; } = -1;

    /// <summary>What the user should know, once each.</summary>
    internal IEnumerable<string> Warnings => _warnings.Concat(_scene?.Warnings ?? []).Distinct();

    /// <summary>The frame that was painted last; null where a scene begins.</summary>
    internal PaintedFrame? Last => _past.LastOrDefault();

    /// <summary>A frame of the video at the size of the paintings.</summary>
    internal PlanarPicture Fit(Picture frame) => PlanarPicture.From(frame, size.Height, size.Width).Clamp();

    /// <summary>Where the things of a frame are in another one.</summary>
    internal FrameMotion MotionBetween(PlanarPicture present, PlanarPicture other)
        => FrameMotion.Between(_flow, present, other);

    /// <summary>Forgets the frames before: the next one begins a scene, or a pass through it.</summary>
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

    /// <summary>Paints the first frame of the present scene.</summary>
    /// <returns>Null if the run was cancelled.</returns>
    internal PlanarPicture? PaintFirst(Picture frame, int index)
        => Done(frame, index, _scene!.PaintFirst(
            frame, index,
            step => report(index, ShareOfSteps * step.Fraction, () => step.Picture.Look().ToPicture()), cancel));

    /// <summary>Paints a frame that follows the last.</summary>
    /// <param name="motion">From it to the last.</param>
    /// <returns>Null if the run was cancelled.</returns>
    internal PlanarPicture? PaintNext(Picture frame, int index, PlanarPicture content, FrameMotion motion)
    {
        PlanarPicture brought = motion.BringPainting(_past[^1].Painting);
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
            targets.Add(new TemporalTarget(offset, path.BringPainting(earlier.Painting), path.Reliability));
        }

        PlanarPicture start = Imagined(content, _past[^1]).Mix(brought, motion.Reliability.Values);
        PlanarPicture? painting = PaintFree(frame, index, start, TemporalTarget.NearestFirst(targets));
        if (painting is not null && request.Video.Anchor > 0)
        {
            painting = Leveled(painting, brought, content, motion);
        }

        return Done(frame, index, painting);
    }

    /// <summary>Paints a frame of the present scene from a start, near to some targets.</summary>
    /// <returns>Null if the run was cancelled.</returns>
    internal PlanarPicture? Paint(
        Picture frame, int index, PlanarPicture start, IReadOnlyList<TemporalTarget> targets)
        => Done(frame, index, PaintFree(frame, index, start, targets));

    /// <summary>The painting before its samples are rounded to 256 levels. Steps smaller than half a level must not be
    /// lost before.</summary>
    private PlanarPicture? PaintFree(
        Picture frame, int index, PlanarPicture start, IReadOnlyList<TemporalTarget> targets)
    {
        void Report(int step, PyramidStage stage)
        {
            LivePicture picture = stage.Picture;
            report(index, ShareOfSteps * step / stage.Scale.Steps, () => picture.Look().ToPicture());
        }

        return _scene!.PaintNext(frame, index, start, targets, Report, cancel);
    }

    /// <summary>What a frame may look like when it is painted, where nothing of it has been seen before: the frame in
    /// the colors that the last one was painted in. What was moved there is drawn out to streaks.</summary>
    private static PlanarPicture Imagined(PlanarPicture content, PaintedFrame last)
    {
        LinearMatch match = LinearMatch.Between(
            ColorMoments.Of(last.Content.ToPicture()), ColorMoments.Of(last.Painting.ToPicture()),
            ColorMatchKind.MongeKantorovich);
        return PlanarPicture.From(match.Apply(content.ToPicture()));
    }

    /// <summary>The painting as it is kept, with 256 levels. Tells that the frame is done.</summary>
    private PlanarPicture? Done(Picture frame, int index, PlanarPicture? painting)
    {
        PlanarPicture? kept = painting?.ToBytesAndBack();
        if (kept is not null)
        {
            Finishing finishing = _scene!.FinishingOf(frame, index);
            report(index, 1, () => finishing.Finish(kept));
        }

        return kept;
    }

    /// <summary>Holds later frames of the present scene to the look of its first one.</summary>
    internal void AnchorTo(PlanarPicture first) => _scene!.AnchorTo(first);

    /// <summary>Goes on from a frame of the present scene that is painted.</summary>
    internal void Follow(PaintedFrame frame)
    {
        _past.Add(frame);
        if (_past.Count > request.Video.LongTerm[^1])
        {
            _past.RemoveAt(0);
        }
    }

    /// <summary>How far a painting is from the styles and from its frame.</summary>
    internal (double Style, double Content) Judge(Picture frame, int index, PlanarPicture painting)
        => _scene!.Judge(frame, index, painting);

    /// <summary>A painting with the colors that it is to have, and all that stays the frame's.</summary>
    internal Picture Finish(Picture frame, int index, PlanarPicture painting)
        => _scene!.FinishingOf(frame, index).Finish(painting);

    public void Dispose()
    {
        _scene?.Dispose();
        _network.Dispose();
    }

    /// <summary>A painting whose mean colors have changed, in what is seen in both frames, as the video's have: what is
    /// a little darker each time would end up dark.</summary>
    private PlanarPicture Leveled(
        PlanarPicture painting, PlanarPicture brought, PlanarPicture content, FrameMotion motion)
    {
        PlanarPicture before = motion.Bring(_past[^1].Content);
        float[] weights = motion.Reliability.Values, values = [.. painting.Values];
        double total = weights.Sum(weight => (double)weight);
        if (total < LeastKnown * weights.Length)
        {
            return painting;
        }

        for (int first = 0; first < values.Length; first += weights.Length)
        {
            // Samples that are black or white already do not go along, so the others must go farther.
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
