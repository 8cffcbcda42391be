using Atelier.Workshop;

namespace Atelier.Studio.Painting;

/// <summary>What computes, in order of precedence.</summary>
public enum Turn
{
    /// <summary>The picture of the painting room.</summary>
    Painting,

    /// <summary>What a person asked for beside it and waits for: drafts, looks at styles, plans. The picture is made to
    /// wait for it, and not the other way round, until somebody lets the picture go on.</summary>
    Side,

    /// <summary>A video, or the draft of a frame.</summary>
    Video,

    /// <summary>A painting of the queue, for which nobody waits.</summary>
    Queue,

    /// <summary>The small paintings of figures.</summary>
    Figure,
}

/// <summary>Who computes of all that want to: each waits for those before it, and gives way to them after its current
/// iteration.</summary>
/// <param name="isPainting">Whether the picture is being painted at this moment.</param>
public sealed class Turns(Func<bool> isPainting)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly int[] _taken = new int[(int)Turn.Figure + 1];

    /// <summary>Whether it is somebody's turn, or somebody waits for it.</summary>
    public bool IsTaken(Turn turn)
        => turn == Turn.Painting ? isPainting() : Volatile.Read(ref _taken[(int)turn]) > 0;

    /// <summary>Whether something that comes first computes or waits to.</summary>
    public bool MustWait(Turn turn)
    {
        for (Turn first = Turn.Painting; first < turn; first++)
        {
            if (IsTaken(first))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes all that come later wait until the result is disposed.</summary>
    /// <param name="turn">Whose turn it is; a picture takes its own by being painted.</param>
    public IDisposable Take(Turn turn)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)turn, (int)Turn.Painting);
        Interlocked.Increment(ref _taken[(int)turn]);
        return new Release(() => Interlocked.Decrement(ref _taken[(int)turn]));
    }

    /// <summary>Waits until nothing that comes first computes.</summary>
    /// <exception cref="OperationCanceledException">Waiting was ended.</exception>
    public async Task WaitAsync(Turn turn, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        while (MustWait(turn))
            await Task.Delay(Glance, cancel).ConfigureAwait(false);
    }

    /// <summary>Blocks the calling thread until nothing that comes first computes, or waiting is canceled.</summary>
    public void Wait(Turn turn, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && MustWait(turn))
            cancel.WaitHandle.WaitOne(Glance);
    }

    /// <summary>Does something on a thread of its own, and asks it to give way when something that comes first wants to
    /// compute.</summary>
    /// <param name="turn">Whose turn it is.</param>
    /// <param name="work">Works until it is canceled.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>What it returns, even if it had been asked to give way.</returns>
    /// <exception cref="OperationCanceledException">It was canceled, or gave way.</exception>
    internal async Task<T> WorkAsync<T>(Turn turn, Func<CancellationToken, T> work, CancellationToken cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task<T> task = Task.Factory.StartNew(
            () =>
            {
                PainterThread.GiveWay();
                return work(stop.Token);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(Glance, CancellationToken.None)).ConfigureAwait(false);
            if (MustWait(turn))
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }

        return await task.ConfigureAwait(false);
    }

    /// <summary>Lets go of something, once.</summary>
    internal sealed class Release(Action letGo) : IDisposable
    {
        private Action? _letGo = letGo;

        public void Dispose() => Interlocked.Exchange(ref _letGo, null)?.Invoke();
    }
}
