using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Workshop;

namespace Atelier.Studio.Painting;

/// <summary>One painting, on a thread of its own: first a look, then the picture from coarse to fine. It can be steered
/// from any thread while it is painted, and goes on when it is changed after it is complete.</summary>
public sealed partial class LivePainting : IDisposable
{
    private readonly Lazy<Stylizer> _stylizer;
    private readonly EngineOptions _engine;
    private readonly StudioFolder _folder;
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _goesOn = new(initialState: false);
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly RemainingTime _remaining = new(TimeProvider.System);
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private LivePainting? _previous;
    private StylizeSession? _session;
    private Func<Picture>? _picture;
    private StylizeOptions _wanted;

    /// <param name="unfinished">From where it goes on; null to begin.</param>
    internal LivePainting(
        Lazy<Stylizer> stylizer, EngineOptions engine, StudioFolder folder, PaintingChoice choice,
        LivePainting? previous, UnfinishedPainting? unfinished = null)
    {
        (_stylizer, _engine, _folder, Choice, _previous) = (stylizer, engine, folder, choice, previous);
        (_wanted, _masks) = (choice.Options, choice.FittingMasks);
        if (unfinished is not null)
        {
            (_unfinished, _earlier) = (unfinished.File, unfinished);
            Saved = EarlierResult();
            _wanted = unfinished.Recipe.Changes.Aggregate(choice.Options, (options, change) => change.Apply(options));
            _masks = unfinished.MasksAfter.LastOrDefault(masks => masks is not null) ?? choice.FittingMasks;
        }

        _thread = PainterThread.Create("studio painter", Run);
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised, on its thread, when that ends.</summary>
    internal event Action? Ended;

    /// <summary>Identifies the painting in addresses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is painted.</summary>
    public PaintingChoice Choice { get; private set; }

    /// <summary>The painting as frames.</summary>
    public FrameFeed Frames { get; } = new();

    /// <summary>What it is doing.</summary>
    public PaintingState State
    {
        get => field == PaintingState.Painting && _session?.IsPaused == true ? PaintingState.Paused : field;
        private set
        {
            field = value;
            Changed?.Invoke();
        }
    }

    /// <summary>Whether it is complete, or will never be.</summary>
    public bool IsOver => State is PaintingState.Complete or PaintingState.Failed or PaintingState.Ended;

    /// <summary>The options that apply, or will as soon as possible.</summary>
    public StylizeOptions Options
    {
        get
        {
            lock (_lock)
            {
                return _wanted;
            }
        }
    }

    /// <summary>The size of the complete picture; that of the first look before it is known.</summary>
    public (int Width, int Height) FinalSize { get; private set; } = (FirstLook.Side, FirstLook.Side);

    /// <summary>The latest progress; null before the first iteration.</summary>
    public StylizeProgress? Progress { get; private set; }

    /// <summary>Seconds until it is complete; null if not known.</summary>
    public double? SecondsLeft => State == PaintingState.Painting ? _remaining.Seconds : null;

    /// <summary>The loss after each iteration of the current scale.</summary>
    public ImmutableArray<double> Losses { get; private set; } = [];

    /// <summary>Moments to which it can return, oldest first.</summary>
    public ImmutableArray<StylizeMoment> Moments => _session?.Moments ?? [];

    /// <summary>Warnings for the user.</summary>
    public ImmutableArray<string> Warnings { get; private set; } = [];

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The last change, if it was refused; otherwise null.</summary>
    public Refusal? Refusal { get; private set; }

    internal void Begin() => _thread.Start();

    /// <summary>Ends it. What has been painted since the last save is gone.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Frames.Dispose();
    }

    /// <summary>Waits until its thread has ended.</summary>
    internal void Join()
    {
        if (_thread.ThreadState != ThreadState.Unstarted)
        {
            _thread.Join();
        }
    }
}
