using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;
using Atelier.Tensors;

namespace Atelier.Pyramid;

/// <summary>A run at one size: the objective, and the optimizer at work on it.</summary>
internal sealed class PyramidStage : IDisposable
{
    // In pixels: smaller ones are nothing beside the runtime.
    private const long LargePicture = 1 << 20;

    private readonly IEngine _engine;
    private readonly Objective _objective;
    private readonly PeriodicObjective? _periodic;
    private readonly IOptimizer _optimizer;
    private readonly (int Height, int Width) _size;

    // Pixels around the picture that are painted too; what repeats has none of its own.
    private readonly int _margin;

    /// <summary>Measures the pictures at a size and makes ready for the first step.</summary>
    /// <param name="builder">Makes the objective.</param>
    /// <param name="request">Pictures and options.</param>
    /// <param name="plan">The size.</param>
    /// <param name="previous">The result of the size before; null at the first.</param>
    /// <param name="warm">What Adam knew then, with margin; null at the first and for other methods.</param>
    internal PyramidStage(
        IEngine engine, ObjectiveBuilder builder, StylizeRequest request, ScalePlan plan, PlanarPicture? previous,
        AdamState? warm)
    {
        bool isPeriodic = request.Options.Tileable;
        (_engine, _margin, Scale) = (engine, isPeriodic ? 0 : request.Options.Margin, plan.Scale);
        (_objective, PlanarPicture start) = Measure(builder, request, plan, previous);
        _size = (start.Height, start.Width);
        _periodic = isPeriodic ? new PeriodicObjective(engine, _objective, _size, request.Options.Margin) : null;
        FreePictures();
        AdamState? enlarged = warm is null || previous is null
            ? null
            : WarmStart.Enlarge(
                warm, (previous.Height + (2 * _margin), previous.Width + (2 * _margin)), (start.Height, start.Width),
                _margin);
        _optimizer = NewOptimizer(engine, request.Options, start.Values, enlarged);
    }

    internal PyramidScale Scale { get; }

    /// <summary>Terms of the objective at the last step.</summary>
    internal ImmutableArray<LossTerm> Terms => _objective.Terms;

    /// <summary>What Adam knows, with margin; null for other methods.</summary>
    internal AdamState? Warmth => (_optimizer as Adam)?.State;

    /// <summary>The optimizer's result without the margin.</summary>
    internal PlanarPicture Result
    {
        get
        {
            Tensor result = _optimizer.Result;
            float[] values = new float[result.Length];
            _engine.Read(result, values);
            return new PlanarPicture(_size.Height, _size.Width, values).Crop(_margin);
        }
    }

    /// <summary>Improves the picture. Returns the objective before the step.</summary>
    internal double Step() => _optimizer.Step(_periodic is null ? _objective : _periodic);

    /// <summary>The result, after the last step: what only steps need is freed before.</summary>
    internal PlanarPicture Finish()
    {
        _periodic?.Dispose();
        _objective.Dispose();
        return Result;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _periodic?.Dispose();
        _objective.Dispose();
    }

    /// <summary>Collects the pictures that are not needed any more, if they are large. They would stay beside the maps,
    /// of which the collector knows nothing.</summary>
    internal void FreePictures()
    {
        if ((long)Scale.Width * Scale.Height >= LargePicture)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Size of a style picture that goes with a scale; never enlarged.</summary>
    internal static (int Width, int Height) StyleSize(
        int width, int height, PyramidScale scale, StylizeOptions options)
    {
        int wanted = Math.Max(1, (int)Math.Round(scale.LongSide * options.StyleScale));
        return Resampler.Fit(width, height, Math.Min(Math.Max(width, height), wanted));
    }

    /// <summary>The objective, and the picture to start from. All other pictures end here.</summary>
    private (Objective Objective, PlanarPicture Start) Measure(
        ObjectiveBuilder builder, StylizeRequest request, ScalePlan plan, PlanarPicture? previous)
    {
        (int width, int height) = (Scale.Width, Scale.Height);
        PlanarPicture content = request.Content is Picture photograph
            ? PlanarPicture.From(photograph, height, width)
            : new PlanarPicture(height, width, new float[3 * height * width]);
        PlanarPicture[] styles = [.. request.Styles.Select(style => FitStyle(style, Scale, request.Options))];
        PlanarPicture start = (previous?.Resize(height, width).Clamp()
            ?? StartingPicture.Create(request, content, styles)).Extend(_margin);
        int margin = request.Options.Margin;
        content = request.Options.Tileable ? content.Repeat(margin) : content.Extend(margin);
        FreePictures();
        return (builder.Build(content.Height, content.Width, content, styles, plan.MostChainBytes), start);
    }

    private static PlanarPicture FitStyle(Picture style, PyramidScale scale, StylizeOptions options)
    {
        (int width, int height) = StyleSize(style.Width, style.Height, scale, options);
        PlanarPicture fitted = PlanarPicture.From(style, height, width).Clamp();

        // A style picture too small for the deepest layer is mirrored, which adds nothing but room.
        int missing = Math.Max(0, 16 - Math.Min(width, height));
        return fitted.Extend((missing + 1) / 2);
    }

    private static IOptimizer NewOptimizer(
        IEngine engine, StylizeOptions options, float[] start, AdamState? warm) => options.Optimizer switch
        {
            OptimizerKind.Lbfgs =>
                new Lbfgs(engine, start, Bounds.Picture, options.LearningRate ?? 1, options.History),

            // Losses are means over the picture, so the gradient of one value shrinks with their number.
            OptimizerKind.Gd =>
                new GradientDescent(engine, start, Bounds.Picture, options.LearningRate ?? start.Length),
            _ => new Adam(engine, start, Bounds.Picture, options.LearningRate ?? 0.03, options.Average, warm),
        };
}
