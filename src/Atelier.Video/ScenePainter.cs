using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Styles;

namespace Atelier.Video;

/// <summary>Paints the frames of one scene. What is measured of the styles, and the map of colors where one is matched,
/// are those of the scene's first frame throughout.</summary>
internal sealed class ScenePainter : IDisposable
{
    // Of Adam's step size: what is nearly painted need not go far, and shorter steps leave less to flicker.
    private const double StepShare = 0.5;

    private readonly Stylizer _stylizer;
    private readonly VideoRequest _request;
    private readonly Network _network;
    private readonly ColorTreatment _colors;
    private readonly ImmutableArray<Style> _styles;
    private readonly StylizeOptions _laterOptions;
    private PlanarPicture? _anchor;
    private PyramidStage? _stage;
    private StylizeRequest? _treated;
    private SpatialGuides? _guides;

    /// <param name="stylizer">Whose engine paints.</param>
    /// <param name="network">What the frames are seen through.</param>
    /// <param name="request">How they are painted.</param>
    /// <param name="first">The scene's first frame.</param>
    internal ScenePainter(Stylizer stylizer, Network network, VideoRequest request, Picture first)
    {
        (_stylizer, _network, _request) = (stylizer, network, request);
        _colors = new ColorTreatment(request.Options, first, request.Palette, request.Guides.ColorMask);
        _styles = _colors.Recolor(request.Styles);
        _laterOptions = request.Options.Optimizer == OptimizerKind.Adam
            ? request.Options with
            {
                LearningRate = StepShare * (request.Options.LearningRate ?? PyramidStage.AdamLearningRate),
            }
            : request.Options;
    }

    /// <summary>What the user should know.</summary>
    internal ImmutableArray<string> Warnings { get; private set; } = [];

    private IEngine Engine => _stylizer.Engine;

    /// <summary>Paints the scene's first frame as a picture is painted.</summary>
    /// <returns>The painting, before colors are put back; null if the run was cancelled.</returns>
    internal PlanarPicture? PaintFirst(
        Picture frame, int index, IProgress<StylizeProgress> progress, CancellationToken cancel)
    {
        StylizeRequest request = RequestOf(frame, index);
        ObjectiveBuilder builder = _stylizer.BuilderFor(request, _network);
        PyramidRun run = new(Engine, builder, request);
        PlanarPicture painted = run.Paint(progress, cancel);
        Warnings = [.. Warnings, .. RequestChecks.Warnings(request, run.Final, _network, builder)];
        return run.IsComplete ? painted : null;
    }

    /// <summary>Paints a frame from what it is expected to be.</summary>
    /// <returns>The painting, before colors are put back; null if the run was cancelled.</returns>
    internal PlanarPicture? PaintNext(
        Picture frame, int index, PlanarPicture start, IEnumerable<TemporalTarget> targets,
        Action<int, PyramidStage> progress, CancellationToken cancel)
    {
        StylizeRequest request = RequestOf(frame, index);
        PyramidStage stage = _stage ??= NewStage(request, start);
        stage.Restart(request with { Options = _laterOptions }, start, targets, _request.Video.TemporalWeight);
        for (int step = 1; step <= stage.Scale.Steps; step++)
        {
            if (cancel.IsCancellationRequested)
            {
                return null;
            }

            stage.Step();
            progress(step, stage);
        }

        return stage.Result.Clamp();
    }

    /// <summary>Holds later frames to the look of the scene's first one.</summary>
    internal void AnchorTo(PlanarPicture first) => _anchor = first;

    /// <summary>How far a painting is from the styles and from its frame.</summary>
    internal (double Style, double Content) Judge(Picture frame, int index, PlanarPicture painted)
    {
        StylizeRequest request = RequestOf(frame, index);
        _stage ??= NewStage(request, painted);
        ImmutableArray<LossTerm> terms = _stage.Judge(request.Content!, painted);
        double SumOf(string kind)
            => terms.Where(term => term.Name.StartsWith(kind, StringComparison.Ordinal)).Sum(term => term.Value);
        return (SumOf("style"), SumOf("content"));
    }

    /// <summary>A painting with the colors that it is to have, and all that stays the frame's.</summary>
    internal Picture Finish(Picture frame, int index, PlanarPicture painted)
        => new Finishing(_request.RequestOf(frame, index), _colors.Of(frame)).Finish(painted.ToPicture());

    public void Dispose() => _stage?.Dispose();

    /// <summary>A frame as the network is to see it, with guides without labels.</summary>
    private StylizeRequest RequestOf(Picture frame, int index)
    {
        StylizeRequest request = _request.RequestOf(frame, index);
        if (_treated is null || !ReferenceEquals(_guides, request.Guides))
        {
            _guides = request.Guides;
            _treated = SemanticGuides.Resolve(request with { Styles = _styles }, out ImmutableArray<string> warnings);
            Warnings = [.. Warnings, .. warnings];
            _stage?.Dispose();
            _stage = null;
        }

        return _treated with { Content = _colors.Of(frame).Content };
    }

    private PyramidStage NewStage(StylizeRequest request, PlanarPicture start)
    {
        ObjectiveBuilder builder = _stylizer.BuilderFor(request, _network);
        PyramidScale scale = new(start.Width, start.Height, _request.Video.StepsOf(request.Options));
        ScalePlan plan = RunPlan.Of(builder, request, scale);
        PyramidStage stage = new(Engine, builder, request, plan, start, warm: null);
        if (_anchor is not null && _request.Video.Anchor > 0)
        {
            stage.Anchor(_anchor, _request.Video.Anchor);
        }

        return stage;
    }
}
