using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

/// <summary>Frames with transparent parts, such as stickers.</summary>
public sealed class TransparencyTests
{
    private static readonly VideoRequest Quick =
        VideoCase.Request with { Options = VideoCase.Options with { Iterations = 4 } };

    [Fact]
    public void Stylize_WhateverTheHiddenColorsOfMovingCutOuts_GivesTheSameFrames()
    {
        Picture[] frames = [.. MovingScene.Frames(1, 3).Select((frame, i) => CutOuts.Of(frame, 0.05 * i))];
        MemorySink black = new(), bright = new();

        VideoCase.Paint(Quick, [.. frames.Select(frame => CutOuts.WithHidden(frame, 0))], black);
        VideoCase.Paint(Quick, [.. frames.Select(frame => CutOuts.WithHidden(frame, 1))], bright);

        Assert.Equal(black.Values, bright.Values);
        Assert.Equal(frames.Select(frame => frame.Alpha), black.Frames.Select(frame => frame.Picture.Alpha));
    }

    [Fact]
    public void Stylize_FrameOfWhichNothingIsVisible_StaysSo()
    {
        Picture[] frames = MovingScene.Frames(1, 3);
        frames[1] = new Picture(
            MovingScene.Width, MovingScene.Height, frames[1].Red, frames[1].Green, frames[1].Blue,
            new float[MovingScene.Width * MovingScene.Height]);
        MemorySink sink = new();

        VideoCase.Paint(Quick, frames, sink);

        Assert.All(sink.Frames[1].Picture.Alpha!, opacity => Assert.Equal(0, opacity));
        Assert.All(sink.Values, values => Assert.All(values, value => Assert.InRange(value, 0f, 1f)));
        Assert.Null(sink.Frames[2].Picture.Alpha);
    }
}
