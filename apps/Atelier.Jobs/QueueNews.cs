using System.Collections.Immutable;
using Atelier.Jobs.Storage;

namespace Atelier.Jobs;

/// <summary>What happens to the jobs of a queue, told to those who would otherwise have to look again and again: in
/// PostgreSQL from every machine, in a folder from this program alone.</summary>
public sealed class QueueNews : IAsyncDisposable
{
    /// <summary>How often one looks who hears news, because some may be lost.</summary>
    private static readonly TimeSpan Caution = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly NewsListener? _listener;
    private ImmutableArray<NewsFollower> _followers = [];

    internal QueueNews(QueueAddress address)
        => _listener = address.IsShared ? new NewsListener(address.Connection, Tell, WakeAll) : null;

    /// <summary>Whether news of all machines and programs arrive at present. If not, one has to look more
    /// often.</summary>
    public bool AreComplete => _listener is { IsListening: true };

    /// <summary>Follows the news, until the follower is disposed. The first one begins to listen.</summary>
    /// <param name="isWanted">Which news are of interest; all if it is null. Called on any thread; quick.</param>
    public NewsFollower Follow(Func<JobNews, bool>? isWanted = null)
    {
        NewsFollower follower = new(this, isWanted ?? (_ => true));
        lock (_lock)
        {
            _followers = _followers.Add(follower);
        }

        _listener?.Start();
        return follower;
    }

    /// <summary>Stops listening.</summary>
    public ValueTask DisposeAsync() => _listener?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Tells all who want it.</summary>
    internal void Tell(JobNews news)
    {
        foreach (NewsFollower follower in _followers)
            follower.Hear(news);
    }

    internal void Leave(NewsFollower follower)
    {
        lock (_lock)
        {
            _followers = _followers.Remove(follower);
        }
    }

    /// <summary>How long one may wait who would look this often without news.</summary>
    internal TimeSpan PauseFor(TimeSpan pause) => AreComplete && pause < Caution ? Caution : pause;

    /// <summary>Lets all look, because listening has begun or ended: something may have been missed.</summary>
    private void WakeAll()
    {
        foreach (NewsFollower follower in _followers)
            follower.Wake();
    }
}
