namespace Atelier.Video.Tests;

public sealed class AdaptedSourceTests
{
    [Theory]
    [InlineData(0.0, null, 0, 10), InlineData(0.3, null, 3, 7), InlineData(0.3, 0.5, 3, 2), InlineData(0.31, 0.5, 4, 1)]
    [InlineData(0.0, 0.01, 0, 1), InlineData(2.0, null, 0, 0)]
    public void Trimmed_Moments_GiveTheFramesThatAppearBetween(double start, double? end, int first, int count)
    {
        Sequence all = Sequence.Steady(10, 10);
        TimeSpan? last = end is double moment ? TimeSpan.FromSeconds(moment) : null;
        using (TrimmedSource part = new(all, TimeSpan.FromSeconds(start), last))
        {
            Assert.Equal(count, part.Format.FrameCount);
            Assert.Equal(Enumerable.Range(0, count).Select(i => (first + i, (long)i)), Sequence.Told(part));
        }

        Assert.True(all.IsDisposed);
    }

    [Fact]
    public void Trimmed_RoundedMoment_LosesNoFrame()
    {
        VideoFormat format = new(1, 1, new(1001, 30000), new(30000, 1001)) { FrameCount = 90 };
        (long, long)[] times = [.. Enumerable.Range(0, 90).Select(i => ((long)i, 1L))];
        // Frame 31 appears after 1.0343667 seconds, a little after the moment that is written like that.
        using TrimmedSource part = new(new Sequence(format, times), TimeSpan.FromSeconds(1.034367), null);

        Assert.Equal(31, Sequence.Told(part)[0].Number);
    }

    [Theory]
    [InlineData(10, 10, 5, "0,2,4,6,8"), InlineData(4, 10, 20, "0,0,1,1,2,2,3,3"), InlineData(5, 10, 4, "1,3")]
    [InlineData(1, 10, 1, "0")]
    public void Retimed_OtherRate_RepeatsOrLeavesOut(int count, int rate, int newRate, string numbers)
    {
        using RetimedSource source = new(Sequence.Steady(count, rate), new Rational(newRate, 1));

        (int Number, long Time)[] told = Sequence.Told(source);

        // Two frames that are seen for equal parts of a new frame's time: the later one is taken.
        Assert.Equal(numbers.Split(',').Length, told.Length);
        Assert.Equal(told.Length, source.Format.FrameCount);
        Assert.Equal(Enumerable.Range(0, told.Length).Select(i => (long)i), told.Select(frame => frame.Time));
        Assert.All(told.Zip(numbers.Split(',')), pair => Assert.InRange(
            pair.First.Number, int.Parse(pair.Second, null), int.Parse(pair.Second, null) + (rate > newRate ? 1 : 0)));
    }

    [Fact]
    public void Retimed_TimesInMilliseconds_GivesEveryFrameOnce()
    {
        (long, long)[] rounded = [.. Enumerable.Range(0, 200).Select(i => ((long)Math.Round(i * 1001 / 30.0), 33L))];
        VideoFormat format = new(3, 2, new(1, 1000), new(30000, 1001)) { IsVariable = true };
        using RetimedSource source = new(new Sequence(format, rounded), new Rational(30000, 1001));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (i, (long)i)), Sequence.Told(source));
    }

    [Fact]
    public void Retimed_UnequalTimes_ShowsEachAsLong()
    {
        VideoFormat format = new(3, 2, new(1, 100), new(3, 1)) { IsVariable = true };
        using RetimedSource source = new(new Sequence(format, (0, 50), (50, 10), (60, 40)), new Rational(10, 1));

        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 2, 2, 2], Sequence.Told(source).Select(frame => frame.Number));
    }

    [Fact]
    public void Resized_LongSide_ChangesPicturesAndFormat()
    {
        using ResizedSource source = new(Sequence.Steady(2, 25), 10);

        Assert.Equal((10, 6), (source.Format.Width, source.Format.Height));
        Assert.All(Sequence.ReadAll(source),
            frame => Assert.Equal((10, 6), (frame.Picture.Width, frame.Picture.Height)));
    }
}
