using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>What only tells something ends at once when it is cancelled.</summary>
public sealed class CancellationTests : IDisposable
{
    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        Size = 48,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private readonly Stylizer _stylizer = new();
    private readonly Picture _content = Numbers.Picture(1, 35, 48), _style = Numbers.Picture(2, 41, 50);

    public void Dispose() => _stylizer.Dispose();

    [Fact]
    public void Plan_CancelledWhileItTries_EndsBeforeItLooksAtTheClockAgain()
    {
        using CancellationTokenSource cancel = new();
        StoppingClock clock = new(cancel, looks: 3);

        Assert.Throws<OperationCanceledException>(() => _stylizer.Plan(
            new StylizeRequest { Content = _content, Styles = [_style], Options = Options }, clock, cancel.Token));

        Assert.Equal(3, clock.Looks);
    }

    [Fact]
    public void Evaluate_Cancelled_Ends()
        => Assert.Throws<OperationCanceledException>(() => _stylizer.Evaluate(
            _content, _content, [_style], Options, cancel: new CancellationToken(canceled: true)));

    [Fact]
    public void Extract_Cancelled_Ends()
        => Assert.Throws<OperationCanceledException>(() => _stylizer.Extract(
            [_style], Options, [32], cancel: new CancellationToken(canceled: true)));

    /// <summary>Cancels when it is looked at for a certain time.</summary>
    private sealed class StoppingClock(CancellationTokenSource cancel, int looks) : TimeProvider
    {
        internal int Looks { get; private set; }

        public override long GetTimestamp()
        {
            if (++Looks == looks)
            {
                cancel.Cancel();
            }

            return Looks;
        }
    }
}
