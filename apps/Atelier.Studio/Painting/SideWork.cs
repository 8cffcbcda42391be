using Atelier.Engine;

namespace Atelier.Studio.Painting;

/// <summary>What is painted or measured beside the picture in the painting room: drafts, looks at styles, extraction.
/// The picture waits meanwhile, and whoever was asked last goes first: when somebody lets the picture go on, or begins
/// another, the work waits until it rests, and is then done again.</summary>
/// <param name="room">Where the picture is painted.</param>
/// <param name="engine">The engine.</param>
public sealed class SideWork(PaintingRoom room, EngineOptions engine) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly Lazy<Stylizer> _stylizer = new(() => new Stylizer(engine));
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _lock = new();
    private int _holds;
    private LivePainting? _held;

    /// <summary>Whether work is done or waits to be done.</summary>
    public bool IsBusy => _one.CurrentCount == 0;

    /// <summary>Makes the picture wait until the result is disposed; a picture that waits already stays as it
    /// is.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<IDisposable> HoldAsync(CancellationToken cancel)
    {
        while (room.Current is { State: PaintingState.Opening or PaintingState.Looking })
            await Task.Delay(Pace, cancel).ConfigureAwait(false);
        lock (_lock)
        {
            _holds++;
            room.IsHeld = true;
            if (room.Current is { State: PaintingState.Painting } painting)
            {
                painting.Pause();
                _held = painting;
            }
        }

        return new Held(this);
    }

    /// <summary>Does something with the engine, one at a time.</summary>
    /// <param name="work">Works with the stylizer until it is canceled, on a thread of its own. It is done again after
    /// it had to give way.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <exception cref="OperationCanceledException">It was canceled, or the studio ends.</exception>
    public async Task<T> RunAsync<T>(Func<Stylizer, CancellationToken, T> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(work);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, _end.Token);
        await _one.WaitAsync(ends.Token).ConfigureAwait(false);
        try
        {
            while (true)
            {
                while (room.IsWorking)
                    await Task.Delay(Pace, ends.Token).ConfigureAwait(false);
                try
                {
                    return await AttemptAsync(work, ends.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!ends.IsCancellationRequested)
                {
                    // It gave way.
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Does something at once: the picture waits for it.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<T> InterruptAsync<T>(Func<Stylizer, CancellationToken, T> work, CancellationToken cancel)
    {
        using IDisposable hold = await HoldAsync(cancel).ConfigureAwait(false);
        return await RunAsync(work, cancel).ConfigureAwait(false);
    }

    /// <summary>Ends the work.</summary>
    public void Dispose()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        _end.Cancel();
        _one.Wait();
        if (_stylizer.IsValueCreated)
        {
            _stylizer.Value.Dispose();
        }
    }

    private async Task<T> AttemptAsync<T>(Func<Stylizer, CancellationToken, T> work, CancellationToken cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task<T> task = Task.Factory.StartNew(
            () =>
            {
                PainterThread.GiveWay();
                return work(_stylizer.Value, stop.Token);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(Pace, CancellationToken.None)).ConfigureAwait(false);
            if (room.IsWorking)
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        return await task.ConfigureAwait(false);
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_holds > 0)
            {
                return;
            }

            room.IsHeld = false;
            if (_held is { State: PaintingState.Paused } painting)
            {
                painting.Resume();
            }

            _held = null;
        }
    }

    private sealed class Held(SideWork work) : IDisposable
    {
        private SideWork? _work = work;

        public void Dispose() => Interlocked.Exchange(ref _work, null)?.Release();
    }
}
