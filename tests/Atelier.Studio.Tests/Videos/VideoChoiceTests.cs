using System.Text;
using System.Text.Json;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Videos;
using Atelier.Testing;
using Atelier.Video;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Tests.Videos;

public sealed class VideoChoiceTests
{
    private static readonly Clip Tenths = new(
        new StoredPicture(PictureKind.Clips, "my clip.mp4"),
        new VideoFormat(64, 48, new Rational(1, 10), new Rational(10, 1)), [0, 0.1, 0.2, 0.3], 0.4);

    private static readonly VideoChoice Choice = new VideoChoice
    {
        Look = new PaintingChoice
        {
            Preset = "calm",
            Options = Presets.ByName["calm"] with { Size = 320 },
            Artworks =
            [
                new StoredPicture(PictureKind.Artworks, "a.png"),
                new StoredPicture(PictureKind.Styles, "b.atelierstyle"),
            ],
        },
        Video = VideoOptions.Default with { LongTerm = [1, 2, 4], Loop = true },
    }.With(Tenths, hasFfmpeg: true);

    [Theory]
    [InlineData(0, 3, 0, null)]
    [InlineData(1, 3, 0.05, null)]
    [InlineData(0, 2, 0, 0.25)]
    [InlineData(2, 2, 0.15, 0.25)]
    public void Part_EndsHalfwayBetweenFrames(int from, int to, double start, double? end)
    {
        VideoSelection part = Tenths.Part(from, to);

        Assert.Equal(start, part.Start.TotalSeconds, 1e-9);
        Assert.Equal(end, part.End?.TotalSeconds);
    }

    [Theory]
    [InlineData(1, 2, 1, 2)]
    [InlineData(-4, 9, 0, 3)]
    [InlineData(2, 1, 2, 2)]
    public void Range_StaysWithinTheClip(int from, int to, int first, int last)
    {
        VideoChoice choice = Choice.WithRange(from, to);

        Assert.Equal((first, last, last - first + 1), (choice.From, choice.To, choice.FrameCount));
    }

    [Theory]
    [InlineData("clip.mp4", true, ".mp4")]
    [InlineData("clip.mp4", false, ".gif")]
    [InlineData("clip.webp", true, ".gif")]
    public void Format_IsOneThatCanBeWritten(string name, bool hasFfmpeg, string extension)
    {
        Clip clip = Tenths with { File = new StoredPicture(PictureKind.Clips, name) };

        Assert.Equal(extension, new VideoChoice().With(clip, hasFfmpeg).Extension);
    }

    [Fact]
    public void Command_PaintsTheSame()
    {
        using TemporaryFolder temporary = new();
        StudioFolder folder = new(temporary.Path);

        string command = VideoCommandLine.Of(Choice.WithRange(1, 2), folder);

        Assert.Equal(
            $"atelier video '{temporary.Path}/clips/my clip.mp4' --style {temporary.Path}/artworks/a.png " +
            $"--style {temporary.Path}/styles/b.atelierstyle --preset calm --size 320 --long-term 1,2,4 --loop " +
            "--start 0.05 --end 0.25 -o painting.mp4",
            command.Replace('\\', '/'));
    }

    [Fact]
    public void Record_GivesTheChoiceBack()
    {
        VideoChoice choice = Choice.WithRange(1, 2);

        VideoRecord record = VideoRecord.Parse(VideoRecord.Of(choice).ToJson());

        VideoChoice back = record.ToChoice(Tenths, ".mp4");
        Assert.Equal(choice.Look.Options, back.Look.Options);
        Assert.Equal(choice.Look.Artworks, back.Look.Artworks);
        Assert.Equal(choice with { Look = back.Look }, back);
    }

    [Fact]
    public void Record_FindsARenamedStyle()
    {
        VideoRecord record = VideoRecord.Of(Choice);

        VideoRecord renamed = record.Renamed(
            new StoredPicture(PictureKind.Styles, "b.atelierstyle"),
            new StoredPicture(PictureKind.Styles, "c.atelierstyle"));

        Assert.Equal(["a.png", "styles/c.atelierstyle"], renamed.Artworks);
        Assert.Equal(PictureKind.Styles, renamed.ToChoice(Tenths, ".mp4").Look.Artworks[1].Kind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"clip": null}""")]
    public void RecordThatIsNotComplete_IsNone(string json)
        => Assert.Throws<JsonException>(() => VideoRecord.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void RecordOfAnotherVersion_IsRefused()
    {
        VideoRecord record = VideoRecord.Of(Choice) with
        {
            Video = new Dictionary<string, string> { ["wobble"] = "3" },
        };

        CodedException error = Assert.Throws<CodedException>(() => record.ToChoice(Tenths, ".mp4"));
        Assert.Equal("video.record", error.Code);
        Assert.Contains("wobble", error.Message);
    }
}
