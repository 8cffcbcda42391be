using Atelier.Cli.Weights;

namespace Atelier.Cli.Tests.Weights;

public sealed class WeightCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Whoever finds the lock taken may look again just when it goes away.</summary>
    [Fact]
    public async Task Lock_ManyAtOnce_IsHeldByOneAtATimeAndByEachInTheEnd()
    {
        const int Askers = 8, Turns = 20;
        WeightCache cache = new(_folder);
        NetworkManifest manifest = NetworkManifest.All[0];
        int holders = 0, most = 0, turns = 0;

        await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(async () =>
        {
            for (int turn = 0; turn < Turns; turn++)
            {
                using IDisposable held = await cache.LockAsync(
                    manifest, () => { }, new HastyClock(), TestContext.Current.CancellationToken);
                most = Math.Max(most, Interlocked.Increment(ref holders));
                turns++;
                Interlocked.Decrement(ref holders);
            }
        })));

        Assert.Equal((1, Askers * Turns), (most, turns));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    /// <summary>Waits a hundredth of what it is asked to.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => base.CreateTimer(callback, state, dueTime / 100, period);
    }
}
