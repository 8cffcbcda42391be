using Atelier.Studio.Painting;

namespace Atelier.Studio.Inside;

/// <summary>Shares the turn of figures among the small paintings: one computes at a time, for one iteration. The one
/// that has had the least time is next, so that paintings that race get equal time.</summary>
/// <param name="turns">Who computes.</param>
internal sealed class FigureTurns(Turns turns)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    // What the threads wait for, and guards the fields.
    private readonly object _gate = new();
    private readonly List<SmallPainting> _waiting = [];
    private SmallPainting? _holder;

    /// <summary>Whether small paintings have to wait for something else.</summary>
    internal bool AreGivenAway => turns.MustWait(Turn.Figure);

    /// <summary>Waits for a turn.</summary>
    /// <exception cref="OperationCanceledException">Waiting was ended.</exception>
    internal void Enter(SmallPainting painting, CancellationToken cancel)
    {
        lock (_gate)
        {
            _waiting.Add(painting);
            try
            {
                while (!IsNext(painting))
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate, Glance);
                }

                _holder = painting;
            }
            finally
            {
                _waiting.Remove(painting);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Ends a turn; does nothing if there is none.</summary>
    internal void Leave(SmallPainting painting)
    {
        lock (_gate)
        {
            _holder = _holder == painting ? null : _holder;
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsNext(SmallPainting painting)
        => _holder is null && !painting.IsPaused && !turns.MustWait(Turn.Figure)
            && _waiting.Where(each => !each.IsPaused).MinBy(each => each.Seconds) == painting;
}
