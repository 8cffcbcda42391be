using Atelier.Workshop.Paintings;

namespace Atelier.Workshop.Tests.Paintings;

/// <summary>Paintings at a time share a limit. A wait that is canceled already ends at once, and so tells whether there
/// was one.</summary>
public sealed class MemoryBudgetTests
{
    private static readonly CancellationToken Canceled = new(canceled: true);
    private readonly MemoryBudget _budget = new(100);

    [Fact]
    public void Take_MoreThanIsLeft_WaitsUntilItIsReturned()
    {
        MemoryBudget.Share first = _budget.Take(60, Canceled);
        Assert.Throws<OperationCanceledException>(() => _budget.Take(41, Canceled));
        using (_budget.Take(40, Canceled))
        {
            first.Dispose();
            first.Dispose();
            Assert.Throws<OperationCanceledException>(() => _budget.Take(61, Canceled));
        }

        _budget.Take(100, Canceled).Dispose();
    }

    [Fact]
    public void Resize_OfWaitingPictures_CountsThemOnce()
    {
        MemoryBudget.Share painting = _budget.Take(70, Canceled);
        using MemoryBudget.Share waiting = _budget.Take(20, Canceled);
        Assert.Throws<OperationCanceledException>(() => waiting.Resize(31, Canceled));
        Assert.Throws<OperationCanceledException>(() => _budget.Take(11, Canceled));
        waiting.Resize(30, Canceled);
        painting.Dispose();
        waiting.Resize(100, Canceled);
        Assert.Throws<OperationCanceledException>(() => _budget.Take(1, Canceled));
    }

    [Fact]
    public void Take_MoreThanEverything_IsAllowedAlone()
    {
        using MemoryBudget.Share alone = _budget.Take(30, Canceled);
        alone.Resize(500, Canceled);
        Assert.Throws<OperationCanceledException>(() => _budget.Take(1, Canceled));
    }

    [Fact]
    public async Task Take_WhileAnotherPaints_GoesOnWhenItEnds()
    {
        MemoryBudget.Share first = _budget.Take(60, Canceled);
        Task<MemoryBudget.Share> second =
            Task.Run(() => _budget.Take(60, TestContext.Current.CancellationToken));
        first.Dispose();
        (await second).Dispose();
        _budget.Take(100, Canceled).Dispose();
    }
}
