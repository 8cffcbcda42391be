using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>A run at one size: the objective, and the optimizer at work on it.</summary>
internal sealed class PyramidStage : IDisposable
{
    /// <summary>Step size of Adam where none is given.</summary>
    internal const double AdamLearningRate = 0.03;

    private readonly IEngine _engine;
    private readonly Objective _objective;
    private readonly PinnedObjective? _pinned;
    private readonly int _margin;
    private LivePicture _picture;

    /// <summary>Measures the pictures at a size and makes ready for the first step.</summary>
    /// <param name="run">What is painted.</param>
    /// <param name="plan">The size.</param>
    /// <param name="previous">The result of the size before; null at the first.</param>
    /// <param name="warm">What Adam knew then, with margin; null at the first and for other methods.</param>
    internal PyramidStage(PreparedRun run, ScalePlan plan, PlanarPicture? previous, AdamState? warm)
    {
        (_engine, _margin, Scale) = (run.Engine, run.Options.PaintedMargin, plan.Scale);
        (_objective, _pinned, PlanarPicture start) = Measure(run, plan, previous);
        AdamState? enlarged = warm is null || previous is null
            ? null
            : WarmStart.Enlarge(
                warm, (previous.Height + (2 * _margin), previous.Width + (2 * _margin)), (start.Height, start.Width),
                _margin, run.Options.Tileable);
        Optimizer = NewOptimizer(run, start.Values, enlarged);
        _picture = new LivePicture(Read);
    }

    internal PyramidScale Scale { get; }

    internal IOptimizer Optimizer { get; private set; }

    /// <summary>The picture without the margin, as it stands and at last.</summary>
    internal LivePicture Picture => _picture;

    /// <summary>Terms of the objective at the last step.</summary>
    internal ImmutableArray<LossTerm> Terms => _objective.Terms;

    /// <summary>What Adam knows, with margin; null for other methods.</summary>
    internal AdamState? Warmth => (Optimizer as Adam)?.State;

    /// <summary>Begins to paint another photograph of the same shape, as the next frame of a video. What was measured
    /// of the styles stays.</summary>
    /// <param name="run">With the photograph; styles, guides and losses must be the same.</param>
    /// <param name="start">What to start from, of the stage's size.</param>
    /// <param name="targets">What the painting is to stay near to, of the same size.</param>
    /// <param name="temporalWeight">How strongly.</param>
    internal void Restart(
        PreparedRun run, PlanarPicture start, IEnumerable<TemporalTarget> targets, double temporalWeight)
    {
        _picture.End();
        PlanarPicture content = PlanarPicture.From(run.Content!, Scale.Height, Scale.Width);
        start = Preservation.Of(run.Guides, run.StyleCount, content)?.Pin(start).Clamp() ?? start;
        _objective.SetContent(content.Extend(_margin));
        _objective.SetTemporal([.. targets.Select(target => target.Extend(_margin))], temporalWeight);
        Optimizer.Dispose();
        Optimizer = NewOptimizer(run, start.Extend(_margin).Values, warm: null);
        _picture = new LivePicture(Read);
    }

    /// <summary>Draws the aims of the style terms toward what a painting has of them.</summary>
    /// <param name="painting">Of the stage's size.</param>
    /// <param name="share">How far, 0–1.</param>
    internal void Anchor(PlanarPicture painting, double share) => _objective.Anchor(painting.Extend(_margin), share);

    /// <summary>How far a painting is from the styles, and from a photograph, which becomes the stage's.</summary>
    internal ImmutableArray<LossTerm> Judge(Picture content, PlanarPicture painting)
    {
        _objective.SetContent(PlanarPicture.From(content, Scale.Height, Scale.Width).Extend(_margin));
        return _objective.Judge(painting.Extend(_margin));
    }

    /// <summary>Improves the picture. Returns the objective before the step.</summary>
    internal double Step()
    {
        using Lock.Scope _ = _picture.EnterStep();
        return Optimizer.Step(_pinned is null ? _objective : _pinned);
    }

    /// <summary>The result, after the last step: what only steps need is freed before.</summary>
    internal PlanarPicture Finish()
    {
        _objective.Dispose();
        _pinned?.Dispose();
        return _picture.End();
    }

    public void Dispose()
    {
        _picture.End();
        Optimizer.Dispose();
        _objective.Dispose();
        _pinned?.Dispose();
    }

    /// <summary>The objective, and the picture to start from. All other pictures end here.</summary>
    private (Objective Objective, PinnedObjective? Pinned, PlanarPicture Start) Measure(
        PreparedRun run, ScalePlan plan, PlanarPicture? previous)
    {
        (int width, int height) = (Scale.Width, Scale.Height);
        PlanarPicture content = run.Content is Picture photograph
            ? PlanarPicture.From(photograph, height, width)
            : new PlanarPicture(height, width, new float[3 * height * width]);
        int longSide = Math.Max(1, (int)Math.Round(Scale.LongSide * run.Options.StyleScale));
        Guidance guidance = Guidance.Of(run.Guides, run.StyleCount, height, width, _margin);
        SizedStyle[] styles = [.. run.Styles.Select(
            (style, i) => SizedStyle.Fit(style, run.Guides.RegionOf(i), longSide) with
            {
                RegionTitle = run.Guides.RegionTitles.ElementAtOrDefault(i),
            })];
        PlanarPicture start = previous?.Resize(height, width, run.Options.Tileable).Clamp()
            ?? StartingPicture.Create(run.Options, run.Initial, content, styles);
        Preservation? preservation = Preservation.Of(run.Guides, run.StyleCount, content);
        start = (preservation?.Pin(start).Clamp() ?? start).Extend(_margin);
        content = content.Extend(_margin);
        Objective objective =
            run.Objectives.Build(start.Height, start.Width, content, styles, plan.MostChainBytes, guidance);
        return (objective, preservation?.Pin(_engine, objective, _margin), start);
    }

    private PlanarPicture Read()
        => new PlanarPicture(_objective.Height, _objective.Width, Optimizer.ReadResult()).Crop(_margin);

    private static IOptimizer NewOptimizer(PreparedRun run, float[] start, AdamState? warm)
    {
        (IEngine engine, StylizeOptions options) = (run.Engine, run.Options);
        return options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam(
                engine, start, Bounds.Picture, options.LearningRate ?? AdamLearningRate, options.Average, warm),
            OptimizerKind.Lbfgs =>
                new Lbfgs(engine, start, Bounds.Picture, options.LearningRate ?? 1, options.History),

            // Losses are means over the picture, so the gradient of one value shrinks with their number.
            OptimizerKind.Gd =>
                new GradientDescent(engine, start, Bounds.Picture, options.LearningRate ?? start.Length),
            OptimizerKind unknown => throw new UnreachableException($"There is no optimizer {unknown}."),
        };
    }
}
