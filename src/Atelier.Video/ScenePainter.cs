using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Pyramid;

namespace Atelier.Video;

/// <summary>Paints the frames of one scene. The measured styles, the map of matched colors and the final map to the
/// artworks' colors are determined by the first frame and used throughout the scene.</summary>
internal sealed class ScenePainter : IDisposable
{
    private readonly Stylizer _stylizer;
    private readonly VideoRequest _request;
    private readonly PreparedRun _first;
    private PreparedRun _prepared;
    private SpatialGuides _guides;
    private Mask? _opacity;
    private PlanarPicture? _anchor;
    private LinearMatch? _finalMap;
    private SceneStages? _stages;

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
        (_guides, _opacity) = (still.Guides, Mask.OpacityOf(first));
        Warnings = _first.LabelWarnings;
    }

    /// <summary>Warnings for the user.</summary>
    internal ImmutableArray<string> Warnings { get; private set; }

    private SceneStages Stages
        => _stages ??= new SceneStages(_request.Video, _request.Video.Anchor > 0 ? _anchor : null);

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
    /// <param name="known">Where the initial picture is painted already; null for everywhere.</param>
    /// <returns>The painting before color restoration; null if the run was canceled.</returns>
    internal PlanarPicture? PaintNext(
        Picture frame, int index, PlanarPicture start, IReadOnlyList<TemporalTarget> targets, Mask? known,
        Action<double, LivePicture> report, CancellationToken cancel)
    {
        PreparedRun run = RunOf(frame, index);
        return Stages.Paint(run, start, targets, known, report, cancel);
    }

    /// <summary>Determines the look of later frames by the painting of the scene's first frame: its style anchors
    /// theirs, and the map of its colors to the artworks' is theirs too, because a map for each frame would take away
    /// what changes from frame to frame.</summary>
    internal void AnchorTo(PlanarPicture first) => (_anchor, _finalMap) = (first, _first.Finishing.MapOf(first));

    /// <summary>Measures the distances of a painting from the styles and from its frame.</summary>
    internal (double Style, double Content) MeasureDistances(Picture frame, int index, PlanarPicture painted)
    {
        PreparedRun run = RunOf(frame, index);
        ImmutableArray<LossTerm> terms = Stages.MeasureDistances(run, painted);
        double SumOf(LossKind kind) => terms.Where(term => term.Kind == kind).Sum(term => term.Value);
        return (SumOf(LossKind.Style), SumOf(LossKind.Content));
    }

    /// <summary>Returns the finishing of a frame: its final colors and preserved pixels.</summary>
    internal Func<PlanarPicture, Picture> FinishingOf(Picture frame, int index)
    {
        Finishing finishing = RunOf(frame, index).Finishing;
        return _finalMap is LinearMatch map ? painting => finishing.Finish(painting, map) : finishing.Finish;
    }

    public void Dispose() => _stages?.Dispose();

    /// <summary>Prepares a frame for painting. If the guides or the frame's transparency have changed, everything
    /// measured with them is measured again.</summary>
    private PreparedRun RunOf(Picture frame, int index)
    {
        StylizeRequest request = _request.RequestOf(frame, index);
        Mask? opacity = Mask.OpacityOf(frame);
        if (!ReferenceEquals(_guides, request.Guides) || !AreEqual(opacity, _opacity))
        {
            (_guides, _opacity) = (request.Guides, opacity);
            _prepared = _stylizer.Prepare(request, _first.Network).InSceneOf(_first);
            Warnings = [.. Warnings, .. _prepared.LabelWarnings];
            _stages?.Dispose();
            _stages = null;
        }

        return _prepared.For(frame);
    }

    private static bool AreEqual(Mask? one, Mask? other)
        => one is null || other is null
            ? one == other
            : (one.Height, one.Width) == (other.Height, other.Width) && one.Values.AsSpan().SequenceEqual(other.Values);
}
