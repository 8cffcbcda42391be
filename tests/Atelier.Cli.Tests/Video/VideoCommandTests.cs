using System.Text.Json;
using Atelier.Cli.Commands.Video;
using Atelier.Imaging;
using Atelier.Video;

namespace Atelier.Cli.Tests.Video;

/// <summary>The command on folders of pictures and GIFs, which need no ffmpeg.</summary>
public sealed class VideoCommandTests : IDisposable
{
    private const int Frames = 5;

    private readonly Studio _studio = new();

    private readonly string[] _small =
    [
        "--style-layers", "relu1_1,relu2_1", "--content-layers", "relu2_2", "--iterations", "6", "--size", "original",
        "--margin", "4",
    ];

    public VideoCommandTests()
    {
        Directory.CreateDirectory(In);
        for (int i = 0; i < Frames; i++)
            PictureFile.Save(Scene(shift: i), Path.Combine(In, $"shot{i + 1}.png"));
    }

    private string In => _studio.At("in");

    private string Out => _studio.At("out");

    private string Checkpoint => $"{Out}.atelier-frames";

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Video_FolderOfPictures_BecomesAFolderOfAsMany()
    {
        Outcome outcome = Paint("--report", _studio.At("r.csv"), "--preview", _studio.At("now.png"), "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            Directory.GetFiles(In).Select(Path.GetFileName).Order(),
            Directory.GetFiles(Out).Select(Path.GetFileName).Order());
        Assert.False(File.Exists(Checkpoint));
        Picture last = PictureFile.Load(Path.Combine(Out, "shot5.png"));
        Assert.Equal((37, 22), (last.Width, last.Height));
        Assert.Equal(last.Red, PictureFile.Load(_studio.At("now.png")).Red);
        Assert.Equal(Frames + 1, File.ReadAllLines(_studio.At("r.csv")).Length);
        JsonElement json = outcome.Json;
        Assert.Equal(Frames, json.GetProperty("frames").GetInt32());
        Assert.True(json.GetProperty("complete").GetBoolean());
        Assert.Contains(
            json.GetProperty("recipe").GetProperty("precision").GetString(), (string[])["single", "bfloat16"]);
        Assert.Equal(Frames, json.GetProperty("report").GetProperty("frames").GetArrayLength());
        Assert.True(json.GetProperty("report").GetProperty("warpingError").GetDouble() > 0);
    }

    [Fact]
    public void Video_PreviewThatCannotBeReplaced_DoesNotEndTheRun()
    {
        string preview = _studio.At("now.png");
        _studio.Clock = new ActingClock(() =>
        {
            File.Delete(preview);
            Directory.CreateDirectory(preview);
        }, after: 9);

        Assert.Equal(0, Paint("--preview", preview).Code);
        Assert.Equal(Frames, Directory.GetFiles(Out).Length);
    }

    [Fact]
    public void Video_Interrupted_KeepsWhatIsDoneAndResumesToTheSameFrames()
    {
        Assert.Equal(0, Paint().Code);
        string[] expected = [.. Directory.GetFiles(Out).Order().Select(Hash)];
        Directory.Delete(Out, recursive: true);

        using CancellationTokenSource source = new();
        _studio.Interrupt = source.Token;
        _studio.Clock = new ActingClock(source.Cancel, after: 9);
        Outcome interrupted = Paint();
        Assert.Equal(130, interrupted.Code);
        Assert.Contains("Continue with --resume", interrupted.Error, StringComparison.Ordinal);
        Assert.InRange(Directory.GetFiles(Out).Length, 1, Frames - 1);
        Assert.True(File.Exists(Checkpoint));

        _studio.Interrupt = CancellationToken.None;
        Outcome again = Paint();
        Assert.Equal(1, again.Code);
        Assert.Contains("add --resume to continue", again.Error, StringComparison.Ordinal);
        Assert.Equal(1, Paint("--resume", "--temporal-weight", "1").Code);
        Assert.Equal(0, Paint("--resume").Code);
        Assert.Equal(expected, Directory.GetFiles(Out).Order().Select(Hash));
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void Video_DamagedFrame_LeavesTheFramesBeforeIt()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(In, "shot4.png"));
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(Path.Combine(In, "shot4.png"), bytes);
        string gif = _studio.At("out.gif");

        Outcome outcome = _studio.Run(["video", In, "--style", _studio.Style, "-o", gif, .. _small, "--json"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("shot4.png", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("the 3 frames before it were saved to", outcome.Error, StringComparison.Ordinal);
        using (GifSource painted = new(gif))
            Assert.Equal(3, Count(painted));
        PictureFile.Save(Scene(shift: 3), Path.Combine(In, "shot4.png"));
        Assert.Equal(0, _studio.Run(
            ["video", In, "--style", _studio.Style, "-o", gif, .. _small, "--force"]).Code);
        using GifSource whole = new(gif);
        Assert.Equal(Frames, Count(whole));
    }

    [Fact]
    public void Video_MaskForEachFrame_IsTakenFrameByFrame()
    {
        string masks = _studio.At("masks");
        Directory.CreateDirectory(masks);
        for (int i = 0; i < Frames; i++)
        {
            // The left half of the third frame stays, and the right half of all others.
            Picture mask = new(2, 1);
            foreach (float[] plane in (float[][])[mask.Red, mask.Green, mask.Blue])
                plane[i == 2 ? 0 : 1] = 1;
            PictureFile.Save(mask, Path.Combine(masks, $"{i}.png"));
        }

        Assert.Equal(0, Paint("--preserve", masks).Code);
        Assert.True(LeftDifference(3) <= 1.01 / 255);
        Assert.True(LeftDifference(2) > 0.02);
    }

    [Theory]
    [InlineData(2, "is neither .json nor .csv", "--report", "r.txt")]
    [InlineData(2, "passes is 0", "--passes", "0")]
    [InlineData(2, "'1:75' is not a time", "--start", "1:75")]
    [InlineData(2, "is not a rate", "--fps", "0")]
    [InlineData(2, "long-term must be in ascending order", "--long-term", "4,2")]
    [InlineData(2, "not for a video", "--regions", "auto:3")]
    [InlineData(1, "does not exist", "--style-mask", "nothing.png")]
    public void Video_WrongOption_IsRefusedBeforeAnyWork(int code, string problem, string option, string value)
    {
        Outcome outcome = Paint(option, value);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void Video_WrongPlace_IsRefused()
    {
        Outcome missing = _studio.Run(["video", "nothing.mp4", "--style", _studio.Style, "-o", Out, .. _small]);
        Assert.Equal(1, missing.Code);
        Assert.Contains("'nothing.mp4' does not exist", missing.Error, StringComparison.Ordinal);
        Outcome container = _studio.Run(["video", In, "--style", _studio.Style, "-o", "out.xyz", .. _small]);
        Assert.Equal(2, container.Code);
        Assert.Contains(".mp4", container.Error, StringComparison.Ordinal);

        Directory.CreateDirectory(Out);
        PictureFile.Save(Scene(0), Path.Combine(Out, "mine.png"));
        Outcome exists = Paint();
        Assert.Equal(1, exists.Code);
        Assert.Contains("--force", exists.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", 90), InlineData("12.5", 12.5), InlineData("1:02:03.5", 3723.5), InlineData("2:00", 120)]
    public void ParseTime_SecondsOrClock_IsRead(string text, double seconds)
        => Assert.Equal(seconds, VideoFileOptions.ParseTime(text).TotalSeconds);

    [Theory]
    [InlineData("25", 25, 1), InlineData("12.5", 25, 2), InlineData("30000/1001", 30000, 1001)]
    public void ParseRate_NumberOrFraction_IsRead(string text, long numerator, long denominator)
        => Assert.Equal(new Rational(numerator, denominator), VideoFileOptions.ParseRate(text));

    private Outcome Paint(params string[] more)
        => _studio.Run(["video", In, "--style", _studio.Style, "-o", Out, .. _small, .. more]);

    /// <summary>The largest difference in red of a painted frame, from 1, to its scene, at the left.</summary>
    private float LeftDifference(int number)
    {
        Picture painted = PictureFile.Load(Path.Combine(Out, $"shot{number}.png")), scene = Scene(number - 1);
        return Enumerable.Range(0, painted.Red.Length).Where(i => i % 37 < 8)
            .Max(i => Math.Abs(painted.Red[i] - scene.Red[i]));
    }

    private static string Hash(string path) => Convert.ToHexString(
        System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    private static int Count(GifSource source)
    {
        int count = 0;
        while (source.Read() is not null)
            count++;
        return count;
    }

    /// <summary>Acts when a run has asked for the time so often, which it does at every step.</summary>
    private sealed class ActingClock(Action act, int after) : TimeProvider
    {
        private int _asked;

        public override long GetTimestamp()
        {
            if (++_asked == after)
            {
                act();
            }

            return base.GetTimestamp();
        }
    }

    /// <summary>A pattern that moves to the right.</summary>
    private static Picture Scene(int shift)
    {
        Picture picture = new(37, 22);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, 37);
            picture.Red[i] = 0.5f + (0.4f * MathF.Sin((x - shift) * 0.5f));
            picture.Green[i] = 0.5f + (0.4f * MathF.Sin(((x - shift) * 0.3f) + (y * 0.7f)));
            picture.Blue[i] = y / 22f;
        }

        return picture;
    }
}
