namespace Atelier.Workshop.Paintings;

/// <summary>Memory that paintings share. Each waits until its share is free; one that needs more than everything is
/// painted alone.</summary>
/// <param name="limit">The memory, in bytes.</param>
public sealed class MemoryBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private long _used;

    /// <summary>Waits for memory. Dispose the result to return it.</summary>
    /// <param name="bytes">How much, in bytes.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="OperationCanceledException">The work was canceled while waiting.</exception>
    public Share Take(long bytes, CancellationToken cancel)
    {
        Share share = new(this);
        share.Resize(bytes, cancel);
        return share;
    }

    /// <summary>A part of the memory. Not safe for concurrent use.</summary>
    public sealed class Share : IDisposable
    {
        private readonly MemoryBudget _budget;
        private long _bytes;

        internal Share(MemoryBudget budget) => _budget = budget;

        /// <summary>Waits until the share can have another size. Only one share at a time may wait for more than it
        /// has, or two could wait for each other.</summary>
        /// <exception cref="OperationCanceledException">The work was canceled while waiting.</exception>
        internal void Resize(long bytes, CancellationToken cancel)
        {
            while (_budget.Replace(_bytes, bytes) is Task changed)
                changed.Wait(cancel);
            _bytes = bytes;
        }

        /// <summary>Returns the memory.</summary>
        public void Dispose()
        {
            _budget.Replace(_bytes, 0);
            _bytes = 0;
        }
    }

    /// <summary>Exchanges memory that is used for another amount. If it is not free, returns a task that ends when
    /// something has been returned.</summary>
    private Task? Replace(long old, long bytes)
    {
        lock (_lock)
        {
            long others = _used - old;
            if (others != 0 && bytes > old && others + bytes > limit)
            {
                TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(changed);
                return changed.Task;
            }

            _used = others + bytes;
            _waiting.ForEach(waiting => waiting.TrySetResult());
            _waiting.Clear();
            return null;
        }
    }
}
