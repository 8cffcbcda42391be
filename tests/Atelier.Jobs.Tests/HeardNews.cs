using System.Collections.Concurrent;

namespace Atelier.Jobs.Tests;

/// <summary>The news that a program hears.</summary>
internal sealed class HeardNews : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<JobNews> _heard = [];
    private readonly NewsFollower _follower;

    private HeardNews(JobQueue queue) => _follower = queue.News.Follow(news =>
    {
        _heard.Enqueue(news);
        return true;
    });

    /// <summary>All that was heard, in its order.</summary>
    internal IReadOnlyList<JobNews> All => [.. _heard];

    /// <summary>Follows the news of a queue, and waits until they arrive.</summary>
    internal static async Task<HeardNews> ListenAsync(JobQueue queue)
    {
        HeardNews heard = new(queue);
        if (queue.Address.IsShared)
        {
            await UntilAsync(() => queue.News.AreComplete);
        }

        return heard;
    }

    /// <summary>Waits until something is so, and fails if that takes too long.</summary>
    internal static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested);
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until something is heard.</summary>
    internal Task UntilAsync(JobNews news) => UntilAsync(() => _heard.Contains(news));

    public void Dispose() => _follower.Dispose();
}
