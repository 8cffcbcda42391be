using System.Net;
using System.Net.Sockets;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>Files that would make ffmpeg open other files or hosts, with the real ffmpeg.</summary>
public sealed class HostileVideoTests : IDisposable
{
    private readonly Clips _clips = new();

    public void Dispose() => _clips.Dispose();

    public static TheoryData<string, string> Files => new()
    {
        { "hls.mp4", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile://{0}\n#EXT-X-ENDLIST\n" },
        { "passwd.mp4", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n" },
        { "http.mp4", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nhttp://127.0.0.1:{1}/a.ts\n#EXT-X-ENDLIST\n" },
        { "list.m3u8", "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nother.ts\n#EXT-X-ENDLIST\n" },
        { "script.mp4", "ffconcat version 1.0\nfile other.ts\n" },
        { "script.ffconcat", "ffconcat version 1.0\nfile other.ts\n" },
        {
            "dash.mp4", """
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period>
            <AdaptationSet mimeType="video/mp4"><Representation id="0" bandwidth="9"><BaseURL>{0}</BaseURL>
            </Representation></AdaptationSet></Period></MPD>
            """
        },
        { "session.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video {1} RTP/AVP 33\n" },
        { "still%d.png", "a pattern of names, of which one exists" },
        { "drawing.svg", """<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{0}"/></svg>""" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_AFileThatNamesOthers_ReadsNoneOfThem(string name, string text)
    {
        string other = _clips.Make("other.ts", "size=64x48:rate=25:duration=1", "-pix_fmt", "yuv420p");
        _clips.Make("still1.png", "size=64x48:rate=25:duration=0.04");
        using TcpListener host = new(IPAddress.Loopback, 0);
        host.Start();
        int port = ((IPEndPoint)host.LocalEndpoint).Port;
        string path = _clips.At(name);
        File.WriteAllText(path, text.Replace("{0}", other, StringComparison.Ordinal)
            .Replace("{1}", $"{port}", StringComparison.Ordinal));

        CodedException error = Assert.Throws<CodedException>(() => _clips.Open(path));
        Assert.Throws<CodedException>(() => new FfmpegFrames(_clips.Tool, path));

        Assert.Contains(error.Code, (string[])["video.format", "video.unreadable"]);
        Assert.DoesNotContain("root:", error.Message, StringComparison.Ordinal);
        Assert.False(host.Pending());
    }

    [Fact]
    public void Write_SoundOfAPlaylist_IsNotCopied()
    {
        _clips.Run("other.ts", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac");
        string clip = _clips.Make("a.mp4", "size=64x48:rate=25:duration=1", "-f", "lavfi", "-i", "sine=duration=1"),
            list = _clips.At("list.mp4");
        File.WriteAllText(list, "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nother.ts\n#EXT-X-ENDLIST\n");
        using FfmpegSource source = _clips.Open(clip);
        CarriedOver replaced = new(list, source.Probed) { VideoLength = source.Carried.VideoLength };

        using FfmpegSink sink = _clips.Copy(source, "b.mp4", carried: replaced);

        Assert.Contains("the video is silent", Assert.Single(sink.Warnings), StringComparison.Ordinal);
        Assert.Single(_clips.Streams(_clips.At("b.mp4")));
    }

    [Fact]
    public void Open_AFormatThatIsNotRead_SaysWhatToDo()
    {
        string path = _clips.Make("still.png", "size=64x48:rate=25:duration=0.04");

        CodedException error = Assert.Throws<CodedException>(() => _clips.Open(path));

        Assert.Equal(("video.format", "convert it to MP4 or Matroska first"), (error.Code, error.Remedy));
    }

    [Theory]
    [InlineData("a.mp4"), InlineData("a.mov"), InlineData("a.mkv"), InlineData("a.webm"), InlineData("a.avi")]
    [InlineData("a.ts"), InlineData("a.mpg"), InlineData("a.flv"), InlineData("a.wmv"), InlineData("a.ogv")]
    [InlineData("a.nut"), InlineData("a.mxf"), InlineData("a.gif"), InlineData("a.apng"), InlineData("a.y4m")]
    [InlineData("a.h264"), InlineData("a.ivf"), InlineData("a.mjpeg"), InlineData("a.m2ts"), InlineData("a.3gp")]
    public void Open_AContainerOfVideos_ReadsIt(string name)
    {
        string[] more = name switch
        {
            "a.3gp" => ["-c:v", "libx264"],
            "a.ivf" => ["-c:v", "libvpx"],
            "a.y4m" => ["-pix_fmt", "yuv420p"],
            _ => [],
        };
        string path = _clips.Make(name, "size=64x48:rate=25:duration=0.4", more);

        using FfmpegSource source = _clips.Open(path);

        Assert.Equal(10, Clips.ReadAll(source).Count);
    }
}
