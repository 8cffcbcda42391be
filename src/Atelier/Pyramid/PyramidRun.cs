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
    private readonly Checkpoint? _checkpoint;
    private readonly List<ScaleReport> _reports = [];
    private readonly List<double> _losses = [];
    private readonly List<ImmutableArray<double>> _values = [];

    /// <exception cref="OptionsException">The run would need more memory than it may have.</exception>
    internal PyramidRun(IEngine engine, ObjectiveBuilder builder, StylizeRequest request)
    {
        (_engine, _builder, _request) = (engine, builder, request);
        _plans = RunPlan.Of(builder, request);
        _checkpoint = request.Checkpoint is null ? null : new Checkpoint(engine, request.Checkpoint);
    }

    /// <summary>Size of the finished picture.</summary>
    internal PyramidScale Final => _plans[^1].Scale;

    /// <summary>Terms of the objective at the last step.</summary>
    internal ImmutableArray<LossTerm> Terms { get; private set; } = [];

    /// <summary>What happened at each size.</summary>
    internal ImmutableArray<ScaleReport> Reports => [.. _reports];

    /// <summary>Whether every step was done.</summary>
    internal bool IsComplete { get; private set; }

    private int StepsDone => _reports.Sum(report => report.Losses.Length) + _losses.Count;

    /// <summary>Paints. Returns the result at the final size, enlarged to it if the run was cancelled before.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first step was done.</exception>
    internal PlanarPicture Paint(IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        RunState? saved = LoadState();
        if (saved is null)
        {
            cancel.ThrowIfCancellationRequested();
        }

        PlanarPicture? picture = null;
        AdamState? warm = null;
        bool goesOn = true;
        for (int i = _reports.Count; goesOn && i < _plans.Length; i++)
        {
            using PyramidStage stage = new(_engine, _builder, _request, _plans[i], picture, warm);
            (picture, warm) = (null, null);
            stage.FreePictures();
            if (saved is not null)
            {
                _checkpoint!.Restore(saved, stage.Optimizer);
                saved = null;
            }

            goesOn = Run(i, stage, progress, cancel);
            picture = stage.Finish();
            warm = goesOn && i + 1 < _plans.Length ? stage.Warmth : null;
        }

        IsComplete = goesOn;
        return picture!.Resize(Final.Height, Final.Width, _request.Options.Tileable).Clamp();
    }

    /// <summary>Goes back to where the checkpoint was saved, but for the optimizer. Returns null without one.</summary>
    private RunState? LoadState()
    {
        if (_checkpoint?.Load(_builder.NetworkSha256) is not RunState saved)
        {
            return null;
        }

        int scale = saved.Finished.Length;
        if (scale >= _plans.Length || saved.Present.Losses.Length > _plans[scale].Scale.Steps)
        {
            throw _checkpoint.Damaged("it has done more steps than the run takes");
        }

        if (saved.Present.Terms.Length != saved.Terms.Length
            || saved.Present.Terms.Any(term => term.Values.Length != saved.Present.Losses.Length))
        {
            throw _checkpoint.Damaged("its terms do not fit its steps");
        }

        _reports.AddRange(saved.Finished);
        _losses.AddRange(saved.Present.Losses);
        _values.AddRange(_losses.Select((_, step) =>
            saved.Present.Terms.Select(term => term.Values[step]).ToImmutableArray()));
        Terms = saved.Terms;
        return saved;
    }

    /// <summary>The steps at one size that are still to be done. Returns whether the run goes on after them, or
    /// is complete.</summary>
    private bool Run(int index, PyramidStage stage, IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        PyramidScale scale = stage.Scale;
        bool goesOn = GoesOn(stage, isDue: false, cancel);
        while (goesOn && _losses.Count < scale.Steps)
        {
            Step(stage);
            progress?.Report(ProgressAt(index, stage));
            goesOn = GoesOn(stage, _checkpoint?.IsDue(StepsDone) ?? false, cancel);
        }

        bool isComplete = index == _plans.Length - 1 && _losses.Count == scale.Steps;
        if (_losses.Count > 0)
        {
            _reports.Add(Present(scale));
            _losses.Clear();
            _values.Clear();
        }

        return goesOn || isComplete;
    }

    private void Step(PyramidStage stage)
    {
        double loss = stage.Step();
        if (!double.IsFinite(loss))
        {
            throw new AtelierException(
                $"the objective is {loss} at step {_losses.Count + 1} of {stage.Scale.Width} x {stage.Scale.Height}: " +
                "the weights are too large for single precision. Lower the content, style or tv weight, or the " +
                "learning rate.");
        }

        _losses.Add(loss);
        Terms = stage.Terms;
        _values.Add([.. Terms.Select(term => term.Value)]);
    }

    /// <summary>What has happened so far at the present size.</summary>
    private ScaleReport Present(PyramidScale scale) => new(scale.Width, scale.Height, [.. _losses])
    {
        Terms = [.. Terms.Select((term, i) => new TermHistory(term.Name, [.. _values.Select(step => step[i])]))],
    };

    /// <summary>Looks once whether the run is cancelled, so that a state is surely saved when it is.</summary>
    private bool GoesOn(PyramidStage stage, bool isDue, CancellationToken cancel)
    {
        bool isCancelled = cancel.IsCancellationRequested;
        if (isCancelled && Terms.IsEmpty)
        {
            throw new OperationCanceledException(cancel);
        }

        if (isCancelled || isDue)
        {
            _checkpoint?.Save(
                new RunState(
                    _builder.NetworkSha256, Reports, Present(stage.Scale), Terms, stage.Optimizer.Numbers,
                    _engine.Fingerprint),
                stage.Optimizer);
        }

        return !isCancelled;
    }

    private StylizeProgress ProgressAt(int index, PyramidStage stage)
    {
        PyramidScale scale = stage.Scale;
        double allWork = _plans.Sum(plan => plan.Scale.Work);
        double workBefore = _plans.Take(index).Sum(plan => plan.Scale.Work);
        return new StylizeProgress
        {
            Scale = index + 1,
            ScaleCount = _plans.Length,
            Width = scale.Width,
            Height = scale.Height,
            Step = _losses.Count,
            Steps = scale.Steps,
            StepOfRun = StepsDone,
            Fraction = (workBefore + (scale.Work * _losses.Count / scale.Steps)) / allWork,
            Terms = Terms,
            Preview = () => stage.Result.ToPicture(),
        };
    }
}
