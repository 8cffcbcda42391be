using Atelier.Engine;
using Atelier.Jobs;
using Atelier.Jobs.Workers;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;

namespace Atelier.Studio.Queue;

/// <summary>The queue of the studio, which is opened in the background. That of a folder is worked through here, while
/// nothing else is computed, and its results come to the gallery; for one in PostgreSQL, workers elsewhere
/// paint.</summary>
public sealed class QueueRoom : IAsyncDisposable
{
    // The first page comes before.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3), Glance = TimeSpan.FromSeconds(1);

    private readonly EngineOptions _engine;
    private readonly Turns _turns;
    private readonly ResultKeeper _results;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Lazy<QueueAddress> _address;
    private Task<JobQueue>? _opening;
    private Task _tending = Task.CompletedTask;
    private Worker? _worker;
    private IDisposable? _turn;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="address">Where the queue is; null for the studio's folder.</param>
    /// <param name="folder">The studio's folder.</param>
    /// <param name="turns">What computes before its jobs.</param>
    /// <param name="engine">The engine of its jobs.</param>
    public QueueRoom(QueueAddress? address, StudioFolder folder, Turns turns, EngineOptions engine)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_turns, _engine, _results) = (turns, engine, new ResultKeeper(folder));
        _address = new(() => address ?? QueueAddress.Parse(folder.FullPath));
    }

    /// <summary>Where it is.</summary>
    public QueueAddress Address => _address.Value;

    /// <summary>The name of the worker of this studio; null if it has none.</summary>
    public string? WorkerName => _worker?.Name;

    /// <summary>Whether another program works for the folder, so that this studio does not.</summary>
    public bool HasOtherWorker { get; private set; }

    /// <summary>Whether its jobs wait for what a person does in this studio.</summary>
    public bool GivesWay => _turns.MustWait(Turn.Queue);

    /// <summary>What goes wrong with the queue at present; null for nothing.</summary>
    public Failure? Trouble { get; private set; }

    /// <summary>Opens it and works for it, when the studio has started.</summary>
    public void Begin() => _tending = Task.Run(async () =>
    {
        try
        {
            await Task.Delay(Calm, _end.Token);
            while (true)
            {
                await TryTendAsync();
                await Task.Delay(Glance, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The studio ends.
        }
    });

    /// <summary>Returns the queue, and opens it if that has not happened yet.</summary>
    /// <exception cref="CodedException">It cannot be reached.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public Task<JobQueue> OpenAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            _end.Token.ThrowIfCancellationRequested();
            if (_opening is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _opening = Task.Run(() => JobQueue.OpenAsync(Address, _end.Token));
            }

            return _opening.WaitAsync(cancel);
        }
    }

    /// <summary>Ends: a job that is being painted goes on from where it is when a worker has time for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        lock (_lock)
        {
            _end.Cancel();
        }

        await _tending;
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        _turn?.Dispose();
        try
        {
            await (_opening is null ? ValueTask.CompletedTask : (await _opening).DisposeAsync());
        }
        catch (Exception error) when (error is OperationCanceledException or AtelierException or IOException)
        {
            // It was not open.
        }
    }

    private async Task TryTendAsync()
    {
        JobQueue? queue = null;
        try
        {
            queue = await OpenAsync(_end.Token);
            if (!Address.IsShared)
            {
                _worker ??= await TryStartAsync(queue);
                LeaveTurn();
                await _results.KeepAsync(queue, _end.Token);
            }

            Trouble = null;
        }
        catch (Exception error) when (!_end.IsCancellationRequested)
        {
            Trouble = Failure.FromException(queue?.Explain(error) ?? error);
        }
    }

    /// <summary>Starts the worker, unless the folder has another, which may end later.</summary>
    private async Task<Worker?> TryStartAsync(JobQueue queue)
    {
        try
        {
            Worker worker = await Worker.StartAsync(
                queue, new WorkerOptions { Engine = _engine, WaitForTurn = WaitForTurn }, _end.Token);
            HasOtherWorker = false;
            return worker;
        }
        catch (CodedException error) when (error.Code == "worker.second")
        {
            HasOtherWorker = true;
            return null;
        }
    }

    /// <summary>Blocks the thread of a job while a person waits for something else; figures wait for it.</summary>
    private void WaitForTurn(CancellationToken cancel)
    {
        lock (_lock)
        {
            _turn ??= _turns.Take(Turn.Queue);
        }

        _turns.Wait(Turn.Queue, cancel);
    }

    private void LeaveTurn()
    {
        lock (_lock)
        {
            if (_worker is null or { Running: 0 })
            {
                _turn?.Dispose();
                _turn = null;
            }
        }
    }
}
