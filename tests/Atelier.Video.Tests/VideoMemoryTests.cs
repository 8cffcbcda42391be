using Atelier.Imaging;
using Atelier.Video.Flow;

namespace Atelier.Video.Tests;

/// <summary>The plan of a frame counts what a video needs beside it.</summary>
public sealed class VideoMemoryTests
{
    private const int Width = 233, Height = 131;
    private const long Plane = (Width + 8) * (Height + 8) * sizeof(float);

    private static readonly VideoRequest Request = new()
    {
        Styles = VideoCase.Styles,
        Options = VideoCase.Options,
        Video = VideoOptions.Default,
    };

    private static long BytesOf(VideoOptions video)
        => VideoMemory.BytesBeside(Request with { Video = video }, new Picture(Width, Height));

    [Theory]
    [InlineData(131, 233), InlineData(16, 97)]
    public void FlowLevel_Planes_AreCountedAsTheyAreAllocated(int height, int width)
    {
        _ = new FlowLevel(height, width, level: 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FlowLevel level = new(height, width, level: 0);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, FlowLevel.BytesOf(height, width), FlowLevel.BytesOf(height, width) * 1.1);
        GC.KeepAlive(level);
    }

    [Fact]
    public void BytesBeside_MoreFramesOrAReport_CountsTheirPictures()
    {
        long plain = BytesOf(VideoOptions.Default);

        // Two more pairs of frame and painting, and of two more targets the painting, the reliability, the flow, and
        // the engine's copies.
        Assert.Equal(
            (4 * 3 * Plane) + (2 * 12 * Plane), BytesOf(VideoOptions.Default with { LongTerm = [1, 2, 3] }) - plain);
        Assert.Equal(4 * 3 * Plane, BytesOf(VideoOptions.Default with { LongTerm = [3] }) - plain);
        Assert.Equal(8 * 3 * Plane, BytesOf(VideoOptions.Default with { Report = true }) - plain);
        Assert.True(plain > OpticalFlow.BytesOf(Height, Width) + (20 * 3 * Plane));
    }

    [Fact]
    public void Check_OfAVideo_AddsThemToAPicture()
    {
        VideoFormat format = MovingScene.Source(MovingScene.Frames(1, 1)).Format with { Width = 601, Height = 353 };
        Picture frame = new(format.Width, format.Height);
        using VideoStylizer stylizer = new();
        using Stylizer still = new();
        StylizeRequest picture = new() { Content = frame, Styles = Request.Styles, Options = Request.Options };
        long ofPicture = still.Check(picture).PeakBytes, ofVideo = stylizer.Check(Request, format).PeakBytes;

        Assert.Equal(VideoMemory.BytesBeside(Request, frame), ofVideo - ofPicture);
        VideoRequest limited = Request with { Options = Request.Options with { MaxMemory = ofPicture } };
        Assert.Contains(
            "needs at least", Assert.Throws<OptionsException>(() => stylizer.Check(limited, format)).Message,
            StringComparison.Ordinal);
    }
}
