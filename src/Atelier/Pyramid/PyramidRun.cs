using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>A coarse-to-fine run: each scale starts from the enlarged result of the previous one.</summary>
internal sealed class PyramidRun : ITransferMethod
{
    private readonly PreparedRun _run;
    private readonly ImmutableArray<ScaleMemoryPlan> _plans;
    private readonly Checkpoint? _checkpoint;
    private readonly List<ScaleReport> _reports = [];
    private readonly List<double> _losses = [];
    private readonly List<ImmutableArray<double>> _values = [];
    private ImmutableArray<LossTerm> _terms = [];

    /// <exception cref="OptionsException">The run would exceed its memory limit.</exception>
    internal PyramidRun(PreparedRun run)
    {
        (_run, _plans) = (run, run.Scales);
        _checkpoint = run.Checkpoint is null ? null : new Checkpoint(run.Engine, run.Checkpoint);
    }

    private int IterationsDone => _reports.Sum(report => report.Losses.Length) + _losses.Count;

    public ImmutableArray<double> Time(TimeProvider clock, CancellationToken cancel)
    {
        RunTiming timing = RunTiming.Measure(_run, clock, cancel);
        return [.. _plans.Select(timing.SecondsFor)];
    }

    /// <summary>Paints the picture. If the run is canceled at a smaller scale, the result is enlarged to the final
    /// size.</summary>
    public Painting Paint(Action<RunProgress>? report, CancellationToken cancel)
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
            using PyramidStage stage = new(_run, _plans[i], picture, warm);
            (picture, warm) = (null, null);
            HeldMemory.Free(_run, stage.Scale);
            if (saved is not null)
            {
                _checkpoint!.Restore(saved, stage);
                saved = null;
            }

            goesOn = Run(i, stage, report, cancel);
            picture = stage.Finish();
            warm = goesOn && i + 1 < _plans.Length ? stage.WarmStartState : null;
        }

        PyramidScale final = _plans[^1].Scale;
        picture = picture!.Resize(final.Height, final.Width, _run.Options.Tileable).Clamp();
        return new Painting(picture, goesOn, _terms, [.. _reports]);
    }

    /// <summary>Restores everything except the optimizer from the checkpoint; returns null if there is none.</summary>
    private RunState? LoadState()
    {
        if (_checkpoint?.Load(_run.Network.Sha256) is not RunState saved)
        {
            return null;
        }

        int scale = saved.Finished.Length;
        if (scale >= _plans.Length || saved.Present.Losses.Length > _plans[scale].Scale.Iterations)
        {
            throw _checkpoint.Damaged("it has more iterations than the run");
        }

        if (saved.Present.Terms.Length != saved.Terms.Length
            || saved.Present.Terms.Any(term => term.Values.Length != saved.Present.Losses.Length))
        {
            throw _checkpoint.Damaged("its terms do not match its iterations");
        }

        _reports.AddRange(saved.Finished);
        _losses.AddRange(saved.Present.Losses);
        _values.AddRange(_losses.Select((_, step) =>
            saved.Present.Terms.Select(term => term.Values[step]).ToImmutableArray()));
        _terms = saved.Terms;
        return saved;
    }

    /// <summary>Runs the remaining iterations of one scale. Returns false if the run was canceled.</summary>
    private bool Run(int index, PyramidStage stage, Action<RunProgress>? report, CancellationToken cancel)
    {
        PyramidScale scale = stage.Scale;
        bool goesOn = GoesOn(stage, isDue: false, cancel);
        while (goesOn && _losses.Count < scale.Iterations)
        {
            Step(stage);
            report?.Invoke(StepAt(index, stage));
            goesOn = GoesOn(stage, _checkpoint?.IsDue(IterationsDone) ?? false, cancel);
        }

        bool isComplete = index == _plans.Length - 1 && _losses.Count == scale.Iterations;
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
        double loss = stage.Step(_losses.Count);
        if (!double.IsFinite(loss))
        {
            throw new AtelierException(
                $"the objective is {loss} at iteration {_losses.Count + 1} of scale {stage.Scale.Width} x " +
                $"{stage.Scale.Height}: the weights are too large for single precision. Lower content-weight, " +
                "style-weight, tv-weight or learning-rate.");
        }

        _losses.Add(loss);
        _terms = stage.Terms;
        _values.Add([.. _terms.Select(term => term.Value)]);
    }

    /// <summary>Returns the loss history of the current scale so far.</summary>
    private ScaleReport Present(PyramidScale scale) => new(scale.Width, scale.Height, [.. _losses])
    {
        Terms = [.. _terms.Select((term, i) => new TermHistory(term.Name, [.. _values.Select(step => step[i])]))],
    };

    /// <summary>Checks for cancellation only once, so that the state is always saved if the run is canceled.</summary>
    private bool GoesOn(PyramidStage stage, bool isDue, CancellationToken cancel)
    {
        bool isCancelled = cancel.IsCancellationRequested;
        if (isCancelled && _terms.IsEmpty)
        {
            throw new OperationCanceledException(cancel);
        }

        if (isCancelled || isDue)
        {
            // An engine performs one operation at a time.
            using Lock.Scope _ = stage.Picture.EnterStep();
            _checkpoint?.Save(
                new RunState(
                    _run.Network.Sha256, [.. _reports], Present(stage.Scale), _terms, stage.Optimizer.Numbers,
                    _run.Engine.Fingerprint),
                stage.SavedValues);
        }

        return !isCancelled;
    }

    private RunProgress StepAt(int index, PyramidStage stage)
    {
        PyramidScale scale = stage.Scale;
        double allWork = _plans.Sum(plan => plan.Scale.Work);
        double workBefore = _plans.Take(index).Sum(plan => plan.Scale.Work);
        double fraction = (workBefore + (scale.Work * _losses.Count / scale.Iterations)) / allWork;
        return new RunProgress(
            index + 1, _plans.Length, scale, _losses.Count, IterationsDone, fraction, _terms, stage.Picture);
    }
}
