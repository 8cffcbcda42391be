using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Painting;

public sealed class FaderScaleTests
{
    [Theory]
    [InlineData(0.12, 16)]
    [InlineData(2, 1 / 16.0)]
    [InlineData(1, 4)]
    public void Position_AndValue_AgreeBothWays(double center, double factor)
    {
        FaderScale scale = new(center, factor);

        Assert.Equal(center, scale.ValueAt(0), 12);
        Assert.Equal(center * factor, scale.ValueAt(1), center * factor * 0.005);
        foreach (double position in (double[])[-1, -0.34, 0, 0.5, 1])
            Assert.Equal(position, scale.PositionOf(scale.ValueAt(position)), 0.01);
    }

    [Fact]
    public void ValueBeyondTheEnds_IsAtTheEnd()
    {
        FaderScale balance = FaderScale.Around(0, 0.12, 1 / 16.0);

        Assert.Equal(0.12, balance.Center);
        Assert.Equal(1, balance.PositionOf(0));
        Assert.Equal(-1, balance.PositionOf(1000));
    }

    [Fact]
    public void Value_HasFewDigits() => Assert.Equal(0.172, new FaderScale(0.12, 4).ValueAt(0.26));

    [Fact]
    public void Command_HasWhatDiffersFromThePreset_AndGivesTheSameOptions()
    {
        using TemporaryFolder temporary = new();
        StudioFolder folder = new(temporary.Path);
        PaintingChoice choice = new PaintingChoice()
            .With(new StoredPicture(PictureKind.Artworks, "it's art.png")).WithPreset("bold");
        StylizeOptions options = choice.Options with { ContentWeight = 0.3, StyleWeights = [1.5, -0.5] };

        string command = CommandLine.Of(
            choice with { Photograph = new StoredPicture(PictureKind.Photographs, "a b.png") }, options, folder);

        Assert.Contains($"'{temporary.Path}/photographs/a b.png'", command);
        Assert.Contains(@"it'\''s art.png'", command);
        Assert.EndsWith(
            "--preset bold --style-weights 1.5,-0.5 --content-weight 0.3 -o painting.png", command);
    }

    [Fact]
    public void TimeLeft_FollowsThePace()
    {
        ManualClock clock = new();
        RemainingTime time = new(clock);
        time.Report(0.01);
        Assert.Null(time.Seconds);

        clock.Advance(10);
        time.Report(0.25);
        Assert.Equal(30, time.Seconds!.Value, 6);

        // Taken back to an earlier moment, the pace begins anew.
        time.Report(0.1);
        Assert.Null(time.Seconds);
        clock.Advance(9);
        time.Report(0.4);
        Assert.Equal(18, time.Seconds!.Value, 6);
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        internal void Advance(int seconds) => _now += seconds;
    }
}
