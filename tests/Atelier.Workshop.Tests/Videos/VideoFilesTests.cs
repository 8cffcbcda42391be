using Atelier.Imaging;
using Atelier.Imaging.Vips;
using Atelier.Testing;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Videos;

namespace Atelier.Workshop.Tests.Videos;

public sealed class VideoFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-video-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.gif", nameof(VideoOutputKind.Gif)), InlineData("A.MP4", nameof(VideoOutputKind.File))]
    [InlineData("new", nameof(VideoOutputKind.Folder))]
    [InlineData("v1.0/", nameof(VideoOutputKind.Folder)), InlineData("there.mp4", nameof(VideoOutputKind.Folder))]
    public void Kind_OfAName_IsWhatItAsksFor(string name, string kind)
    {
        Directory.CreateDirectory(At("there.mp4"));

        Assert.Equal(kind, new VideoOutput(At(name), new VideoEncoding()).Kind.ToString());
    }

    [Theory]
    [InlineData("a.xyz", null, "cannot be written as '.xyz'")]
    [InlineData("a.webm", "h264", "'.webm' files cannot contain h264")]
    [InlineData("a.mp4", "divx", "no codec 'divx'"), InlineData("a.mp4", "ffv1", "cannot contain ffv1")]
    public void Check_WhatCannotBe_IsRefused(string name, string? codec, string reason)
    {
        VideoOutput output = new(At(name), new VideoEncoding { Codec = codec });

        CodedException error = Assert.Throws<CodedException>(() => output.Check(NoFfmpeg));

        Assert.Equal(ErrorKind.Usage, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MissingFolder_IsRefused()
    {
        foreach (string name in (string[])["x/a.gif", "x/a.mp4", "x/y/"])
        {
            VideoOutput output = new(At(name), new VideoEncoding());
            Assert.Equal("output.folder", Assert.Throws<CodedException>(() => output.Check(NoFfmpeg)).Code);
        }
    }

    [Fact]
    public void FoldersAndGifs_NeedNoFfmpeg()
    {
        VideoOutput folder = new(At("frames"), new VideoEncoding()), gif = new(At("a.gif"), new VideoEncoding());
        VideoFormat format = new(7, 5, new(1, 10), new(10, 1));
        foreach (VideoOutput output in (VideoOutput[])[folder, gif])
        {
            output.Check(NoFfmpeg);
            using IFrameSink sink = output.Create(format, NoFfmpeg, carried: null);
            for (int i = 0; i < 4; i++)
                sink.Write(new VideoFrame(new Picture(7, 5), i, 1));
            sink.Complete();
        }

        VideoSelection selection = new()
        {
            Start = TimeSpan.FromSeconds(0.1),
            End = TimeSpan.FromSeconds(0.3),
            FrameRate = new Rational(10, 1),
            LongSide = 14,
        };
        foreach (string name in (string[])["frames", "a.gif"])
        {
            using VideoInput input = VideoInput.Open(At(name), selection, NoFfmpeg);
            Assert.Equal(new VideoFormat(14, 10, new(1, 10), new(10, 1)) { FrameCount = 2 }, input.Source.Format);
            Assert.Equal([0, 1], TimesOf(input.Source));
            Assert.Null(input.Carried);
        }
    }

    [Fact]
    public void Open_AnimationWithAProfile_ConvertsEachFrameOnce()
    {
        Assert.SkipWhen(VipsFormats.UnavailableReason is not null, "WebP files cannot be read here.");
        VipsFormats.Register();
        Picture first = new(5, 3), second = new(2, 2);
        Array.Fill(first.Green, 0.5f);
        File.WriteAllBytes(At("a.webp"), TestWebp.Animation(
            5, 3, [TestWebp.Frame(first, 0, 0), TestWebp.Frame(second, 2, 0)], TestProfiles.DisplayP3));

        using VideoInput input = VideoInput.Open(At("a.webp"), new VideoSelection(), NoFfmpeg);
        Picture one = input.Source.Read()!.Picture, two = input.Source.Read()!.Picture;

        Assert.InRange(one.Green[2], 0.501f, 0.6f);
        Assert.Equal((one.Green[1], 0f), (two.Green[1], two.Green[2]));
    }

    [Fact]
    public void Open_NothingThere_SaysSo()
        => Assert.Equal("input.missing",
            Assert.Throws<CodedException>(() => VideoInput.Open(At("a.mp4"), new VideoSelection(), NoFfmpeg)).Code);

    private static FfmpegTool NoFfmpeg() => throw new InvalidOperationException("ffmpeg is not needed here.");

    private static List<long> TimesOf(IFrameSource source)
    {
        List<long> times = [];
        while (source.Read() is VideoFrame frame)
            times.Add(frame.Time);
        return times;
    }

    private string At(string name) => Path.Combine(_folder, name);
}
