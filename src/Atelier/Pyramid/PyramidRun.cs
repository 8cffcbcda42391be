using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;
using Atelier.Tensors;

namespace Atelier.Pyramid;

/// <summary>A run from coarse to fine: each size starts from the enlarged result of the one before.</summary>
internal sealed class PyramidRun
{
    private readonly IEngine _engine;
    private readonly ObjectiveBuilder _builder;
    private readonly StylizeRequest _request;
    private readonly StylizeOptions _options;
    private readonly PlanarPicture _content;
    private readonly ImmutableArray<PlanarPicture> _styles;
    private readonly ImmutableArray<PyramidScale> _scales;
    private readonly List<ScaleReport> _reports = [];

    internal PyramidRun(IEngine engine, ObjectiveBuilder builder, StylizeRequest request)
    {
        (_engine, _builder, _request, _options) = (engine, builder, request, request.Options);
        _content = PlanarPicture.From(request.Content);
        _styles = [.. request.Styles.Select(PlanarPicture.From)];
        _scales = ScaleSchedule.Of(_content.Width, _content.Height, _options);
    }

    /// <summary>Size of the finished picture.</summary>
    internal PyramidScale Final => _scales[^1];

    /// <summary>Terms of the objective at the last step.</summary>
    internal ImmutableArray<LossTerm> Terms { get; private set; } = [];

    /// <summary>What happened at each size.</summary>
    internal ImmutableArray<ScaleReport> Reports => [.. _reports];

    /// <summary>Whether every step was done.</summary>
    internal bool IsComplete { get; private set; }

    /// <summary>Paints. Returns the result at the final size, enlarged to it if the run was cancelled before.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first step was done.</exception>
    internal PlanarPicture Paint(IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        PlanarPicture? picture = null;
        AdamState? warm = null;
        foreach ((PyramidScale scale, int index) in _scales.Select((scale, index) => (scale, index)))
        {
            if (cancel.IsCancellationRequested && picture is not null)
            {
                break;
            }

            cancel.ThrowIfCancellationRequested();
            PlanarPicture content = _content.Resize(scale.Height, scale.Width);
            PlanarPicture[] styles = [.. _styles.Select(style => FitStyle(style, scale))];
            picture = picture?.Resize(scale.Height, scale.Width).Clamp()
                ?? StartingPicture.Create(_request, content, styles);
            PlanarPicture start = picture.Extend(_options.Margin);
            warm = warm is null
                ? null
                : WarmStart.Enlarge(warm, PreviousSize(index), (start.Height, start.Width), _options.Margin);
            using Objective objective =
                _builder.Build(start.Height, start.Width, content.Extend(_options.Margin), styles);
            using IOptimizer optimizer = NewOptimizer(start.Values, warm);
            IsComplete = Run(index, objective, optimizer, progress, cancel);
            picture = Read(optimizer, start);
            warm = (optimizer as Adam)?.State;
        }

        return picture!.Resize(Final.Height, Final.Width).Clamp();
    }

    private (int Height, int Width) PreviousSize(int index)
        => (_scales[index - 1].Height + (2 * _options.Margin), _scales[index - 1].Width + (2 * _options.Margin));

    /// <summary>A style picture at the size that goes with a scale; never enlarged.</summary>
    private PlanarPicture FitStyle(PlanarPicture style, PyramidScale scale)
    {
        int longSide = Math.Max(style.Width, style.Height);
        int wanted = Math.Max(1, (int)Math.Round(scale.LongSide * _options.StyleScale));
        (int width, int height) = Resampler.Fit(style.Width, style.Height, Math.Min(longSide, wanted));
        PlanarPicture fitted = style.Resize(height, width).Clamp();

        // A style picture too small for the deepest layer is mirrored, which adds nothing but room.
        int missing = Math.Max(0, 16 - Math.Min(width, height));
        return fitted.Extend((missing + 1) / 2);
    }

    private IOptimizer NewOptimizer(float[] start, AdamState? warm) => _options.Optimizer switch
    {
        OptimizerKind.Lbfgs => new Lbfgs(_engine, start, Bounds.Picture, _options.LearningRate ?? 1, _options.History),

        // Losses are means over the picture, so the gradient of one value shrinks with their number.
        OptimizerKind.Gd => new GradientDescent(_engine, start, Bounds.Picture, _options.LearningRate ?? start.Length),
        _ => new Adam(_engine, start, Bounds.Picture, _options.LearningRate ?? 0.03, _options.Average, warm),
    };

    /// <summary>All steps at one size. Returns whether they were all done.</summary>
    private bool Run(
        int index, Objective objective, IOptimizer optimizer,
        IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        PyramidScale scale = _scales[index];
        double allWork = _scales.Sum(each => each.Work), workBefore = _scales.Take(index).Sum(each => each.Work);
        ImmutableArray<double>.Builder losses = ImmutableArray.CreateBuilder<double>();
        for (int step = 1; step <= scale.Steps && !(cancel.IsCancellationRequested && step > 1); step++)
        {
            double loss = optimizer.Step(objective);
            if (!double.IsFinite(loss))
            {
                throw new AtelierException(
                    $"the objective is {loss} at step {step} of {scale.Width} x {scale.Height}: the weights are too " +
                    "large for single precision. Lower the content, style or tv weight, or the learning rate.");
            }

            losses.Add(loss);
            Terms = objective.Terms;
            progress?.Report(new StylizeProgress
            {
                Scale = index + 1,
                ScaleCount = _scales.Length,
                Width = scale.Width,
                Height = scale.Height,
                Step = step,
                Steps = scale.Steps,
                Fraction = (workBefore + (scale.Work * step / scale.Steps)) / allWork,
                Terms = Terms,
                Preview = () => Read(optimizer, new PlanarPicture(objective.Height, objective.Width, [])).ToPicture(),
            });
        }

        _reports.Add(new ScaleReport(scale.Width, scale.Height, losses.ToImmutable()));
        return losses.Count == scale.Steps;
    }

    /// <summary>The optimizer's result without the margin.</summary>
    private PlanarPicture Read(IOptimizer optimizer, PlanarPicture layout)
    {
        Tensor result = optimizer.Result;
        float[] values = new float[result.Length];
        _engine.Read(result, values);
        return (layout with { Values = values }).Crop(_options.Margin);
    }
}
