using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>A run from coarse to fine: each size starts from the enlarged result of the one before.</summary>
internal sealed class PyramidRun
{
    private readonly IEngine _engine;
    private readonly ObjectiveBuilder _builder;
    private readonly StylizeRequest _request;
    private readonly ImmutableArray<ScalePlan> _plans;
    private readonly List<ScaleReport> _reports = [];

    /// <exception cref="OptionsException">The run would need more memory than it may have.</exception>
    internal PyramidRun(IEngine engine, ObjectiveBuilder builder, StylizeRequest request)
    {
        (_engine, _builder, _request) = (engine, builder, request);
        _plans = RunPlan.Of(builder, request);
    }

    /// <summary>Size of the finished picture.</summary>
    internal PyramidScale Final => _plans[^1].Scale;

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
        for (int i = 0; i < _plans.Length; i++)
        {
            if (cancel.IsCancellationRequested && picture is not null)
            {
                break;
            }

            cancel.ThrowIfCancellationRequested();
            using PyramidStage stage = new(_engine, _builder, _request, _plans[i], picture, warm);
            (picture, warm) = (null, null);
            stage.FreePictures();
            IsComplete = Run(i, stage, progress, cancel);
            picture = stage.Finish();
            warm = i + 1 < _plans.Length ? stage.Warmth : null;
        }

        return picture!.Resize(Final.Height, Final.Width, _request.Options.Tileable).Clamp();
    }

    /// <summary>All steps at one size. Returns whether they were all done.</summary>
    private bool Run(int index, PyramidStage stage, IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        PyramidScale scale = stage.Scale;
        double allWork = _plans.Sum(plan => plan.Scale.Work);
        double workBefore = _plans.Take(index).Sum(plan => plan.Scale.Work);
        ImmutableArray<double>.Builder losses = ImmutableArray.CreateBuilder<double>();
        for (int step = 1; step <= scale.Steps && !(cancel.IsCancellationRequested && step > 1); step++)
        {
            double loss = stage.Step();
            if (!double.IsFinite(loss))
            {
                throw new AtelierException(
                    $"the objective is {loss} at step {step} of {scale.Width} x {scale.Height}: the weights are too " +
                    "large for single precision. Lower the content, style or tv weight, or the learning rate.");
            }

            losses.Add(loss);
            Terms = stage.Terms;
            progress?.Report(new StylizeProgress
            {
                Scale = index + 1,
                ScaleCount = _plans.Length,
                Width = scale.Width,
                Height = scale.Height,
                Step = step,
                Steps = scale.Steps,
                Fraction = (workBefore + (scale.Work * step / scale.Steps)) / allWork,
                Terms = Terms,
                Preview = () => stage.Result.ToPicture(),
            });
        }

        _reports.Add(new ScaleReport(scale.Width, scale.Height, losses.ToImmutable()));
        return losses.Count == scale.Steps;
    }
}
