using System.Collections.Immutable;
using Atelier.Imaging;

namespace Atelier.Video.Tests;

public sealed class DriftMeterTests
{
    [Fact]
    public void Measure_PaintingsThatBrighten_RelatesThemToTheInputAndTheScenesFirst()
    {
        DriftMeter meter = new();
        FrameTone first = meter.Measure(Gray(0.1f, 0.3f), Gray(0.3f, 0.5f), startsScene: true);
        FrameTone second = meter.Measure(Gray(0.2f, 0.5f), Gray(0.5f, 0.7f), startsScene: false);
        FrameTone other = meter.Measure(Gray(0.2f, 0.5f), Gray(0.5f, 0.7f), startsScene: true);

        AssertEqual([0.5, 1, 0, 0], first);
        AssertEqual([0.35 / 0.6, 1.5, (0.35 / 0.6 / 0.5) - 1, 0.5], second);
        AssertEqual([0.35 / 0.6, 1.5, 0, 0], other);
    }

    [Fact]
    public void Measure_Colors_WeighsThemAsLuma()
    {
        Picture green = new(2, 1, [0, 0], [0, 1], [0, 0]), blue = new(2, 1, [0, 0], [0, 0], [0, 1]);

        AssertEqual(
            [0.0722 / 0.7152, 0.0722 / 0.7152, 0, 0], new DriftMeter().Measure(blue, green, startsScene: true));
    }

    [Fact]
    public void Measure_BlackOrFlatInput_HasNoRatio()
    {
        DriftMeter meter = new();

        Assert.Equal(
            new FrameTone(null, null, null, null), meter.Measure(Gray(0.2f, 0.4f), Gray(0, 0), startsScene: true));
        FrameTone flat = meter.Measure(Gray(0.2f, 0.4f), Gray(0.6f, 0.6f), startsScene: true);
        Assert.Equal(0.5, flat.Brightness!.Value, 1e-6);
        Assert.Equal((null, null), (flat.Contrast, flat.ContrastDrift));
    }

    [Fact]
    public void Report_FramesThatDrift_SumsUpTheLargestDrift()
    {
        FrameReport Frame(double? brightness, double? contrast)
            => new(0, false, null, null, 0, 0, 1, 1, brightness, contrast);
        VideoReport Of(params ImmutableArray<FrameReport> frames) => new() { Frames = frames };

        VideoReport report = Of(Frame(0, 0), Frame(-0.3, null), Frame(0.2, 0.1));

        Assert.Equal((0.3, 0.1), (report.BrightnessDrift, report.ContrastDrift));
        Assert.Equal((null, null), (Of().BrightnessDrift, Of(Frame(null, null)).ContrastDrift));
    }

    private static void AssertEqual(double[] expected, FrameTone tone)
        => Assert.Equal(
            expected,
            [tone.Brightness!.Value, tone.Contrast!.Value, tone.BrightnessDrift!.Value, tone.ContrastDrift!.Value],
            (a, b) => Math.Abs(a - b) < 1e-5);

    private static Picture Gray(params float[] values) => new(values.Length, 1, values, values, values);
}
