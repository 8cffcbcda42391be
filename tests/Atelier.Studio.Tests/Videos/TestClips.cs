using Atelier.Imaging;
using Atelier.Testing;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;

namespace Atelier.Studio.Tests.Videos;

/// <summary>Small clips as files.</summary>
internal static class TestClips
{
    internal const int Width = 48, Height = 32, FrameCount = 5;

    private static readonly VideoFormat Format =
        new(Width, Height, new Rational(1, 10), new Rational(10, 1)) { FrameCount = FrameCount };

    /// <summary>An animated GIF: a bright bar that moves to the right over a dark ground.</summary>
    internal static byte[] Gif { get; } = Write(".gif", path => new GifSink(path, Format));

    /// <summary>The same as a video file; skips the test if there is no ffmpeg.</summary>
    internal static byte[] Mp4()
    {
        FfmpegTool tool = Ffmpeg();
        return Write(".mp4", path => new FfmpegSink(tool, path, Format, new VideoEncoding()));
    }

    /// <summary>The program; skips the test if there is none.</summary>
    internal static FfmpegTool Ffmpeg()
    {
        FfmpegTool? tool = Machine.Examine().Ffmpeg;
        Assert.SkipWhen(tool is null, "There is no ffmpeg on this machine.");
        return tool!;
    }

    /// <summary>The column of the bar in a frame.</summary>
    internal static int BarIn(Picture frame)
    {
        int row = frame.Height / 2 * frame.Width;
        int brightest = Enumerable.Range(0, frame.Width).MaxBy(x => frame.Green[row + x]);
        return (int)Math.Round(brightest * (double)Width / frame.Width);
    }

    /// <summary>The first column of the bar in a frame of the clip.</summary>
    internal static int BarOf(int frame) => 4 + (8 * frame);

    private static byte[] Write(string extension, Func<string, IFrameSink> create)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf($"clip{extension}");
        using (IFrameSink sink = create(path))
        {
            for (int i = 0; i < FrameCount; i++)
                sink.Write(new VideoFrame(FrameAt(i), i, 1));
            sink.Complete();
        }

        return File.ReadAllBytes(path);
    }

    private static Picture FrameAt(int index)
    {
        Picture picture = new(Width, Height);
        for (int i = 0; i < Width * Height; i++)
        {
            int x = i % Width, bar = BarOf(index);
            float light = x >= bar && x < bar + 6 ? 0.9f : 0.15f;
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = (light, light, 0.3f);
        }

        return picture;
    }
}
