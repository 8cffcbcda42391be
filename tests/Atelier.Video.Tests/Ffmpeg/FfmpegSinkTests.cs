using System.Text.Json;
using Atelier.Imaging;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>With the real ffmpeg.</summary>
public sealed class FfmpegSinkTests : IDisposable
{
    private static readonly string[] H264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p"];

    private readonly Clips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("b.mp4", "h264"), InlineData("b.mov", "h264"), InlineData("b.mkv", "h264"), InlineData("b.webm", "vp9")]
    public void Complete_TelevisionRate_KeepsEveryFrameAndTheRate(string name, string codec)
    {
        using FfmpegSource source = _clips.Open(_clips.Make("a.mp4", "size=64x48:rate=30000/1001:duration=1", H264));

        _clips.Copy(source, name);

        JsonElement video = Assert.Single(_clips.Streams(_clips.At(name)));
        Assert.Equal(codec, video.GetProperty("codec_name").GetString());
        Assert.Equal("30000/1001", video.GetProperty("r_frame_rate").GetString());
        Assert.Equal("bt709", video.GetProperty("color_space").GetString());
        double[] times = _clips.Times(_clips.At(name), "v");
        Assert.Equal(30, times.Length);
        Assert.All(times, (time, i) => Assert.InRange(time - (i * 1001 / 30000.0), -0.0006, 0.0006));
        Assert.Equal(["a.mp4", name], _clips.Files);
    }

    [Fact]
    public void Complete_VariableRate_KeepsTheTimes()
    {
        VideoFormat format = new(32, 18, new(1, 1000), new(10, 1)) { IsVariable = true };
        long[] times = [0, 41, 50, 503, 517, 617];
        using (FfmpegSink sink = new(_clips.Tool, _clips.At("a.mp4"), format, new VideoEncoding()))
        {
            foreach ((long time, long next) in times.Zip(times[1..]))
                sink.Write(new VideoFrame(Plain(32, 18, 0.5f, 0.2f, 0.1f), time, next - time));
            sink.Complete();
        }

        Assert.Equal([0, 0.041, 0.05, 0.503, 0.517], _clips.Times(_clips.At("a.mp4"), "v"));
        Assert.Equal(0.617, double.Parse(
            _clips.Streams(_clips.At("a.mp4"))[0].GetProperty("duration").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture), 0.002);
        using FfmpegSource again = _clips.Open(_clips.At("a.mp4"));
        Assert.Equal(times[..5], Clips.ReadAll(again)
            .Select(frame => (long)Math.Round(frame.Time * again.Format.TimeBase.Value * 1000)));
    }

    [Fact]
    public void Complete_LastFrameForLong_StaysAsLong()
    {
        VideoFormat format = new(32, 18, new(1, 100), new(10, 1)) { IsVariable = true };
        using (FfmpegSink sink = new(_clips.Tool, _clips.At("a.mp4"), format, new VideoEncoding()))
        {
            sink.Write(new VideoFrame(Plain(32, 18, 0.5f, 0.2f, 0.1f), 0, 10));
            sink.Write(new VideoFrame(Plain(32, 18, 0.1f, 0.2f, 0.7f), 10, 190));
            sink.Complete();
        }

        Assert.Equal([0, 0.1, 1.9], _clips.Times(_clips.At("a.mp4"), "v"));
    }

    [Fact]
    public void Complete_OddSides_GrowByACopy()
    {
        VideoFormat format = new(33, 17, new(1, 25), new(25, 1));
        FfmpegSink sink = new(_clips.Tool, _clips.At("a.mp4"), format, new VideoEncoding());
        using (sink)
        {
            sink.Write(new VideoFrame(Plain(33, 17, 0.8f, 0.8f, 0.8f), 0, 1));
            sink.Complete();
        }

        using FfmpegSource source = _clips.Open(_clips.At("a.mp4"));
        Picture picture = source.Read()!.Picture;
        Assert.Equal((34, 18), (picture.Width, picture.Height));
        FfmpegSourceTests.AssertNear([204, 204, 204], Clips.ColorAt(picture, 33, 17), 3);
        Assert.Contains("34 x 18", Assert.Single(sink.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b.mp4", null, 4), InlineData("b.webm", null, 4), InlineData("b.mov", "prores", 3)]
    [InlineData("b.mkv", "ffv1", 0), InlineData("b.mp4", "h265", 4)]
    public void Complete_KnownColors_ComeBack(string name, string? codec, int most)
    {
        VideoFormat format = new(64, 48, new(1, 25), new(25, 1));
        using (FfmpegSink sink = new(_clips.Tool, _clips.At(name), format, new VideoEncoding { Codec = codec }))
        {
            sink.Write(new VideoFrame(Plain(64, 48, 200 / 255f, 50 / 255f, 20 / 255f), 0, 1));
            sink.Write(new VideoFrame(Plain(64, 48, 10 / 255f, 90 / 255f, 240 / 255f), 1, 1));
            sink.Complete();
        }

        using FfmpegSource source = _clips.Open(_clips.At(name));
        FfmpegSourceTests.AssertNear([200, 50, 20], Clips.ColorAt(source.Read()!.Picture, 20, 20), most);
        FfmpegSourceTests.AssertNear([10, 90, 240], Clips.ColorAt(source.Read()!.Picture, 20, 20), most);
    }

    [Theory]
    [InlineData("b.mp4", "aac", 0.0), InlineData("b.mkv", "aac", 0.0), InlineData("b.webm", "opus", 0.0)]
    [InlineData("b.mp4", "aac", 0.4)]
    public void Complete_SourceWithSound_TakesItOverInTime(string name, string codec, double start)
    {
        string path = Beeping("a.mp4");
        using FfmpegSource source = _clips.Open(path, start);

        FfmpegSink sink = _clips.Copy(source, name, carried: source.Carried);

        JsonElement[] streams = _clips.Streams(_clips.At(name));
        Assert.Equal(2, streams.Length);
        Assert.Equal(codec, streams[1].GetProperty("codec_name").GetString());
        Assert.Equal(name.EndsWith("webm", StringComparison.Ordinal), sink.Warnings.Count > 0);
        // The sound begins at second 1 of the source, and its picture turns white there.
        double sound = FirstSound(_clips.At(name)), white = FirstWhite(_clips.At(name));
        Assert.Equal(1 - start, white, 0.03);
        Assert.Equal(white, sound, 0.03);
    }

    [Fact]
    public void Complete_AfterAStop_CutsTheSoundToTheFrames()
    {
        using FfmpegSource source = _clips.Open(Beeping("a.mp4"));

        _clips.Copy(source, "b.mp4", carried: source.Carried, most: 20);

        Assert.Equal(20, _clips.Times(_clips.At("b.mp4"), "v").Length);
        Assert.InRange(_clips.Times(_clips.At("b.mp4"), "a")[^1], 0.7, 0.83);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        VideoFormat format = new(64, 48, new(1, 25), new(25, 1));
        using (FfmpegSink sink = new(_clips.Tool, _clips.At("a.mp4"), format, new VideoEncoding()))
        {
            sink.Write(new VideoFrame(Plain(64, 48, 0, 0, 1), 0, 1));
        }

        Assert.Empty(_clips.Files);
    }

    [Fact]
    public void Write_EncoderThatIsGone_SaysWhatItSaid()
    {
        // More columns than this codec can have.
        VideoFormat format = new(20000, 2, new(1, 25), new(25, 1));
        using FfmpegSink sink = new(_clips.Tool, _clips.At("a.mp4"), format, new VideoEncoding());

        AtelierException error = Assert.Throws<AtelierException>(() =>
        {
            for (int i = 0; i < 100; i++)
                sink.Write(new VideoFrame(Plain(20000, 2, 0, 0, 1), i, 1));
            sink.Complete();
        });

        Assert.Contains("cannot be written: ffmpeg failed", error.Message, StringComparison.Ordinal);
    }

    private static Picture Plain(int width, int height, float red, float green, float blue)
    {
        Picture picture = new(width, height);
        Array.Fill(picture.Red, red);
        Array.Fill(picture.Green, green);
        Array.Fill(picture.Blue, blue);
        return picture;
    }

    /// <summary>Two seconds of 25 frames that turn from black and silent to white and loud after the first.</summary>
    private string Beeping(string name) => _clips.Run(name,
        "-f", "lavfi", "-i", "color=c=black:size=64x48:rate=25:duration=1[a];"
            + "color=c=white:size=64x48:rate=25:duration=1[b];[a][b]concat",
        "-f", "lavfi", "-i", "aevalsrc=gte(t\\,1)*sin(2000*t):duration=2:sample_rate=44100",
        "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac");

    private double FirstWhite(string path)
    {
        using FfmpegSource source = _clips.Open(path);
        VideoFrame white = Clips.ReadAll(source).First(frame => frame.Picture.Red[100] > 0.5f);
        return source.Carried.FirstFrame.TotalSeconds + (white.Time * source.Format.TimeBase.Value);
    }

    private double FirstSound(string path)
    {
        _clips.Run("sound.raw", "-i", path, "-ac", "1", "-ar", "8000", "-af", "aresample=async=1:first_pts=0",
            "-f", "s16le");
        byte[] bytes = File.ReadAllBytes(_clips.At("sound.raw"));
        int loud = Enumerable.Range(0, bytes.Length / 2)
            .First(i => Math.Abs((int)BitConverter.ToInt16(bytes, 2 * i)) > 8000);
        return loud / 8000.0;
    }
}
