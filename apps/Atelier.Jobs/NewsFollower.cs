namespace Atelier.Jobs;

/// <summary>Waits for news of a queue. Those that come while nobody waits are not lost: the next wait ends at
/// once.</summary>
public sealed class NewsFollower : IDisposable
{
    private readonly SemaphoreSlim _wakes = new(0);
    private readonly QueueNews _news;
    private readonly Func<JobNews, bool> _isWanted;

    internal NewsFollower(QueueNews news, Func<JobNews, bool> isWanted) => (_news, _isWanted) = (news, isWanted);

    /// <summary>Waits until it is time to look at the queue: because of news, or because a pause is over.</summary>
    /// <param name="pause">The longest pause without news; longer if news arrive from everywhere.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task WaitAsync(TimeSpan pause, CancellationToken cancel)
    {
        if (await _wakes.WaitAsync(_news.PauseFor(pause), cancel))
        {
            // One look is enough for all that has happened.
            while (_wakes.Wait(0, CancellationToken.None))
                continue;
        }
    }

    /// <summary>Hears nothing any more.</summary>
    public void Dispose() => _news.Leave(this);

    internal void Hear(JobNews news)
    {
        if (_isWanted(news))
        {
            Wake();
        }
    }

    /// <summary>Ends a wait as news do.</summary>
    internal void Wake() => _wakes.Release();
}
