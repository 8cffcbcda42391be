using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

/// <summary><c>batch</c>: every combination is painted once, a failure does not stop the others, and nothing is
/// lost.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly Studio _studio = new();
    private readonly List<string> _painted = [];

    public BatchTests()
    {
        Directory.CreateDirectory(_studio.At("in"));
        Directory.CreateDirectory(_studio.At("art"));
        File.Copy(_studio.Content, _studio.At("in/lake.png"));
        File.Copy(_studio.Content, _studio.At("in/hill.png"));
        File.Copy(_studio.Style, _studio.At("art/starry.png"));
        File.Copy(_studio.Style, _studio.At("art/wave.png"));
        _studio.Painter.OnStep = value =>
        {
            if (value.RunIteration == 1)
            {
                _painted.Add($"{_studio.Painter.Request!.Options.Seed}");
            }
        };
    }

    public void Dispose() => _studio.Dispose();

    private string[] Results => !Directory.Exists(_studio.At("out")) ? [] :
    [
        .. Directory.GetFiles(_studio.At("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Batch_FoldersOfPhotographsAndArtworks_PaintsEveryPairAndRecordsIt()
    {
        Outcome outcome = Batch("--json", "--sheet");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            ["hill--starry.png", "hill--wave.png", "lake--starry.png", "lake--wave.png", "sheet.png"], Results);
        Assert.True(outcome.Json.GetProperty("complete").GetBoolean());
        JsonElement second = outcome.Json.GetProperty("pictures")[1];
        Assert.Equal("painted", second.GetProperty("state").GetString());
        Recipe recipe = Recipe.FromPicture(PictureFile.Load(second.GetProperty("file").GetString()!))!;
        Assert.Equal(
            ("hill.png", "wave.png"),
            (Path.GetFileName(recipe.Content!.Path), Path.GetFileName(Assert.Single(recipe.Styles).Path)));
        Assert.Contains("4/4  lake--wave", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_PresetsAndSeeds_AreInTheNames()
    {
        Outcome outcome = _studio.Run(
            "batch", _studio.At("in/lake.png"), "--style", _studio.At("art/wave.png"), "-o", _studio.At("out"),
            "--vary", "preset=calm,bold", "--vary", "seed=1,2", "--format", "jpg");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            ["lake--wave--bold--seed-1.jpg", "lake--wave--bold--seed-2.jpg", "lake--wave--calm--seed-1.jpg",
                "lake--wave--calm--seed-2.jpg"],
            Results);
        Assert.Equal(["1", "1", "2", "2"], _painted.Order());
    }

    [Fact]
    public void Batch_Again_PaintsOnlyWhatIsMissing()
    {
        Assert.Equal(0, Batch().Code);
        File.Delete(_studio.At("out/lake--starry.png"));
        _painted.Clear();

        Outcome outcome = Batch("--json");

        Assert.Equal(0, outcome.Code);
        Assert.Single(_painted);
        Assert.Equal(
            ["existing", "existing", "painted", "existing"],
            outcome.Json.GetProperty("pictures").EnumerateArray()
                .Select(picture => picture.GetProperty("state").GetString()));
        Assert.Contains("lake--wave  already exists", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_ResultOfOtherOptions_NeedsForceBeforeAnythingIsPainted()
    {
        Assert.Equal(0, Batch().Code);
        _painted.Clear();

        Outcome refused = Batch("--seed", "7");

        Assert.Equal(1, refused.Code);
        Assert.Contains("hill--starry.png' exists and was painted from other", refused.Error, StringComparison.Ordinal);
        Assert.Empty(_painted);
        Assert.Equal(0, Batch("--seed", "7", "--force").Code);
        Assert.Equal(["7", "7", "7", "7"], _painted);
    }

    [Fact]
    public void Batch_ForeignFile_NeedsForceBeforeAnythingIsPainted()
    {
        Directory.CreateDirectory(_studio.At("out"));
        File.Copy(_studio.Style, _studio.At("out/lake--wave.png"));

        Assert.Equal(1, Batch().Code);
        Assert.Empty(_painted);
        Assert.Equal(0, Batch("--force").Code);
    }

    [Fact]
    public void Batch_DamagedPhotograph_FailsAloneAndIsListedAtTheEnd()
    {
        File.WriteAllText(_studio.At("in/damaged.png"), "not a picture");

        Outcome outcome = Batch("--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(4, Results.Length);
        Assert.False(outcome.Json.GetProperty("ok").GetBoolean());
        string[] lines = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("error: damaged--starry:", lines[^4], StringComparison.Ordinal);
        Assert.StartsWith("error: damaged--wave:", lines[^3], StringComparison.Ordinal);
        Assert.Contains("2 of 6 pictures are missing", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_Interrupted_EndsCleanlyAndGoesOnLater()
    {
        using CancellationTokenSource interrupt = new();
        _studio.Interrupt = interrupt.Token;
        _studio.Painter.OnStep = value =>
        {
            if (Results.Contains("hill--wave.png"))
            {
                interrupt.Cancel();
            }
        };

        Outcome outcome = Batch();

        Assert.Equal(130, outcome.Code);
        Assert.Equal(["hill--starry.png", "hill--wave.png"], Results);
        Assert.Contains("interrupted; 2 of 4 pictures are missing", outcome.Error, StringComparison.Ordinal);
        _studio.Interrupt = CancellationToken.None;
        Assert.Equal(0, Batch().Code);
        Assert.Equal(4, Results.Length);
    }

    [Fact]
    public void Batch_DiskFillsMidway_StopsKeepsWhatIsThereAndSaysHowToGoOn()
    {
        const int DiskFullOnUnix = 28, DiskFullOnWindows = unchecked((int)0x80070070);
        _studio.Painter.OnStep = _ =>
        {
            if (Results.Length == 1)
            {
                throw new IOException("no space", OperatingSystem.IsWindows() ? DiskFullOnWindows : DiskFullOnUnix);
            }
        };

        Outcome outcome = Batch("--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal(["hill--starry.png"], Results);
        Assert.Equal(
            ["painted", "failed", "waiting", "waiting"],
            outcome.Json.GetProperty("pictures").EnumerateArray()
                .Select(picture => picture.GetProperty("state").GetString()));
        Assert.Contains("3 of 4 pictures are missing", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_ResultsAmongThePhotographs_AreNotPaintedAgain()
    {
        string[] args =
            ["batch", _studio.At("in/lake.png"), "--style", _studio.At("art/wave.png"), "-o", _studio.At("in")];
        Assert.Equal(0, _studio.Run(args).Code);
        _painted.Clear();

        Outcome outcome = _studio.Run([.. args, _studio.At("in/lake--wave.png")]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("lake--wave.png' is a result in the output folder", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_painted);
        Assert.Equal(0, _studio.Run(args).Code);
    }

    [Fact]
    public void Batch_PhotographThatVanishes_FailsAlone()
    {
        _studio.Painter.OnStep = _ => File.Delete(_studio.At("in/lake.png"));

        Outcome outcome = Batch();

        Assert.Equal(1, outcome.Code);
        Assert.Equal(["hill--starry.png", "hill--wave.png"], Results);
        Assert.Contains("2 of 4 pictures are missing", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_ResultThatAppearsMeanwhile_IsKept()
    {
        _studio.Painter.OnStep = _ => File.WriteAllText(_studio.At("out/lake--wave.png"), "of another program");

        Outcome outcome = Batch();

        Assert.Equal(1, outcome.Code);
        Assert.Contains("lake--wave.png' has been written meanwhile", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("of another program", File.ReadAllText(_studio.At("out/lake--wave.png")));
        Assert.Equal(4, Results.Length);
    }

    [Fact]
    public void Batch_SeveralJobs_NeverExceedsTheMemory()
    {
        int running = 0, most = 0;
        _studio.Painter.PeakBytes = 400_000_000;
        _studio.Painter.OnStep = value =>
        {
            if (value.RunIteration == 1)
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                Thread.Sleep(20);
            }
            else if (value.RunIteration == 6)
            {
                Interlocked.Decrement(ref running);
            }
        };

        Assert.Equal(0, Batch("--jobs", "4", "--max-memory", "1GB").Code);

        Assert.Equal(4, Results.Length);
        Assert.InRange(most, 1, 2);
    }

    [Theory]
    [InlineData("is also an input", "in", "--style", "art", "-o", "in")]
    [InlineData("is also an input", "in/*.png", "--style", "art", "-o", "in")]
    [InlineData("is also an input", "in", "--style", "art", "-o", "art")]
    [InlineData("cannot be written to standard output", "in", "--style", "art", "-o", "-")]
    [InlineData("cannot read pictures from standard input", "-", "--style", "art", "-o", "out")]
    [InlineData("a batch varies its artworks anyway", "in", "-o", "out", "--vary", "style=art")]
    [InlineData("did you mean 'calm'?", "in", "--style", "art", "-o", "out", "--vary", "preset=cal")]
    [InlineData("varied twice", "in", "--style", "art", "-o", "out", "--vary", "seed=1", "--vary", "seed=2")]
    [InlineData("no style picture", "in", "-o", "out")]
    public void Batch_Mistake_IsFoundBeforeAnythingIsPainted(string expected, params string[] args)
    {
        string[] places = ["in", "art", "out", "in/*.png"];
        Outcome outcome = _studio.Run(
            ["batch", .. args.Select(arg => places.Contains(arg) ? _studio.At(arg) : arg)]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_painted);
        Assert.False(Directory.Exists(_studio.At("out")));
    }

    [Fact]
    public void Batch_FolderThatCannotBeWritten_SaysSo()
    {
        // Not even the administrator can create files there.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc.");

        Outcome outcome = _studio.Run(["batch", _studio.At("in"), "--style", _studio.At("art"), "-o", "/proc"]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("is not writable", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_painted);
    }

    private Outcome Batch(params string[] more)
        => _studio.Run(["batch", _studio.At("in"), "--style", _studio.At("art"), "-o", _studio.At("out"), .. more]);
}
