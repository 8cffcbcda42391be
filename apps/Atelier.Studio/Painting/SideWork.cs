using Atelier.Engine;

namespace Atelier.Studio.Painting;

/// <summary>What is painted or measured beside the picture in the painting room: drafts, looks at styles, extraction,
/// plans. The picture waits meanwhile, and whoever was asked last goes first: when somebody lets the picture go on, or
/// begins another, the work waits until it rests, and is then done again.</summary>
/// <param name="room">Where the picture is painted.</param>
/// <param name="engine">The engine.</param>
public sealed class SideWork(PaintingRoom room, EngineOptions engine) : IDisposable
{
    private readonly Lazy<Stylizer> _stylizer = new(() => new Stylizer(engine));
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The engine.</summary>
    public EngineOptions Engine => engine;

    /// <summary>Makes the picture wait until the result is disposed; a picture that waits already, or is made to wait
    /// meanwhile, stays as it is.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<IDisposable> HoldAsync(CancellationToken cancel) => room.HoldAsync(cancel);

    /// <summary>Does something with the engine, one at a time.</summary>
    /// <param name="work">Works with the stylizer until it is canceled, on a thread of its own. It is done again after
    /// it had to give way.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <exception cref="OperationCanceledException">It was canceled, or the studio ends.</exception>
    public async Task<T> RunAsync<T>(Func<Stylizer, CancellationToken, T> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(work);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancel, _end.Token);
        using IDisposable turn = room.Turns.Take(Turn.Side);
        await _one.WaitAsync(ends.Token).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await room.Turns.WaitAsync(Turn.Side, ends.Token).ConfigureAwait(false);
                try
                {
                    return await room.Turns.WorkAsync(Turn.Side, stop => work(_stylizer.Value, stop), ends.Token)
                        .ConfigureAwait(false);
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
}
