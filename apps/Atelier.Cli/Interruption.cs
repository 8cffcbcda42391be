using System.Runtime.InteropServices;

namespace Atelier.Cli;

/// <summary>Handles Ctrl+C: the first press requests the best picture so far, the second ends the process.</summary>
internal sealed class Interruption(TimeProvider clock) : IDisposable
{
    // A second signal within this time counts as the same key press.
    private static readonly TimeSpan Haste = TimeSpan.FromSeconds(0.3);

    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();
    private long _first;

    public CancellationToken Token => _source.Token;

    /// <summary>Called at the first signal.</summary>
    public Action OnFirst { get; set; } = () => { };

    /// <summary>Starts handling the signals of this process.</summary>
    public IDisposable[] Listen() =>
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    /// <summary>Handles a signal. Returns whether the process continues; if not, the system ends it.</summary>
    public bool Take()
    {
        lock (_lock)
        {
            if (_source.IsCancellationRequested)
            {
                return clock.GetElapsedTime(_first) < Haste;
            }

            _first = clock.GetTimestamp();
            OnFirst();
            _source.Cancel();
            return true;
        }
    }

    public void Dispose() => _source.Dispose();

    private void OnSignal(PosixSignalContext signal) => signal.Cancel = Take();
}
