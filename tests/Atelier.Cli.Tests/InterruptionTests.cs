namespace Atelier.Cli.Tests;

public sealed class InterruptionTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(0.1, true), InlineData(0.29, true), InlineData(0.4, false)]
    public void Take_SecondSignal_EndsTheProcessUnlessItComesInHaste(double seconds, bool goesOn)
    {
        using Interruption interruption = new(_clock);
        Assert.True(interruption.Take());
        _clock.Advance(seconds);

        Assert.Equal(goesOn, interruption.Take());
    }

    [Fact]
    public void Take_FirstSignal_TellsOnceAndCancels()
    {
        int told = 0;
        using Interruption interruption = new(_clock) { OnFirst = () => told++ };

        interruption.Take();
        interruption.Take();

        Assert.Equal(1, told);
        Assert.True(interruption.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(true, "saving; press Ctrl+C again to quit at once")]
    [InlineData(false, "stopping; press Ctrl+C again to quit at once")]
    public void ReportStopping_SaysWhetherSomethingIsSaved_InOneLine(bool wouldSave, string expected)
    {
        using StringWriter error = new();
        Host host = new() { Out = TextWriter.Null, Error = error, WouldSave = wouldSave };

        host.ReportStopping();

        Assert.Equal(expected, error.ToString().Trim());
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1_000_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
