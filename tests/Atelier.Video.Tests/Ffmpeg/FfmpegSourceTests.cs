using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>With the real ffmpeg.</summary>
public sealed class FfmpegSourceTests : IDisposable
{
    private static readonly string[] H264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p"];

    private readonly Clips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("a.mp4"), InlineData("a.mkv"), InlineData("a.ts"), InlineData("a.avi")]
    public void Read_TelevisionRate_GivesAllFramesOnItsGrid(string name)
    {
        string path = _clips.Make(name, "size=66x50:rate=30000/1001:duration=1", H264);

        using FfmpegSource source = _clips.Open(path);
        List<VideoFrame> frames = Clips.ReadAll(source);

        Assert.Equal(new VideoFormat(66, 50, new(1001, 30000), new(30000, 1001)) { FrameCount = 30 }, source.Format);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i), frames.Select(frame => frame.Time));
        Assert.All(frames, frame => Assert.Equal(1, frame.Duration));
        Assert.All(frames, frame => Assert.Equal((66, 50), (frame.Picture.Width, frame.Picture.Height)));
        Assert.Empty(source.Warnings);
    }

    [Fact]
    public void Read_VariableRate_GivesTheTimesOfTheFile()
    {
        string path = _clips.Make("v.mp4", "size=64x48:rate=1000:duration=1",
            ["-vf", "select='eq(n,0)+eq(n,41)+eq(n,50)+eq(n,503)+eq(n,517)'", "-vsync", "passthrough", "-enc_time_base",
                "1:1000", "-video_track_timescale", "1000", .. H264]);

        using FfmpegSource source = _clips.Open(path);
        List<VideoFrame> frames = Clips.ReadAll(source);

        Assert.True(source.Format.IsVariable);
        Assert.Equal([0, 41, 50, 503, 517], frames.Select(frame => Milliseconds(frame.Time, source)));
        Assert.Equal([41, 9, 453, 14], frames.Take(4).Select(frame => Milliseconds(frame.Duration, source)));
        Assert.Equal(5, source.Format.FrameCount);
    }

    [Theory]
    [InlineData(0.5, 0.8, 15, 9), InlineData(0, 0.1, 0, 3), InlineData(0.9, null, 27, 3)]
    public void Read_Part_BeginsAndEndsWhereItShould(double start, double? end, int first, int count)
    {
        string path = _clips.Make("a.mp4", "size=64x48:rate=30:duration=1", H264);
        using FfmpegSource whole = _clips.Open(path), part = _clips.Open(path, start, end);

        List<VideoFrame> all = Clips.ReadAll(whole), frames = Clips.ReadAll(part);

        Assert.Equal(count, frames.Count);
        Assert.Equal(count, part.Format.FrameCount);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), frames.Select(frame => frame.Time));
        Assert.Equal(all[first].Picture.Red, frames[0].Picture.Red);
    }

    [Fact]
    public void Read_TurnedVideo_ComesUprightOnce()
    {
        string upright = _clips.Make("a.mp4", "size=64x48:rate=5:duration=0.4", ["-c:v", "libx264", "-qp", "0"]);
        string[] turn = ["-i", upright, "-c", "copy"];
        // The option that turns came with 6.0, the tag that does went with 7.0.
        string turned = FfmpegTool.IsBefore(_clips.Tool.Version, 6, 0)
            ? _clips.Run("b.mp4", [.. turn, "-metadata:s:v:0", "rotate=270"])
            : _clips.Run("b.mp4", ["-display_rotation", "90", .. turn]);
        using FfmpegSource source = _clips.Open(turned), stored = _clips.Open(upright);

        Picture picture = source.Read()!.Picture, before = stored.Read()!.Picture;

        Assert.Equal((48, 64), (source.Format.Width, source.Format.Height));
        // The angle counts against the clock.
        (int top, int bottom) = source.Probed.Rotation is 90 or -270 ? (63, 0) : (0, 63);
        int cornerRow = source.Probed.Rotation is 90 or -270 ? 0 : 47;
        Assert.Equal(Clips.ColorAt(before, top, cornerRow), Clips.ColorAt(picture, 0, 0));
        Assert.Equal(Clips.ColorAt(before, bottom, cornerRow), Clips.ColorAt(picture, 0, 63));
    }

    [Fact]
    public void Read_WidePixels_BecomeSquareOnes()
    {
        string path = _clips.Make("a.mp4", "size=64x48:rate=5:duration=0.4", ["-vf", "setsar=4/3", .. H264]);

        using FfmpegSource source = _clips.Open(path);

        Assert.Equal((85, 48), (source.Format.Width, source.Format.Height));
        Assert.Equal(85, source.Read()!.Picture.Width);
    }

    [Theory]
    [InlineData("bt709", "tv", "yuv420p"), InlineData("smpte170m", "tv", "yuv420p")]
    [InlineData("bt709", "pc", "yuv444p"), InlineData("bt2020nc", "tv", "yuv420p10le")]
    public void Read_TaggedColors_AreRight(string matrix, string range, string pixels)
    {
        string name = matrix == "bt2020nc" ? "bt2020" : matrix;
        string path = _clips.Run("a.mkv", "-f", "lavfi", "-i", "color=c=0xC83214:size=32x32:rate=5:duration=0.4",
            "-vf", $"scale=out_color_matrix={name}:out_range={range},format={pixels}", "-colorspace", matrix,
            "-color_range", range, "-c:v", "libx264", "-qp", "0");

        using FfmpegSource source = _clips.Open(path);

        AssertNear([0xC8, 0x32, 0x14], Clips.ColorAt(source.Read()!.Picture, 15, 15), 3);
    }

    [Fact]
    public void Open_SoundOnly_SaysSo()
    {
        string path = _clips.Run("a.m4a", "-f", "lavfi", "-i", "sine=duration=0.3");

        CodedException error = Assert.Throws<CodedException>(() => _clips.Open(path));

        Assert.Equal("video.none", error.Code);
        Assert.Contains("only sound", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoVideoAtAll_SaysSo()
    {
        string path = _clips.At("a.mp4");
        File.WriteAllText(path, "This is a letter.");

        CodedException error = Assert.Throws<CodedException>(() => _clips.Open(path));

        Assert.Equal("video.unreadable", error.Code);
        Assert.Contains("Invalid data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PartAfterTheEnd_SaysSo()
    {
        string path = _clips.Make("a.mp4", "size=64x48:rate=30:duration=0.5", H264);

        Assert.Equal("video.empty", Assert.Throws<CodedException>(() => _clips.Open(path, 3)).Code);
    }

    [Fact]
    public void Read_FileCutOff_GivesWhatIsThereAndAWarning()
    {
        string path = _clips.Make("a.mp4", "size=320x240:rate=30:duration=1", ["-movflags", "+faststart", .. H264]);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length * 8 / 10);
        }

        using FfmpegSource source = _clips.Open(path);
        List<VideoFrame> frames = Clips.ReadAll(source);

        Assert.InRange(frames.Count, 5, 29);
        Assert.Contains("is damaged", Assert.Single(source.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_InTheMiddle_EndsTheDecoder()
    {
        string path = _clips.Make("a.mp4", "size=320x240:rate=30:duration=2", H264);
        FfmpegSource source = _clips.Open(path);
        source.Read();
        Process.GetProcessById(source.ProcessId).Dispose();

        source.Dispose();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(source.ProcessId));
    }

    private static long Milliseconds(long ticks, FfmpegSource source)
        => (long)Math.Round(ticks * source.Format.TimeBase.Value * 1000);

    internal static void AssertNear(int[] expected, int[] actual, int most)
        => Assert.True(expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= most),
            $"{string.Join(',', expected)} is not {string.Join(',', actual)}");
}
