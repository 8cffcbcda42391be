using System.Collections.Immutable;
using Atelier.Pyramid;

namespace Atelier;

/// <summary>Changes of a run: those of a request, at given iterations, and those made while it is painted, which take
/// effect at the next iteration.</summary>
/// <param name="scheduled">The known changes, in the order of their iterations.</param>
/// <param name="prepare">Prepares the run with a change.</param>
internal sealed class Steering(ImmutableArray<StylizeChange> scheduled, Func<StylizeChange, PreparedRun> prepare)
    : ISteering, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _goes = new(initialState: true);
    private ImmutableArray<StylizeChange> _changes = scheduled;
    private (StylizeChange Change, PreparedRun Run)? _pending;

    /// <summary>All changes so far, and those that are still scheduled.</summary>
    internal ImmutableArray<StylizeChange> Changes
    {
        get
        {
            lock (_lock)
            {
                return _changes;
            }
        }
    }

    /// <summary>The change that waits for the next iteration; null if there is none.</summary>
    internal StylizeChange? Pending
    {
        get
        {
            lock (_lock)
            {
                return _pending?.Change;
            }
        }
    }

    /// <summary>Whether the run waits before its next iteration.</summary>
    internal bool IsPaused
    {
        get => !_goes.IsSet;
        set
        {
            if (value)
            {
                _goes.Reset();
            }
            else
            {
                _goes.Set();
            }
        }
    }

    /// <summary>Receives moments of the run; null for none.</summary>
    internal Action<RunMoment>? OnMoment { get; init; }

    public int Count => Changes.Length;

    public bool IsTakenBack { get; internal set; }

    public bool KeepsMoments => OnMoment is not null;

    public void Keep(RunMoment moment) => OnMoment?.Invoke(moment);

    public int IterationOf(int change) => Changes[change].AfterIteration;

    public PreparedRun? RunAfter(int count) => count == 0 ? null : prepare(Changes[count - 1]);

    public PreparedRun? Next(int applied, int iterations)
    {
        StylizeChange next;
        lock (_lock)
        {
            if (applied < _changes.Length)
            {
                next = _changes[applied];
            }
            else if (_pending is ({ } change, { } run))
            {
                _changes = _changes.Add(change with { AfterIteration = iterations });
                _pending = null;
                return run;
            }
            else
            {
                return null;
            }
        }

        return next.AfterIteration <= iterations ? prepare(next) : null;
    }

    public void Wait(CancellationToken cancel)
    {
        try
        {
            _goes.Wait(cancel);
        }
        catch (OperationCanceledException)
        {
            // The run sees itself that it has been canceled, and saves its state.
        }
    }

    /// <summary>Changes the run before its next iteration. A change that has not taken effect yet is
    /// replaced.</summary>
    internal void Add(StylizeChange change, PreparedRun run)
    {
        lock (_lock)
        {
            _pending = (change, run);
        }
    }

    /// <summary>Forgets the changes after the first ones.</summary>
    internal void Truncate(int count)
    {
        lock (_lock)
        {
            (_changes, _pending) = (_changes[..count], null);
        }
    }

    public void Dispose() => _goes.Dispose();
}
