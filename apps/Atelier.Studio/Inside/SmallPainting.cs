using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Studio.Painting;
using Atelier.Workshop;
using Failure = Atelier.Workshop.Failure;

namespace Atelier.Studio.Inside;

/// <summary>The loss before an iteration.</summary>
/// <param name="Seconds">Time that the painting had had.</param>
/// <param name="Value">The loss.</param>
/// <param name="Scale">Number of the scale, starting at 1; losses of different scales cannot be compared.</param>
public sealed record LossPoint(double Seconds, double Value, int Scale);

/// <summary>A small painting of a figure, on a thread of its own. It computes only in its turn, takes changes while it
/// is painted if that is possible, and starts again otherwise.</summary>
public sealed partial class SmallPainting : IDisposable
{
    private readonly FigurePictures _pictures;
    private readonly EngineOptions _engine;
    private readonly FigureTurns _turns;
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _goesOn = new(initialState: false);
    private readonly Stopwatch _work = new();
    private readonly Lock _lock = new();
    private PanelPlan _plan;

    internal SmallPainting(PanelPlan plan, FigurePictures pictures, EngineOptions engine, FigureTurns turns)
    {
        (_plan, _pictures, _engine, _turns) = (plan, pictures, engine, turns);
        PainterThread.Create("studio figure", Run).Start();
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>The painting as frames.</summary>
    public FrameFeed Frames { get; } = new();

    /// <summary>What it is to be.</summary>
    public PanelPlan Plan
    {
        get
        {
            lock (_lock)
            {
                return _plan;
            }
        }
    }

    /// <summary>What it is doing.</summary>
    public PaintingState State
    {
        get => field == PaintingState.Painting && IsPaused ? PaintingState.Paused : field;
        private set
        {
            field = value;
            Changed?.Invoke();
        }
    }

    /// <summary>Whether it waits until a real picture is complete.</summary>
    public bool GivesWay => State is PaintingState.Opening or PaintingState.Painting && _turns.AreGivenAway;

    /// <summary>Whether it rests until it is told to go on.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Seconds that it has worked since it started.</summary>
    public double Seconds => _work.Elapsed.TotalSeconds;

    /// <summary>The latest progress; null before the first iteration.</summary>
    public StylizeProgress? Progress { get; private set; }

    /// <summary>The loss before each iteration.</summary>
    public ImmutableArray<LossPoint> Losses { get; private set; } = [];

    /// <summary>The terms of the loss, added up by their kinds.</summary>
    public IReadOnlyDictionary<LossKind, double> Terms
        => (Progress?.Terms ?? []).GroupBy(term => term.Kind)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(term => term.Value));

    /// <summary>Returns the painting as it is; null before the first iteration.</summary>
    public Func<Picture>? Picture { get; private set; }

    /// <summary>The guide as a picture; null if there is none.</summary>
    public Picture? Guide { get; private set; }

    /// <summary>Why it had to start again after the last change; empty if no reason is needed, and null if it went
    /// on.</summary>
    public string? Restart { get; private set; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Paints something else: in what is there, if that is possible.</summary>
    public void Show(PanelPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_lock)
        {
            if (plan == _plan || _end.IsCancellationRequested)
            {
                return;
            }

            bool goesOn = plan.HasPicturesOf(_plan) && Failure is null;
            _plan = plan;
            if (goesOn)
            {
                _changing = _changing.ContinueWith(
                    _ => Apply(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            else
            {
                StartAgain("");
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Paints the same again, from the start.</summary>
    public void Again()
    {
        lock (_lock)
        {
            StartAgain(null);
        }
    }

    /// <summary>Makes it wait.</summary>
    public void Pause() => IsPaused = true;

    /// <summary>Lets it go on.</summary>
    public void Resume() => IsPaused = false;

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _end.Cancel();
            _run.Cancel();
        }

        Frames.Dispose();
    }
}
