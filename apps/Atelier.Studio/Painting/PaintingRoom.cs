using Atelier.Engine;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Painting;

/// <summary>Where one picture at a time is painted. All pages show the same one.</summary>
/// <param name="folder">Where pictures come from and results go to.</param>
/// <param name="engine">The engine.</param>
public sealed class PaintingRoom(StudioFolder folder, EngineOptions engine) : IDisposable
{
    private readonly Lazy<Stylizer> _stylizer = new(() => new Stylizer(engine));
    private readonly Lock _lock = new();
    private LivePainting? _last;
    private bool _isDisposed;

    /// <summary>Raised, on any thread, when another painting has begun or something else was chosen.</summary>
    public event Action? Changed;

    /// <summary>What is chosen.</summary>
    public PaintingChoice Choice { get; private set; } = new();

    /// <summary>The painting; null before the first.</summary>
    public LivePainting? Current { get; private set; }

    /// <summary>Whether the picture is being painted at this moment.</summary>
    public bool IsWorking
        => Current is { State: PaintingState.Opening or PaintingState.Looking or PaintingState.Painting };

    /// <summary>Whether other work goes first, so that no job begins.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>Chooses what to paint, and begins to paint as soon as there is enough. Masks that were painted
    /// meanwhile are part of what was chosen before.</summary>
    public void Choose(Func<PaintingChoice, PaintingChoice> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            Take(change(Choice with { Masks = Current?.Masks ?? Choice.Masks }));
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
            if (_isDisposed || IsHeld || Current is { IsOver: false })
            {
                return null;
            }

            Take(choice);
            begun = Current!;
        }

        Changed?.Invoke();
        return begun;
    }

    /// <summary>Ends the painting.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _last?.Dispose();
            _last?.Join();
        }

        if (_stylizer.IsValueCreated && !_isDisposed)
        {
            _stylizer.Value.Dispose();
        }

        _isDisposed = true;
    }

    private void Take(PaintingChoice choice)
    {
        Choice = choice;
        _last?.Dispose();
        Current = Choice.IsComplete ? new LivePainting(_stylizer.Value, folder, Choice, _last) : null;
        Current?.Begin();
        _last = Current ?? _last;
    }
}
