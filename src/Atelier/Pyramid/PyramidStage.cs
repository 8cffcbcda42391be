using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>A run at one scale: the objective and its optimizer.</summary>
internal sealed class PyramidStage : IDisposable
{
    /// <summary>Default step size of Adam.</summary>
    internal const double AdamLearningRate = 0.03;

    private readonly IEngine _engine;
    private readonly Objective _objective;
    private readonly PinnedObjective? _pinned;
    private readonly int _margin;
    private LivePicture _picture;

    /// <summary>Measures the pictures at a scale and prepares the first iteration.</summary>
    /// <param name="run">The prepared run.</param>
    /// <param name="plan">The plan of the scale.</param>
    /// <param name="previous">The result of the previous scale; null for the first.</param>
    /// <param name="warm">Adam's state from the previous scale, including the margin, for a warm start; null for the
    /// first scale and for other optimizers.</param>
    internal PyramidStage(PreparedRun run, ScaleMemoryPlan plan, PlanarPicture? previous, AdamState? warm)
    {
        (_engine, _margin, Scale) = (run.Engine, run.Options.PaintedMargin, plan.Scale);
        StagePictures pictures = StagePictures.Create(run, Scale, previous);
        HeldMemory.Free(run, Scale);

        // Before the objective, so that the enlarged moments are not held beside its maps.
        Optimizer = FirstOptimizer(run, pictures.Start, previous, warm);
        HeldMemory.Free(run, Scale);
        try
        {
            (_objective, _pinned) = Build(run, plan, pictures);
        }
        catch
        {
            Optimizer.Dispose();
            throw;
        }

        _picture = new LivePicture(Read);
    }

    internal PyramidScale Scale { get; }

    internal IOptimizer Optimizer { get; private set; }

    /// <summary>The picture without the margin, which can be read during and after the iterations.</summary>
    internal LivePicture Picture => _picture;

    /// <summary>Terms of the objective at the last iteration.</summary>
    internal ImmutableArray<LossTerm> Terms => _objective.Terms;

    /// <summary>Adam's state, including the margin; null for other optimizers.</summary>
    internal AdamState? WarmStartState
    {
        get
        {
            // An engine performs one operation at a time, and somebody may be reading the picture.
            using Lock.Scope _ = _picture.EnterStep();
            return (Optimizer as Adam)?.State;
        }
    }

    /// <summary>Restarts with another photograph of the same size, such as the next video frame. The measured styles
    /// are kept.</summary>
    /// <param name="run">The request with the photograph; styles, guides and losses must be unchanged.</param>
    /// <param name="content">The photograph at the stage's size, as <see cref="PreparedRun.ContentAt"/> returns
    /// it.</param>
    /// <param name="start">The initial picture, of the same size.</param>
    /// <param name="targets">The temporal targets, of the same size.</param>
    /// <param name="temporalWeight">Weight of the temporal loss.</param>
    internal void Restart(
        PreparedRun run, ContentTarget content, PlanarPicture start, IEnumerable<TemporalTarget> targets,
        double temporalWeight)
    {
        _picture.End();
        start = run.PreservedAt(Scale.Height, Scale.Width)?.Pin(start).Clamp() ?? start;
        _objective.SetContent(content.Extend(_margin));
        _objective.SetTemporal([.. targets.Select(target => target.Extend(_margin))], temporalWeight);
        _objective.Prepare(start.Extend(_margin));
        Optimizer.Dispose();
        Optimizer = NewOptimizer(run, start.Extend(_margin).Values, warm: null, Scale.Iterations);
        _picture = new LivePicture(Read);
    }

    /// <summary>Anchors the style losses: moves their targets toward the statistics of a painting.</summary>
    /// <param name="painting">A painting of the stage's size.</param>
    /// <param name="share">How far to move, 0–1.</param>
    internal void Anchor(PlanarPicture painting, double share) => _objective.Anchor(painting.Extend(_margin), share);

    /// <summary>Evaluates the style and content terms for a painting; the run's photograph becomes the stage's
    /// content.</summary>
    internal ImmutableArray<LossTerm> MeasureDistances(PreparedRun run, PlanarPicture painting)
    {
        _objective.SetContent(run.ContentAt(Scale.Height, Scale.Width)!.Extend(_margin));
        return _objective.MeasureDistances(painting.Extend(_margin));
    }

    /// <summary>Everything but <see cref="IOptimizer.Numbers"/> that the next iterations depend on.</summary>
    internal IEnumerable<SavedValues> SavedValues
        =>
        [
            .. Optimizer.Tensors.Select(tensor => new SavedValues(
                tensor.Name, tensor.Values.Length, () => Read(tensor.Values),
                values => _engine.Write(values, tensor.Values))),
            .. _objective.SavedValues,
        ];

    /// <summary>Performs one iteration. Returns the objective before it.</summary>
    /// <param name="iteration">Number of the iteration, from 0.</param>
    internal double Step(int iteration)
    {
        using Lock.Scope _ = _picture.EnterStep();
        _objective.BeginIteration(iteration);
        return Optimizer.Step(_pinned is null ? _objective : _pinned);
    }

    /// <summary>Returns the result after the last iteration; memory that only iterations need is freed first.</summary>
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

    private (Objective Objective, PinnedObjective? Pinned) Build(
        PreparedRun run, ScaleMemoryPlan plan, StagePictures pictures)
    {
        PlanarPicture start = pictures.Start;
        Objective objective = run.Objectives.Build(
            start.Height, start.Width, pictures.Content, pictures.Styles, plan.MaxEncoderBytes, pictures.Guidance,
            Math.Pow((double)run.FinalSide / Scale.LongSide, run.Options.ContentGrowth));
        try
        {
            objective.Prepare(start);
            return (objective, pictures.Preserved?.Pin(_engine, objective, _margin));
        }
        catch
        {
            objective.Dispose();
            throw;
        }
    }

    private float[] Read(Tensor tensor)
    {
        float[] values = new float[tensor.Length];
        _engine.Read(tensor, values);
        return values;
    }

    private PlanarPicture Read()
        => new PlanarPicture(_objective.Height, _objective.Width, Optimizer.ReadResult()).Crop(_margin);

    private IOptimizer FirstOptimizer(
        PreparedRun run, PlanarPicture start, PlanarPicture? previous, AdamState? warm)
    {
        AdamState? enlarged = warm is null || previous is null
            ? null
            : WarmStart.Enlarge(
                warm, (previous.Height + (2 * _margin), previous.Width + (2 * _margin)), (start.Height, start.Width),
                _margin, run.Options.Tileable);
        return NewOptimizer(run, start.Values, enlarged, Scale.Iterations);
    }

    private static IOptimizer NewOptimizer(PreparedRun run, float[] start, AdamState? warm, int iterations)
    {
        (IEngine engine, StylizeOptions options) = (run.Engine, run.Options);
        return options.Optimizer switch
        {
            OptimizerKind.Adam => new Adam(
                engine, start, Bounds.Picture, options.LearningRate ?? AdamLearningRate, options.Average, warm)
            {
                Decay = new StepDecay(options.LearningRateEnd, iterations),
            },
            OptimizerKind.Lbfgs =>
                new Lbfgs(engine, start, Bounds.Picture, options.LearningRate ?? 1, options.History),

            // Losses are means over the picture, so the gradient of a single value shrinks with the number of values.
            OptimizerKind.Gd =>
                new GradientDescent(engine, start, Bounds.Picture, options.LearningRate ?? start.Length),
            OptimizerKind unknown => throw new UnreachableException($"There is no optimizer {unknown}."),
        };
    }
}
