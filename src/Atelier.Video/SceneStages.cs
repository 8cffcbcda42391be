using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Pyramid;

namespace Atelier.Video;

/// <summary>Paints the later frames of a scene: at the final scale only, or coarse to fine where a frame shows
/// something new, which would otherwise have weaker strokes than the rest. The stages of all scales are kept from frame
/// to frame, so that the styles are measured once.</summary>
/// <param name="video">The options of the video.</param>
/// <param name="anchor">The first frame's painting, toward which the styles are moved; null for none.</param>
internal sealed class SceneStages(VideoOptions video, PlanarPicture? anchor) : IDisposable
{
    // Fraction of Adam's step size: a nearly finished frame needs only small changes, and smaller steps cause less
    // flicker.
    private const double StepShare = 0.8;

    // Fraction of a frame below which what is new needs no coarse scales.
    private const double MinNew = 0.001;

    private readonly SortedDictionary<int, PyramidStage> _stages = [];

    /// <summary>Paints a frame.</summary>
    /// <param name="run">The request with the frame; styles, guides and losses must be the same for all frames.</param>
    /// <param name="start">The initial picture, of the final size.</param>
    /// <param name="targets">The temporal targets, of the same size.</param>
    /// <param name="known">Where the initial picture is painted already; null for everywhere.</param>
    /// <param name="report">Receives the fraction of the frame's work that is done, and the picture.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The painting; null if the work was canceled.</returns>
    internal PlanarPicture? Paint(
        PreparedRun run, PlanarPicture start, IReadOnlyList<TemporalTarget> targets, Mask? known,
        Action<double, LivePicture> report, CancellationToken cancel)
    {
        int last = run.Scales.Length - 1;
        int first = known is null || known.Values.Average() > 1 - MinNew ? last : 0;
        double work = Enumerable.Range(first, last + 1 - first).Sum(i => ScaleAt(run, i).Work), done = 0;
        PlanarPicture? painting = null;
        for (int i = first; i <= last; i++)
        {
            PyramidScale scale = ScaleAt(run, i);
            ContentTarget content = run.ContentAt(scale.Height, scale.Width)!;
            PlanarPicture begin = start.Resize(scale.Height, scale.Width, run.Options.Tileable);
            if (painting is not null)
            {
                begin = StagePictures.Enlarge(run, painting, content.Picture)
                    .Mix(begin, known!.Resize(scale.Height, scale.Width).Values);
            }

            begin.Clamp();
            PyramidStage stage = StageAt(run, i, begin);
            stage.Restart(
                i == last ? WithShortSteps(run) : run, content, begin,
                targets.Select(target => target.Resize(scale.Height, scale.Width)), video.TemporalWeight);
            for (int step = 0; step < scale.Iterations; step++)
            {
                if (cancel.IsCancellationRequested)
                {
                    stage.Picture.End();
                    return null;
                }

                stage.Step(step);
                done += scale.Work / scale.Iterations;
                report(done / work, stage.Picture);
            }

            painting = stage.Picture.End().Clamp();
        }

        return painting;
    }

    /// <summary>Evaluates the style and content terms for a painting of the final size.</summary>
    internal ImmutableArray<LossTerm> MeasureDistances(PreparedRun run, PlanarPicture painting)
        => StageAt(run, run.Scales.Length - 1, painting).MeasureDistances(run, painting);

    public void Dispose()
    {
        foreach (PyramidStage stage in _stages.Values)
            stage.Dispose();
        _stages.Clear();
    }

    private PyramidStage StageAt(PreparedRun run, int index, PlanarPicture start)
    {
        if (_stages.TryGetValue(index, out PyramidStage? stage))
        {
            return stage;
        }

        // The plan of a scale assumes that there are no others.
        if (run.Scales.Sum(scale => scale.PeakBytes) > run.Options.MaxMemory)
        {
            Dispose();
        }

        stage = new PyramidStage(run, run.Scales[index] with { Scale = ScaleAt(run, index) }, start, warm: null);
        _stages.Add(index, stage);
        if (anchor is not null)
        {
            stage.Anchor(anchor.Resize(start.Height, start.Width, run.Options.Tileable), video.Anchor);
        }

        return stage;
    }

    /// <summary>Returns a scale with the iterations of a later frame.</summary>
    private PyramidScale ScaleAt(PreparedRun run, int index)
    {
        PyramidScale scale = run.Scales[index].Scale;
        double share = (double)video.IterationsFor(run.Options) / run.Options.Iterations;
        return scale with { Iterations = Math.Max(1, (int)Math.Round(share * scale.Iterations)) };
    }

    private static PreparedRun WithShortSteps(PreparedRun run) => run.Options.Optimizer == OptimizerKind.Adam
        ? run with
        {
            Options = run.Options with
            {
                LearningRate = StepShare * (run.Options.LearningRate ?? PyramidStage.AdamLearningRate),
            },
        }
        : run;
}
