using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>What ffprobe and ffmpeg print, without them.</summary>
public sealed class ProbeTests
{
    [Fact]
    public void Parse_OrdinaryVideo_TellsAll()
    {
        VideoProbe probe = Probe("""
            "codec_name":"h264","codec_type":"video","width":720,"height":576,"sample_aspect_ratio":"16:15",
            "pix_fmt":"yuv420p","time_base":"1/12800","r_frame_rate":"25/1","avg_frame_rate":"0/0",
            "color_range":"tv","color_space":"bt470bg","color_transfer":"bt709","color_primaries":"unknown",
            "side_data_list":[{"side_data_type":"Display Matrix","rotation":-90}]
            """);

        Assert.Equal((576, 768, -90), (probe.Width, probe.Height, probe.Rotation));
        Assert.Equal(new Rational(1, 12800), probe.TimeBase);
        Assert.Equal([new Rational(25, 1)], probe.FrameRates);
        Assert.Equal(new ColorTags("bt470", false, null, "bt709"), probe.Color);
        Assert.Equal((1, 2, 1), (probe.Index, probe.AudioStreams, probe.SubtitleStreams));
        Assert.Equal(1.4, probe.FileStart);
    }

    [Theory]
    [InlineData("1:1", 0, 720, 480), InlineData("8:9", 0, 720, 540), InlineData("0:1", 0, 720, 480)]
    [InlineData("N/A", 180, 720, 480), InlineData("32:27", 0, 853, 480), InlineData("1:1", 270, 480, 720)]
    public void Parse_ShapeAndRotation_GiveTheSeenSize(string aspect, int rotate, int width, int height)
    {
        VideoProbe probe = Probe($$"""
            "codec_name":"mpeg2video","codec_type":"video","width":720,"height":480,"sample_aspect_ratio":"{{aspect}}",
            "pix_fmt":"yuv420p","tags":{"rotate":"{{rotate}}"}
            """);

        Assert.Equal((width, height), (probe.Width, probe.Height));
    }

    [Theory]
    [InlineData("yuv420p", "", 480, "bt601", false), InlineData("yuv420p", "", 1080, "bt709", false)]
    [InlineData("yuvj420p", "smpte170m", 1080, "smpte170m", true), InlineData("gbrp", "gbr", 1080, null, false)]
    [InlineData("rgb24", "", 480, null, false), InlineData("yuv420p10le", "bt2020nc", 2160, "bt2020", false)]
    public void Colors_OfEachKind_AreToldApart(string pixels, string space, int height, string? matrix, bool isFull)
    {
        Dictionary<string, string> fields = new() { ["pix_fmt"] = pixels, ["color_space"] = space };

        ColorTags tags = ColorTags.Parse(name => fields.GetValueOrDefault(name, ""), height);

        Assert.Equal((matrix, isFull), (tags.Matrix, tags.IsFull));
    }

    [Theory]
    [InlineData("""{"streams":[{"codec_type":"audio"}]}""", "only sound"), InlineData("{}", "no video")]
    [InlineData("""{"streams":[{"codec_type":"video","disposition":{"attached_pic":1}}]}""", "no video")]
    [InlineData("""{"streams":[{"codec_type":"video","codec_name":"h264","width":0,"height":0}]}""", "cannot decode")]
    public void Parse_NothingToShow_SaysSo(string json, string reason)
        => Assert.Contains(reason, Assert.Throws<CodedException>(() => VideoProbe.Parse("a", json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Timing_RoundedToMilliseconds_LiesOnTheGrid()
    {
        FrameTiming timing = Time(new Rational(1, 1000), new Rational(24000, 1001),
            [.. Enumerable.Range(0, 500).Select(i => (long)Math.Round(i * 1001 / 24.0))]);

        Assert.Equal(new Rational(24000, 1001), timing.Grid);
        Assert.Equal((false, 500, 500L), (timing.IsVariable, timing.FrameCount, timing.Length));
        Assert.Equal([0, 1, 2, 499], ((long[])[0, 42, 83, 20812]).Select(timing.TimeOf));
    }

    [Fact]
    public void Timing_MissingFrames_StaysOnTheGrid()
    {
        FrameTiming timing = Time(new Rational(1, 12800), new Rational(25, 1), [0, 512, 1536, 2048]);

        Assert.Equal((new Rational(25, 1), true), (timing.Grid, timing.IsVariable));
        Assert.Equal(new Rational(1, 25), timing.TimeBase);
        Assert.Equal([0, 1, 3, 4], ((long[])[0, 512, 1536, 2048]).Select(timing.TimeOf));
    }

    [Fact]
    public void Timing_FieldRate_BecomesTheFrameRate()
    {
        FrameTiming timing = Time(new Rational(1, 90000), new Rational(50, 1), [900, 4500, 8100, 11700]);

        Assert.Equal((new Rational(25, 1), false), (timing.Grid, timing.IsVariable));
        Assert.Equal([0, 1, 2], ((long[])[0, 3600, 7200]).Select(timing.TimeOf));
    }

    [Fact]
    public void Timing_AnyTimes_AreKept()
    {
        FrameTiming timing = Time(new Rational(1, 1000), new Rational(30, 1), [0, 41, 50, 503, 517]);

        Assert.Null(timing.Grid);
        Assert.Equal((true, 5, 531L, 14L), (timing.IsVariable, timing.FrameCount, timing.Length, timing.LastDuration));
        Assert.Equal(4 / 0.517, timing.FrameRate.Value, 4);
        Assert.Equal(503, timing.TimeOf(503));
    }

    [Fact]
    public void Timing_PacketsThatAreNotShown_DoNotCount()
    {
        const string packets =
            "pts=-512|duration=512|flags=KD\npts=512|flags=_\npts=0|flags=K_\r\nside data\n\npts=1024|flags=__";

        FrameTiming timing = FrameTiming.Create(Video(new Rational(1, 12800), new Rational(25, 1)), packets, 0, 9);
        Assert.Equal(3, timing.FrameCount);
    }

    [Fact]
    public void Timing_PacketsWithoutTimes_HaveTheStatedRate()
    {
        string packets = string.Join('\n', Enumerable.Repeat("pts=N/A|dts=1|flags=_", 30));

        FrameTiming timing = FrameTiming.Create(Video(new Rational(1, 25), new Rational(25, 1)), packets, 0.4, 0.8);

        Assert.Equal((10, false), (timing.FrameCount, timing.IsVariable));
    }

    [Fact]
    public void Timing_OddestNumbers_DoNotFail()
    {
        foreach (long[] times in (long[][])[[], [5], [0, 0], [long.MinValue / 4, long.MaxValue / 4], [3, 2, 1]])
        {
            FrameTiming timing = Time(new Rational(1, 1_000_000), new Rational(90000, 1), times);
            Assert.True(timing.FrameRate.Value > 0 && timing.LastDuration > 0);
        }
    }

    [Theory]
    [InlineData("[Parsed_showinfo_2 @ 0x55] [info] n:   1 pts:   1016 pts_time:0.03 pos: 53 fmt:rgb24 sar:1/1", 1016L)]
    [InlineData("[Parsed_showinfo_2 @ 0x55] n:1234 pts:-51 pts_time:-0.1 duration: 3 fmt:rgb24", -51L)]
    [InlineData("[Parsed_showinfo_2 @ 0x55] [info] n:   0 pts:  NOPTS pts_time:NOPTS   pos:", null)]
    public void ShowInfo_Frame_TellsItsTime(string line, long? time)
    {
        Assert.True(ShowInfo.IsFrame(line));
        Assert.Equal(time, ShowInfo.TimeOf(line));
    }

    [Theory]
    [InlineData("[Parsed_showinfo_2 @ 0x55] [info] config in time_base: 1/30000, frame_rate: 30000/1001", "1/30000")]
    [InlineData("[Parsed_showinfo_2 @ 0x55] [info] config out time_base: 0/0, frame_rate: 0/0", null)]
    [InlineData("[info]   Duration: 00:00:01.00, start: 0.000000, bitrate: 110 kb/s", null)]
    public void ShowInfo_Configuration_TellsTheTick(string line, string? tick)
    {
        Assert.False(ShowInfo.IsFrame(line));
        Assert.Equal(tick, ShowInfo.TimeBaseOf(line)?.ToString());
    }

    [Theory]
    [InlineData("[h264 @ 0x55c6ee1e5480] [error] Invalid NAL (257 > 78).", "Invalid NAL (257 > 78)")]
    [InlineData("[mov @ 0x1] [mp4 @ 0x2] [fatal] broken", "broken"), InlineData("[error] no such file", "no such file")]
    [InlineData("[info] Input #0", null), InlineData("[h264 @ 0x5] [warning] late", null), InlineData("plain", null)]
    public void Complaint_OfALine_IsWhatWentWrong(string line, string? complaint)
        => Assert.Equal(complaint, ChildProcess.ParseError(line));

    [Theory]
    [InlineData("5.1.9-0+deb12u1", false), InlineData("4.4.2", true), InlineData("n4.3.1", true)]
    [InlineData("7.0", false), InlineData("N-117-g3b1e", false), InlineData("5.0", true)]
    public void Version_OfFfmpeg_IsCompared(string version, bool isOld)
    {
        Assert.Equal(version, FfmpegTool.VersionOf($"ffmpeg version {version} Copyright (c)"));
        Assert.Equal(isOld, FfmpegTool.IsBefore(version, 5, 1));
        Assert.Equal(isOld ? "-vsync" : "-fps_mode", new FfmpegTool("a", "b", version).TimingOption);
    }

    private static VideoProbe Probe(string video) => VideoProbe.Parse("a.mp4", $$"""
        {"streams":[{"codec_type":"data"},{"index":1,{{video}} },
        {"codec_type":"audio"},{"codec_type":"audio"},{"codec_type":"subtitle"}],
        "format":{"format_name":"mov","start_time":"1.400000"} }
        """);

    private static VideoProbe Video(Rational tick, Rational rate) => new(
        "mov", "h264", "yuv420p", 0, 64, 48, 0, tick, [rate], 0, new ColorTags("bt709", false, null, null), 0, 0);

    private static FrameTiming Time(Rational tick, Rational rate, long[] times) => FrameTiming.Create(
        Video(tick, rate), string.Join('\n', times.Select(time => $"pts={time}|dts=1|flags=__")),
        double.NegativeInfinity, double.PositiveInfinity);
}
