using Atelier.Engine;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Painting;

/// <summary>Where one picture at a time is painted. All pages show the same one.</summary>
public sealed class PaintingRoom : IDisposable
{
    // A stroke may be on its way from the browser to the painting.
    private static readonly TimeSpan JustMade = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    // Created by the thread that paints first, so that the engine's threads give way like it.
    private readonly Lazy<Stylizer> _stylizer;
    private readonly StudioFolder _folder;
    private readonly EngineOptions _engine;
    private readonly Lock _lock = new();
    private LivePainting? _last;
    private bool _isDisposed;
    private string? _notice;
    private int _holds;
    private LivePainting? _held;

    /// <summary>Creates a room without a painting.</summary>
    /// <param name="folder">Where pictures come from and results go to.</param>
    /// <param name="engine">The engine.</param>
    public PaintingRoom(StudioFolder folder, EngineOptions engine)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _engine, _stylizer) = (folder, engine, new(() => new Stylizer(engine)));
        folder.Renamed += Rename;
    }

    /// <summary>Raised, on any thread, when another painting has begun or something else was chosen.</summary>
    public event Action? Changed;

    /// <summary>What is chosen.</summary>
    public PaintingChoice Choice { get; private set; } = new();

    /// <summary>The painting; null before the first.</summary>
    public LivePainting? Current { get; private set; }

    /// <summary>Whether the picture is being painted at this moment.</summary>
    public bool IsWorking
        => Current is { State: PaintingState.Opening or PaintingState.Looking or PaintingState.Painting };

    /// <summary>Who computes of all that want to: this picture, what is painted beside it, videos and
    /// figures.</summary>
    public Turns Turns => field ??= new Turns(() => IsWorking);

    /// <summary>Makes the picture wait until the result is disposed, as soon as it can; no job begins meanwhile. A
    /// picture that somebody pauses or lets go on meanwhile is not affected any more.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    internal async Task<IDisposable> HoldAsync(CancellationToken cancel)
    {
        while (Current is { State: PaintingState.Opening or PaintingState.Looking })
            await Task.Delay(Glance, cancel).ConfigureAwait(false);
        lock (_lock)
        {
            _holds++;
            Current?.Hold();
            _held = Current;
        }

        IDisposable turn = Turns.Take(Turn.Side);
        return new Turns.Release(() =>
        {
            turn.Dispose();
            LetGo();
        });
    }

    /// <summary>Chooses what to paint, and begins to paint as soon as there is enough. What was changed while the
    /// present picture was painted is part of what was chosen before, but for its sizes and a longer time.</summary>
    public void Choose(Func<PaintingChoice, PaintingChoice> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            Take(change(ChoiceNow));
        }

        Changed?.Invoke();
    }

    /// <summary>Begins to paint, if nothing else is being painted.</summary>
    /// <returns>The painting; null if another is not complete yet.</returns>
    internal LivePainting? TryBegin(PaintingChoice choice)
    {
        LivePainting begun;
        lock (_lock)
        {
            if (_isDisposed || _holds > 0 || Current is { IsOver: false })
            {
                return null;
            }

            Take(choice);
            begun = Current!;
        }

        Changed?.Invoke();
        return begun;
    }

    /// <summary>What went wrong before there was a page to tell it; null for nothing. It is told once.</summary>
    public string? TakeNotice() => Interlocked.Exchange(ref _notice, null);

    /// <summary>Tells something at the next page that is opened.</summary>
    internal void Tell(string notice) => _notice = _notice is null ? notice : $"{_notice} {notice}";

    /// <summary>Lets an unfinished painting go on, unless something else has been chosen meanwhile.</summary>
    /// <param name="choice">What is painted, with the options and masks that it began with.</param>
    /// <param name="unfinished">The painting; it belongs to the room from now on.</param>
    internal void GoOn(PaintingChoice choice, UnfinishedPainting unfinished)
    {
        lock (_lock)
        {
            if (_isDisposed || Current is not null)
            {
                unfinished.File.Dispose();
                return;
            }

            Choice = choice;
            Begin(null, unfinished);
        }

        Changed?.Invoke();
    }

    /// <summary>Ends the painting, which can go on when a studio is started again.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _folder.Renamed -= Rename;
            _last?.Suspend();
            _last?.Join();
            _folder.PassingMasks.Remove([], TimeSpan.Zero);
        }

        if (_stylizer.IsValueCreated)
        {
            _stylizer.Value.Dispose();
        }
    }

    /// <summary>What is painted is found under its new name from now on.</summary>
    private void Rename(StoredPicture before, StoredPicture after)
    {
        lock (_lock)
        {
            Choice = Choice.Renamed(before, after);
            Current?.Rename(before, after);
        }

        Changed?.Invoke();
    }

    private void LetGo()
    {
        lock (_lock)
        {
            if (--_holds == 0)
            {
                _held?.LetGo();
                _held = null;
            }
        }
    }

    private PaintingChoice ChoiceNow => Current is LivePainting painting
        ? Choice with
        {
            Masks = painting.Masks,
            Options = painting.Options with
            {
                Size = Choice.Options.Size,
                Scales = Choice.Options.Scales,
                Iterations = Choice.Options.Iterations,
            },
        }
        : Choice;

    private void Take(PaintingChoice choice)
    {
        if (_isDisposed)
        {
            return;
        }

        Choice = choice;
        _last?.Dispose();
        Current = null;
        if (Choice.IsComplete)
        {
            Begin(_last, null);
        }
    }

    private void Begin(LivePainting? previous, UnfinishedPainting? unfinished)
    {
        _last = Current = new LivePainting(_stylizer, _engine, _folder, Choice, previous, unfinished);
        Current.Ended += RemoveMasks;
        Current.Begin();
    }

    /// <summary>Removes masks that were made on the way and that nothing shows or names any more.</summary>
    private void RemoveMasks() => _folder.PassingMasks.Remove(
        [.. Choice.Masks.Pictures.Select(mask => mask.Name), .. Current?.MasksInUse ?? []], JustMade);
}
