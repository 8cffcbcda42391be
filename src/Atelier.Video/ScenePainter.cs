using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;

namespace Atelier.Video;

/// <summary>Paints the frames of one scene. The measured styles and the color map, if colors are matched, are
/// determined by the first frame and used throughout the scene.</summary>
internal sealed class ScenePainter : IDisposable
{
    // Fraction of Adam's step size: a nearly finished frame needs only small changes, and smaller steps cause less
    // flicker.
    private const double StepShare = 0.5;

    private readonly Stylizer _stylizer;
    private readonly VideoRequest _request;
    private readonly PreparedRun _first;
    private PreparedRun _prepared;
    private SpatialGuides _guides;
    private PlanarPicture? _anchor;
    private PyramidStage? _stage;

    /// <param name="stylizer">The stylizer whose engine is used.</param>
    /// <param name="network">The perceptual network.</param>
    /// <param name="request">The request.</param>
    /// <param name="first">The scene's first frame.</param>
    /// <param name="index">Its number.</param>
    /// <exception cref="OptionsException">The frame's guides cannot be used.</exception>
    internal ScenePainter(Stylizer stylizer, Network network, VideoRequest request, Picture first, int index)
    {
        (_stylizer, _request) = (stylizer, request);
        StylizeRequest still = request.RequestOf(first, index);
        _first = _prepared = stylizer.Prepare(still, network);
        _guides = still.Guides;
        Warnings = _first.LabelWarnings;
    }

    /// <summary>Warnings for the user.</summary>
    internal ImmutableArray<string> Warnings { get; private set; }

    /// <summary>Paints the scene's first frame like a still picture.</summary>
    /// <returns>The painting before color restoration; null if the run was canceled.</returns>
    internal PlanarPicture? PaintFirst(Picture frame, int index, Action<RunProgress> report, CancellationToken cancel)
    {
        PreparedRun run = RunOf(frame, index);
        Painting painting = TransferMethods.Create(run).Paint(report, cancel);
        Warnings = [.. Warnings, .. RunWarnings.Of(run)];
        return painting.IsComplete ? painting.Picture : null;
    }

    /// <summary>Paints a later frame from an initial picture.</summary>
    /// <returns>The painting before color restoration; null if the run was canceled.</returns>
    internal PlanarPicture? PaintNext(
        Picture frame, int index, PlanarPicture start, IEnumerable<TemporalTarget> targets,
        Action<int, PyramidStage> progress, CancellationToken cancel)
    {
        PreparedRun run = RunOf(frame, index);
        PyramidStage stage = _stage ??= CreateStage(run, start);
        stage.Restart(WithShortSteps(run), start, targets, _request.Video.TemporalWeight);
        for (int step = 1; step <= stage.Scale.Iterations; step++)
        {
            if (cancel.IsCancellationRequested)
            {
                stage.Picture.End();
                return null;
            }

            stage.Step(step - 1);
            progress(step, stage);
        }

        return stage.Picture.End().Clamp();
    }

    /// <summary>Anchors later frames to the style of the scene's first frame.</summary>
    internal void AnchorTo(PlanarPicture first) => _anchor = first;

    /// <summary>Measures the distances of a painting from the styles and from its frame.</summary>
    internal (double Style, double Content) MeasureDistances(Picture frame, int index, PlanarPicture painted)
    {
        PreparedRun run = RunOf(frame, index);
        _stage ??= CreateStage(run, painted);
        ImmutableArray<LossTerm> terms = _stage.MeasureDistances(run, painted);
        double SumOf(LossKind kind) => terms.Where(term => term.Kind == kind).Sum(term => term.Value);
        return (SumOf(LossKind.Style), SumOf(LossKind.Content));
    }

    /// <summary>Returns the finishing of a frame: its final colors and preserved pixels.</summary>
    internal Finishing FinishingOf(Picture frame, int index) => RunOf(frame, index).Finishing;

    public void Dispose() => _stage?.Dispose();

    /// <summary>Prepares a frame for painting. If the guides have changed, everything measured with them is measured
    /// again.</summary>
    private PreparedRun RunOf(Picture frame, int index)
    {
        StylizeRequest request = _request.RequestOf(frame, index);
        if (!ReferenceEquals(_guides, request.Guides))
        {
            _guides = request.Guides;
            _prepared = _stylizer.Prepare(request, _first.Network).InSceneOf(_first);
            Warnings = [.. Warnings, .. _prepared.LabelWarnings];
            _stage?.Dispose();
            _stage = null;
        }

        return _prepared.For(frame);
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

    private PyramidStage CreateStage(PreparedRun run, PlanarPicture start)
    {
        PyramidScale scale = new(start.Width, start.Height, _request.Video.IterationsFor(run.Options));
        PyramidStage stage = new(run, MemoryPlanner.Plan(run, scale), start, warm: null);
        if (_anchor is not null && _request.Video.Anchor > 0)
        {
            stage.Anchor(_anchor, _request.Video.Anchor);
        }

        return stage;
    }
}
