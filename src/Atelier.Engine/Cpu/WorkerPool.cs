using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Atelier.Engine.Cpu;

/// <summary>A job that consists of numbered parts, which can run in any order and write separate results.</summary>
internal interface IParallelJob
{
    /// <summary>Runs part <paramref name="index"/>.</summary>
    void Execute(int index);
}

/// <summary>Worker threads that share the parts of one job at a time with the calling thread. Which thread runs which
/// part is not deterministic, but the parts depend only on shapes, so results do not depend on the number of
/// threads.</summary>
/// <remarks>The threads have the priority of the one that creates them. Starting a job allocates nothing. Parts are
/// claimed one at a time, so a thread that is preempted delays at most its current part, and a job is complete with its
/// last part: it waits for no worker that has yet to wake up.</remarks>
internal sealed unsafe class WorkerPool : IWorkers, IDisposable
{
    // A wake-up from the operating system costs more than the gap between two layers.
    private const int SpinsBeforeSleep = 2000;

    // The number of the job is above the count of its unclaimed parts.
    private const int CountBits = 32;

    [ThreadStatic]
    private static int _currentWorker;

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _wake = new(0);
    private delegate*<WorkerPool, void*, int, void> _part;
    private Action<int>? _action;
    private void* _job;
    private int _end;
    private int _partsLeft;
    private int _sleeping;

    // The number of the job and the count of its unclaimed parts, in one word: whoever claims a part knows which job
    // it belongs to.
    private long _unclaimed;
    private volatile bool _disposed;
    private Exception? _error;

    internal WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            int number = i + 1;
            _workers[i] = new Thread(() => Work(number), maxStackSize: 1 << 20)
            {
                IsBackground = true,
                Name = $"Atelier worker {number}",
                Priority = Thread.CurrentThread.Priority,
            };
            _workers[i].Start();
        }
    }

    /// <summary>Number of the thread that runs a part, from 0 (the calling thread) to <see cref="Threads"/> − 1. For
    /// selecting per-thread scratch memory, never for results.</summary>
    internal static int CurrentWorker => _currentWorker;

    /// <summary>Number of threads, including the calling one.</summary>
    internal int Threads => _workers.Length + 1;

    private long Number => Volatile.Read(ref _unclaimed) >> CountBits;

    /// <summary>Runs all parts of a job, 0 to <paramref name="count"/> − 1, and returns when all are
    /// complete.</summary>
    internal void Run<TJob>(int count, ref TJob job) where TJob : unmanaged, IParallelJob
        => Run(0, count, &ExecutePart<TJob>, Unsafe.AsPointer(ref job));

    /// <summary>Runs a job whose parts are rows.</summary>
    internal void Run<TJob>(Rows rows, ref TJob job) where TJob : unmanaged, IParallelJob
        => Run(rows.First, rows.End, &ExecutePart<TJob>, Unsafe.AsPointer(ref job));

    public void Run(int count, Action<int> part)
    {
        _action = part;
        Run(0, count, &ExecuteAction, null);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_workers.Length > 0)
        {
            _wake.Release(_workers.Length);
        }

        foreach (Thread worker in _workers)
        {
            worker.Join();
        }

        _wake.Dispose();
    }

    private static void ExecutePart<TJob>(WorkerPool pool, void* job, int index) where TJob : unmanaged, IParallelJob
        => Unsafe.AsRef<TJob>(job).Execute(index);

    private static void ExecuteAction(WorkerPool pool, void* job, int index) => pool._action!(index);

    private void Run(int first, int end, delegate*<WorkerPool, void*, int, void> part, void* job)
    {
        if (end - first <= 1)
        {
            // Nobody to share with: another thread would only have to fetch the data.
            if (end > first)
            {
                part(this, job, first);
            }

            return;
        }

        _part = part;
        _job = job;
        (_end, _error) = (end, null);
        Volatile.Write(ref _partsLeft, end - first);
        Interlocked.Exchange(ref _unclaimed, ((Number + 1) << CountBits) | (uint)(end - first));
        if (Interlocked.Exchange(ref _sleeping, 0) is > 0 and int sleeping)
        {
            _wake.Release(sleeping);
        }

        DoParts();
        SpinWait spin = default;
        while (Volatile.Read(ref _partsLeft) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }
    }

    private void Work(int number)
    {
        _currentWorker = number;
        long seen = 0;
        bool HasNews() => Number != seen || _disposed;
        while (!_disposed)
        {
            for (int i = 0; i < SpinsBeforeSleep && !HasNews(); i++)
                Thread.SpinWait(1);
            if (!HasNews())
            {
                // A job that begins from here on finds the sleeper. One that began before is found by looking again;
                // the wake-up that it may leave behind costs one more round.
                Interlocked.Increment(ref _sleeping);
                if (!HasNews())
                {
                    _wake.Wait();
                }
            }

            seen = Number;
            DoParts();
        }
    }

    private void DoParts()
    {
        while (true)
        {
            // A job lasts as long as it has unclaimed parts, so when the claim succeeds, what was read since belongs
            // to the same job.
            long unclaimed = Volatile.Read(ref _unclaimed);
            if ((int)unclaimed == 0)
            {
                return;
            }

            delegate*<WorkerPool, void*, int, void> part = _part;
            void* job = _job;
            int index = _end - (int)unclaimed;
            if (Interlocked.CompareExchange(ref _unclaimed, unclaimed - 1, unclaimed) == unclaimed)
            {
                Execute(part, job, index);
                Interlocked.Decrement(ref _partsLeft);
            }
        }
    }

    private void Execute(delegate*<WorkerPool, void*, int, void> part, void* job, int index)
    {
        try
        {
            part(this, job, index);
        }
        catch (Exception error)
        {
            _error = error;
        }
    }
}
