using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>A coarse-to-fine run: each scale starts from the enlarged result of the previous one.</summary>
internal sealed class PyramidRun : ITransferMethod
{
    private readonly ISteering? _steering;
    private readonly RunMoment? _from;
    private readonly Checkpoint? _checkpoint;
    private readonly List<ScaleReport> _reports = [];
    private readonly List<double> _losses = [];
    private readonly List<ImmutableArray<(string Term, double Value)>> _values = [];
    private PreparedRun _run;
    private ImmutableArray<ScaleMemoryPlan> _plans;
    private ImmutableArray<LossTerm> _terms = [];
    private int _changes;

    // The iteration of the present scale at which the present stage started.
    private int _firstOfStage;

    /// <param name="run">The run.</param>
    /// <param name="steering">Changes of the run while it is painted; null for none.</param>
    /// <param name="from">The state that it goes on from; null starts it, or resumes it from a checkpoint.</param>
    /// <exception cref="OptionsException">The run would exceed its memory limit.</exception>
    internal PyramidRun(PreparedRun run, ISteering? steering = null, RunMoment? from = null)
    {
        (_run, _plans, _steering, _from) = (run, run.Scales, steering, from);
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
        RunState? saved = _from?.State ?? LoadState();
        if (saved is not null)
        {
            Resume(saved);
        }
        else
        {
            cancel.ThrowIfCancellationRequested();
        }

        PlanarPicture? picture = null;
        AdamState? warm = null;
        bool goesOn = true;
        for (int i = _reports.Count; goesOn && i < _plans.Length; i++)
        {
            PyramidStage stage = new(_run, PlanOfStage(i), picture, warm);
            try
            {
                (picture, warm) = (null, null);
                HeldMemory.Free(_run, stage.Scale);
                if (saved is not null)
                {
                    Restore(saved, stage);
                    saved = null;
                }

                goesOn = Run(i, ref stage, report, cancel);
                warm = goesOn && i + 1 < _plans.Length ? stage.WarmStartState : null;
                picture = stage.Finish();
            }
            finally
            {
                stage.Dispose();
            }
        }

        PyramidScale final = _plans[^1].Scale;
        picture = picture!.Resize(final.Height, final.Width, _run.Options.Tileable).Clamp();
        return new Painting(_run, picture, goesOn, _terms, [.. _reports]);
    }

    /// <summary>Reads the checkpoint, and checks that it fits the run; returns null if there is none.</summary>
    private RunState? LoadState()
    {
        if (_checkpoint?.Load(_run.Network.Sha256) is not RunState saved)
        {
            return null;
        }

        int scale = saved.Finished.Length;
        bool isSteered = _steering is not null;
        if (!isSteered
            && (scale >= _plans.Length || saved.Present.Losses.Length > _plans[scale].Scale.Iterations))
        {
            throw _checkpoint.Damaged("it has more iterations than the run");
        }

        if ((!isSteered && saved.Present.Terms.Length != saved.Terms.Length)
            || saved.Changes > (_steering?.Count ?? 0)
            || saved.Present.Terms.Any(term => term.Values.Length != saved.Present.Losses.Length))
        {
            throw _checkpoint.Damaged("its terms do not match its iterations");
        }

        return saved;
    }

    /// <summary>Restores everything except the optimizer.</summary>
    private void Resume(RunState saved)
    {
        _reports.AddRange(saved.Finished);
        _losses.AddRange(saved.Present.Losses);
        _values.AddRange(_losses.Select((_, step) =>
            saved.Present.Terms.Select(term => (term.Name, term.Values[step])).ToImmutableArray()));
        _terms = saved.Terms;
        _changes = saved.Changes;
        if (_steering?.RunAfter(_changes) is PreparedRun changed)
        {
            int before = _reports.Sum(report => report.Losses.Length);
            _firstOfStage = Math.Max(0, _steering.IterationOf(_changes - 1) - before);
            (_run, _plans) = (changed, changed.Scales);
        }
    }

    /// <summary>Restores the optimizer and the rest of the stage.</summary>
    private void Restore(RunState saved, PyramidStage stage)
    {
        if (_from is not null)
        {
            _from.Restore(stage);
        }
        else
        {
            _checkpoint!.Restore(saved, stage);
        }
    }

    /// <summary>Runs the remaining iterations of one scale. Returns false if the run was canceled.</summary>
    private bool Run(int index, ref PyramidStage stage, Action<RunProgress>? report, CancellationToken cancel)
    {
        // An earlier moment replaces the state that was saved last.
        bool goesOn = GoesOn(stage, isDue: _from is not null && IterationsDone == _from.Iterations, cancel);
        Keep(stage);
        while (goesOn)
        {
            Steer(index, ref stage, cancel);
            if (_losses.Count >= _plans[index].Scale.Iterations)
            {
                break;
            }

            Step(stage);
            report?.Invoke(StepAt(index, stage));
            goesOn = GoesOn(stage, _checkpoint?.IsDue(IterationsDone) ?? false, cancel);
        }

        bool isComplete = index == _plans.Length - 1 && _losses.Count >= _plans[index].Scale.Iterations;
        if (!goesOn || isComplete)
        {
            Keep(stage);
        }

        if (_losses.Count > 0)
        {
            _reports.Add(Present(stage.Scale));
            _losses.Clear();
            _values.Clear();
            _firstOfStage = 0;
        }

        return goesOn || isComplete;
    }

    /// <summary>Applies the changes that are due. The stage that replaces the present one goes on from its picture and
    /// Adam's state.</summary>
    private void Steer(int index, ref PyramidStage stage, CancellationToken cancel)
    {
        _steering?.Wait(cancel);
        while (!IsBetweenScales(index) && _steering?.Next(_changes, IterationsDone) is PreparedRun changed)
        {
            Keep(stage);
            ISteering.RequireSameScales(_run, changed);
            (_run, _plans, _firstOfStage) = (changed, changed.Scales, _losses.Count);
            _changes++;
            AdamState? warm = stage.WarmStartState;
            PlanarPicture picture = stage.Finish();
            stage.Dispose();
            stage = new PyramidStage(_run, PlanOfStage(index), picture, warm);
        }
    }

    /// <summary>Whether a scale is done, and a larger one follows. A change between the two belongs to the larger one,
    /// even if it came before that had begun: a recipe knows only the number of iterations.</summary>
    private bool IsBetweenScales(int index)
        => index + 1 < _plans.Length && _losses.Count >= _plans[index].Scale.Iterations;

    /// <summary>Returns the plan of a scale's remaining iterations.</summary>
    private ScaleMemoryPlan PlanOfStage(int index)
    {
        ScaleMemoryPlan plan = _plans[index];
        int remaining = Math.Max(1, plan.Scale.Iterations - _firstOfStage);
        return plan with { Scale = plan.Scale with { Iterations = remaining } };
    }

    /// <summary>Hands the present state to whoever may return to it.</summary>
    private void Keep(PyramidStage stage)
    {
        if (_steering?.KeepsMoments == true)
        {
            using Lock.Scope _ = stage.Picture.EnterStep();
            _steering.Keep(new RunMoment(
                StateAt(stage), stage.SavedValues.ToImmutableDictionary(saved => saved.Name, saved => saved.Read()),
                _run, stage.Picture.Look()));
        }
    }

    private void Step(PyramidStage stage)
    {
        double loss = stage.Step(_losses.Count - _firstOfStage);
        if (!double.IsFinite(loss))
        {
            throw new AtelierException(
                $"the objective is {loss} at iteration {_losses.Count + 1} of scale {stage.Scale.Width} x " +
                $"{stage.Scale.Height}: the weights are too large for single precision. Lower content-weight, " +
                "style-weight, tv-weight or learning-rate.");
        }

        _losses.Add(loss);
        _terms = stage.Terms;
        _values.Add([.. _terms.Select(term => (term.Name, term.Value))]);
    }

    /// <summary>Returns the loss history of the current scale so far.</summary>
    private ScaleReport Present(PyramidScale scale) => new(scale.Width, scale.Height, [.. _losses])
    {
        Terms = [.. Names.Select((name, i) =>
            new TermHistory(name, [.. _values.Select(step => ValueOf(step, name, i))]))],
    };

    /// <summary>The names of the terms; in a changed run, also of those that it had before.</summary>
    private IEnumerable<string> Names
        => _terms.Select(term => term.Name).Union(_changes == 0 ? [] : _values.SelectMany(step => step)
            .Select(each => each.Term));

    /// <summary>Returns the value of a term at an iteration; 0 if it was not there.</summary>
    private static double ValueOf(ImmutableArray<(string Term, double Value)> step, string name, int likely)
        => likely < step.Length && step[likely].Term == name
            ? step[likely].Value
            : step.FirstOrDefault(each => each.Term == name).Value;

    /// <summary>Checks for cancellation only once, so that the state is always saved if the run is canceled.</summary>
    private bool GoesOn(PyramidStage stage, bool isDue, CancellationToken cancel)
    {
        bool isCancelled = cancel.IsCancellationRequested;
        if (isCancelled && _terms.IsEmpty)
        {
            throw new OperationCanceledException(cancel);
        }

        if ((isCancelled && _steering?.IsTakenBack != true) || isDue)
        {
            // An engine performs one operation at a time.
            using Lock.Scope _ = stage.Picture.EnterStep();
            _checkpoint?.Save(StateAt(stage), stage.SavedValues);
        }

        return !isCancelled;
    }

    private RunState StateAt(PyramidStage stage) => new(
        _run.Network.Sha256, [.. _reports], Present(stage.Scale), _terms, stage.Optimizer.Numbers,
        _run.Engine.Fingerprint, _changes);

    private RunProgress StepAt(int index, PyramidStage stage)
    {
        PyramidScale scale = _plans[index].Scale;
        double allWork = _plans.Sum(plan => plan.Scale.Work);
        double workBefore = _plans.Take(index).Sum(plan => plan.Scale.Work);
        double fraction = (workBefore + (scale.Work * _losses.Count / scale.Iterations)) / allWork;
        return new RunProgress(
            _run, index + 1, _plans.Length, scale, _losses.Count, IterationsDone, fraction, _terms, stage.Picture);
    }
}
