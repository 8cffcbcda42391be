using Atelier.Studio.Painting;

namespace Atelier.Studio.Tests.Painting;

public sealed class TurnsTests
{
    private bool _isPainting;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Turns Turns => field ??= new Turns(() => _isPainting);

    [Fact]
    public void EachWaits_ForThoseBeforeIt_AndNoOther()
    {
        Assert.Equal("", Waiting());

        _isPainting = true;
        Assert.Equal("Side Video Queue Figure", Waiting());
        _isPainting = false;

        foreach ((Turn turn, string waiting) in new[]
        {
            (Turn.Side, "Video Queue Figure"), (Turn.Video, "Queue Figure"), (Turn.Queue, "Figure"), (Turn.Figure, ""),
        })
        {
            using (Turns.Take(turn))
            {
                Assert.Equal(waiting, Waiting());
            }

            Assert.Equal("", Waiting());
        }
    }

    [Fact]
    public void TakenTwice_ItEndsWithTheSecond_HoweverOftenTheFirstIsDisposed()
    {
        IDisposable first = Turns.Take(Turn.Side), second = Turns.Take(Turn.Side);

        first.Dispose();
        first.Dispose();
        Assert.True(Turns.MustWait(Turn.Video));

        second.Dispose();
        Assert.False(Turns.MustWait(Turn.Video));
    }

    [Fact]
    public async Task WhoWaits_GoesOn_WhenTheTurnIsLeft_AndCanBeCanceled()
    {
        using CancellationTokenSource gone = new();
        IDisposable turn = Turns.Take(Turn.Video);
        Task waits = Turns.WaitAsync(Turn.Figure, Cancel), isCanceled = Turns.WaitAsync(Turn.Figure, gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => isCanceled);
        Assert.False(waits.IsCompleted);

        turn.Dispose();
        await waits;
    }

    [Fact]
    public async Task ThreadThatWaits_GoesOn_WhenTheTurnIsLeft_OrWaitingIsCanceled()
    {
        using CancellationTokenSource gone = new();
        IDisposable turn = Turns.Take(Turn.Video);
        Task waits = Task.Run(() => Turns.Wait(Turn.Queue, Cancel), Cancel),
            isCanceled = Task.Run(() => Turns.Wait(Turn.Queue, gone.Token), Cancel);

        await gone.CancelAsync();
        await isCanceled;
        Assert.False(waits.IsCompleted);

        turn.Dispose();
        await waits;
    }

    [Fact]
    public async Task Work_IsAskedToGiveWay_ToWhatComesFirst()
    {
        Task<bool> work = Turns.WorkAsync(Turn.Side, stop =>
        {
            _isPainting = true;
            return stop.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        }, Cancel);

        Assert.True(await work);
    }

    private string Waiting() => string.Join(' ', Enum.GetValues<Turn>().Where(Turns.MustWait));
}
