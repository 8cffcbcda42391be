using Atelier.Studio.Painting;

namespace Atelier.Studio.Tests.Painting;

public sealed class SideWorkTests : IDisposable
{
    private readonly StudioRooms _rooms = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rooms.Dispose();

    [Fact]
    public async Task Painting_WaitsForIt_AndGoesOnAfterwards()
    {
        LivePainting painting = await _rooms.BeginEndless();

        PaintingState meanwhile = await _rooms.Work.InterruptAsync((_, _) => painting.State, Cancel);

        Assert.Equal(PaintingState.Paused, meanwhile);
        Assert.Equal(PaintingState.Painting, painting.State);
    }

    [Fact]
    public async Task PaintingThatWaitedAlready_GoesOnWaiting()
    {
        LivePainting painting = await _rooms.BeginEndless();
        painting.Pause();

        await _rooms.Work.InterruptAsync((_, _) => 0, Cancel);

        Assert.Equal(PaintingState.Paused, painting.State);
    }

    [Fact]
    public async Task Resumed_ThePaintingGoesFirst_AndTheWorkIsDoneAgain()
    {
        LivePainting painting = await _rooms.BeginEndless();
        List<bool> attempts = [];
        bool hasGivenWay = false;
        Task<int> work = _rooms.Work.InterruptAsync((_, stop) =>
        {
            attempts.Add(painting.State == PaintingState.Paused);
            if (attempts.Count == 1)
            {
                painting.Resume();
                stop.WaitHandle.WaitOne();
                hasGivenWay = true;
            }

            stop.ThrowIfCancellationRequested();
            return attempts.Count;
        }, Cancel);

        await StudioRooms.Until(() => hasGivenWay);
        int iteration = painting.Progress!.RunIteration;
        await StudioRooms.Until(() => painting.Progress.RunIteration > iteration + 2);
        Assert.False(work.IsCompleted);
        painting.Pause();

        Assert.Equal(2, await work);
        Assert.Equal([true, true], attempts);
    }

    [Fact]
    public async Task LetGoOnAndPausedMeanwhile_ThePaintingGoesOnWaiting()
    {
        LivePainting painting = await _rooms.BeginEndless();

        using (await _rooms.Work.HoldAsync(Cancel))
        {
            painting.Resume();
            painting.Pause();
        }

        Assert.Equal(PaintingState.Paused, painting.State);
    }

    [Fact]
    public async Task PausedMeanwhile_ThePaintingGoesOnWaiting()
    {
        LivePainting painting = await _rooms.BeginEndless();

        using (await _rooms.Work.HoldAsync(Cancel))
        {
            painting.Pause();
        }

        Assert.Equal(PaintingState.Paused, painting.State);
    }

    [Fact]
    public async Task HeldTwice_ThePaintingGoesOnAfterTheLast()
    {
        LivePainting painting = await _rooms.BeginEndless();
        IDisposable first = await _rooms.Work.HoldAsync(Cancel), second = await _rooms.Work.HoldAsync(Cancel);

        first.Dispose();
        Assert.Equal(PaintingState.Paused, painting.State);

        second.Dispose();
        Assert.Equal(PaintingState.Painting, painting.State);
    }

    [Fact]
    public async Task CanceledWhileItWaits_ThePaintingGoesOn_AndNobodyElseWaits()
    {
        LivePainting painting = await _rooms.BeginEndless();
        using CancellationTokenSource gone = new();
        using (await _rooms.Work.HoldAsync(Cancel))
        {
            painting.Resume();
            Task<int> work = _rooms.Work.RunAsync((_, _) => 0, gone.Token);
            Assert.True(_rooms.Room.Turns.IsTaken(Turn.Side));

            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        }

        Assert.Equal(PaintingState.Painting, painting.State);
        Assert.False(_rooms.Room.Turns.IsTaken(Turn.Side));
    }

    [Fact]
    public async Task ThatFails_LeavesItsTurn_AndThePaintingGoesOn()
    {
        LivePainting painting = await _rooms.BeginEndless();

        await Assert.ThrowsAsync<IOException>(
            () => _rooms.Work.InterruptAsync<int>((_, _) => throw new IOException("gone"), Cancel));

        Assert.Equal(PaintingState.Painting, painting.State);
        Assert.False(_rooms.Room.Turns.IsTaken(Turn.Side));
        Assert.Equal(1, await _rooms.Work.InterruptAsync((_, _) => 1, Cancel));
    }

    [Fact]
    public async Task WhileHeld_NoJobBegins()
    {
        using (await _rooms.Work.HoldAsync(Cancel))
        {
            Assert.Null(_rooms.Room.TryBegin(_rooms.Choice));
        }

        Assert.NotNull(_rooms.Room.TryBegin(_rooms.Choice));
    }
}
