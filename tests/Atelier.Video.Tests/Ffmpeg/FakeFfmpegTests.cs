using Atelier.Imaging;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>With programs that only pretend to be ffmpeg: shell scripts, so not on Windows.</summary>
public sealed class FakeFfmpegTests : IDisposable
{
    private const string Times = """
        echo '[Parsed_showinfo_2 @ 0x5] [info] config in time_base: 1/25, frame_rate: 25/1' >&2
        for i in 0 1 2 3; do echo "[Parsed_showinfo_2 @ 0x5] [info] n: $i pts: $i pts_time:0 pos" >&2; done
        """;

    private const string TwoFrames = "printf 'aaaaaaaaaaaabbbbbbbbbbbb'";

    private static readonly VideoFormat Format = new(2, 2, new(1, 25), new(25, 1));

    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-fake-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_DecoderThatDies_GivesItsFramesAndWhatItSaid()
    {
        using FfmpegSource source = Open(
            $"{Times}\n{TwoFrames}; echo '[h264 @ 0x5] [error] the tape is torn.' >&2; exit 3");
        Assert.Equal(0, source.Read()!.Time);

        AtelierException error = Assert.Throws<AtelierException>(source.Read);

        Assert.EndsWith("a.mp4': ffmpeg failed: the tape is torn.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DecoderThatIsKilled_SaysSo()
    {
        using FfmpegSource source = Open($"{Times}\n{TwoFrames}; kill -9 $$");
        source.Read();

        Assert.Contains("exited with code 137", Assert.Throws<AtelierException>(source.Read).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DecoderThatStalls_IsGivenUp()
    {
        using FfmpegSource source = Open($"{Times}\n{TwoFrames}; sleep 100", patience: 0.3);
        source.Read();

        AtelierException error = Assert.Throws<AtelierException>(source.Read);

        Assert.Contains("no data for 0.3 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DecoderThatChatters_IsDrained()
    {
        using FfmpegSource source = Open(
            $"{Times}\nhead -c 300000 /dev/zero | tr '\\0' 'x' >&2; echo >&2; {TwoFrames}");

        Assert.NotNull(source.Read());
        Assert.NotNull(source.Read());
        Assert.Null(source.Read());
        Assert.Empty(source.Warnings);
    }

    [Fact]
    public void Open_DecoderWithoutFrames_SaysSo()
    {
        CodedException error = Assert.Throws<CodedException>(() => Open("echo '[error] nothing to see' >&2"));

        Assert.Equal("video.empty", error.Code);
        Assert.Contains("nothing to see", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_HugeVideo_IsRefusedBeforeItIsDecoded()
        => Assert.Equal("video.size",
            Assert.Throws<CodedException>(() => Open("touch \"$0.ran\"", width: 200_000, height: 100_000)).Code);

    [Theory]
    [InlineData("echo '[error] No space left on device' >&2; exit 1", "No space left on device")]
    [InlineData("cat > /dev/null; echo '[error] the last page is missing' >&2; exit 1", "the last page is missing")]
    public void Write_EncoderThatDies_SaysWhatItSaid(string script, string reason)
    {
        FfmpegTool ffmpeg = Fake($"case \"$*\" in *encoders*) echo ' V libx264 x';; *) {script};; esac");
        using FfmpegSink sink = new(ffmpeg, Path.Combine(_folder, "b.mp4"), Format, new VideoEncoding());

        AtelierException error = Assert.Throws<AtelierException>(() =>
        {
            for (int i = 0; i < 2000; i++)
                sink.Write(new VideoFrame(new Picture(2, 2), i, 1));
            sink.Complete();
        });

        Assert.EndsWith($"b.mp4' cannot be written: ffmpeg failed: {reason}.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "b.mp4")));
    }

    [Fact]
    public void Write_EncoderThatStalls_IsGivenUp()
    {
        FfmpegTool ffmpeg = Fake("case \"$*\" in *encoders*) echo ' V libx264 x';; *) sleep 100;; esac")
            with
        { Patience = TimeSpan.FromSeconds(0.3) };
        using FfmpegSink sink = new(ffmpeg, Path.Combine(_folder, "b.mp4"), Format, new VideoEncoding());
        sink.Write(new VideoFrame(new Picture(2, 2), 0, 1));

        Assert.Contains("stopped responding", Assert.Throws<AtelierException>(sink.Complete).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EncoderThatIsNotBuiltIn_SaysWhichOne()
    {
        CodedException error = Assert.Throws<CodedException>(
            () => new FfmpegSink(Fake("echo"), Path.Combine(_folder, "b.webm"), Format, new VideoEncoding()));

        Assert.Equal("ffmpeg.encoder", error.Code);
        Assert.Contains("libvpx-vp9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NamedFolder_TellsTheVersion()
    {
        Fake("echo 'ffmpeg version 4.2.7 Copyright'");

        FfmpegTool found = FfmpegTool.Find(_folder, []);

        Assert.Equal((Path.Combine(_folder, "ffmpeg"), "4.2.7"), (found.Path, found.Version));
        Assert.Equal(found, FfmpegTool.Find(Path.Combine(_folder, "ffmpeg"), []));
    }

    [Fact]
    public void Find_NothingThere_SaysSo()
        => Assert.Equal("ffmpeg.missing", Assert.Throws<CodedException>(() => FfmpegTool.Find(_folder, [])).Code);

    private FfmpegSource Open(string decode, double patience = 10, int width = 2, int height = 2)
    {
        FfmpegTool ffmpeg = Fake(decode, width, height) with { Patience = TimeSpan.FromSeconds(patience) };
        return new FfmpegSource(ffmpeg, Path.Combine(_folder, "a.mp4"));
    }

    /// <summary>Writes both programs.</summary>
    private FfmpegTool Fake(string script, int width = 2, int height = 2)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are shell scripts.");
        string json = $$"""
            {"streams":[{"index":0,"codec_type":"video","codec_name":"h264","width":{{width}},"height":{{height}},
            "pix_fmt":"yuv420p","time_base":"1/25","r_frame_rate":"25/1"}]}
            """;
        return new FfmpegTool(
            Write("ffmpeg", script),
            Write("ffprobe", "case \"$*\" in *packet*) for i in 0 1 2 3; do echo \"pts=$i|flags=_\"; done;; " +
                $"*) echo '{json}';; esac"),
            "5.1");
    }

    private string Write(string name, string script)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
