namespace Atelier.Workshop.Paintings;

/// <summary>Memory that paintings share. Each waits until its share is free; one that needs more than everything is
/// painted alone.</summary>
/// <param name="limit">The memory, in bytes.</param>
internal sealed class MemoryBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private long _used;

    /// <summary>Waits for memory. Dispose the result to return it.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled while waiting.</exception>
    internal IDisposable Take(long bytes, CancellationToken cancel)
    {
        while (true)
        {
            TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (_used == 0 || _used + bytes <= limit)
                {
                    _used += bytes;
                    return new Share(this, bytes);
                }

                _waiting.Add(changed);
            }

            changed.Task.Wait(cancel);
        }
    }

    private void Return(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            _waiting.ForEach(waiting => waiting.TrySetResult());
            _waiting.Clear();
        }
    }

    private sealed class Share(MemoryBudget budget, long bytes) : IDisposable
    {
        public void Dispose() => budget.Return(bytes);
    }
}
