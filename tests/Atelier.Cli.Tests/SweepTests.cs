using System.Text.Json;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

/// <summary><c>sweep</c>: every value is checked first, every picture is kept, and the sheet shows them all.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Sweep_TwoOptions_PaintsEveryPairAndRecordsIt()
    {
        Outcome outcome = Sweep("--vary", "style-weight=1,20,3e2", "--vary", "tv-weight=0,6", "--json");

        Assert.Equal(0, outcome.Code);
        Assert.True(outcome.Json.GetProperty("complete").GetBoolean());
        JsonElement[] cells = [.. outcome.Json.GetProperty("cells").EnumerateArray()];
        Assert.Equal(6, cells.Length);
        Assert.Equal("20", cells[4].GetProperty("values").GetProperty("style-weight").GetString());
        Assert.Equal("6", cells[4].GetProperty("values").GetProperty("tv-weight").GetString());
        Picture fifth = PictureFile.Load(cells[4].GetProperty("file").GetString()!);
        StylizeOptions options = Recipe.FromPicture(fifth)!.Options;
        Assert.Equal((20, 6), (options.StyleWeight, options.TvWeight));
        Assert.Equal(options, Recipe.Parse(cells[4].GetProperty("recipe").GetRawText()).Options);
        JsonElement written = JsonElement.Parse(File.ReadAllText(_studio.At("out/sweep.json")));
        Assert.Equal(6, written.GetProperty("cells").GetArrayLength());

        // Three across and two down, each with two lines below it.
        Picture sheet = PictureFile.Load(_studio.Result);
        Assert.True(sheet.Width > sheet.Height, $"{sheet.Width} x {sheet.Height}");
    }

    [Fact]
    public void Sweep_Again_PaintsOnlyWhatIsMissing()
    {
        Assert.Equal(0, Sweep("--vary", "pooling=max,average").Code);
        List<double> painted = [];
        _studio.Painter.OnStep = _ => painted.Add(_studio.Painter.Request!.Options.TvWeight);

        Assert.Equal(0, Sweep("--vary", "pooling=max,average").Code);
        Assert.Empty(painted);
        File.Delete(_studio.At("out/cell-02.png"));
        Assert.Equal(0, Sweep("--vary", "pooling=max,average").Code);
        Assert.Equal(Pooling.Average, _studio.Painter.Request!.Options.Pooling);
        Assert.NotEmpty(painted);
        Assert.Equal(0, Sweep("--vary", "pooling=max,average", "--tv-weight", "2").Code);
        Assert.Contains(2, painted);
    }

    [Fact]
    public void Sweep_ArtworksAndPresets_CombinesThemAndExplicitOptionsWin()
    {
        File.Copy(_studio.Style, _studio.At("second.png"));
        Outcome outcome = _studio.Run(
            "sweep", _studio.Content, "-o", _studio.Result,
            "--vary", $"style={_studio.Style},{_studio.At("second.png")}", "--vary", "preset=calm,bold",
            "--neighbor-weight", "7", "--json");

        Assert.Equal(0, outcome.Code);
        Recipe[] recipes = [.. outcome.Json.GetProperty("cells").EnumerateArray()
            .Select(cell => Recipe.Parse(cell.GetProperty("recipe").GetRawText()))];
        Assert.Equal(
            ["style.png", "second.png", "style.png", "second.png"],
            recipes.Select(recipe => Path.GetFileName(Assert.Single(recipe.Styles).Path)));
        Assert.Equal([0.6, 0.6, 0.2, 0.2], recipes.Select(recipe => recipe.Options.NeighborGuide));
        Assert.All(recipes, recipe => Assert.Equal(7, recipe.Options.NeighborWeight));
        Assert.Contains("preset bold, second.png", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no option is varied")]
    [InlineData("gives no values", "--vary", "tv-weight")]
    [InlineData("did you mean 'tv-weight'?", "--vary", "tv-wieght=1,2")]
    [InlineData("'many' is not a number", "--vary", "tv-weight=1,many")]
    [InlineData("tv-weight -3: tv-weight is -3", "--vary", "tv-weight=1,-3")]
    [InlineData("are the same", "--vary", "tv-weight=1,1e0")]
    [InlineData("varied twice", "--vary", "tv-weight=1,2", "--vary", "tv-weight=3,4")]
    [InlineData("at most two", "--vary", "seed=1,2", "--vary", "tv-weight=3,4", "--vary", "history=5")]
    [InlineData("only those can be varied", "--vary", "init=noise,x.png")]
    [InlineData("did you mean 'preset'?", "--vary", "prest=calm,bold")]
    [InlineData("did you mean 'bold'?", "--vary", "preset=calm,bolt")]
    [InlineData("with both --style and --vary style", "--vary", "style=a.png,b.png")]
    [InlineData("correlation-chain consists of Gram", "--vary", "correlation-chain=off,on")]
    public void Sweep_BadValue_IsFoundBeforeAnythingIsPainted(string expected, params string[] args)
    {
        Outcome outcome = Sweep(args);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Null(_studio.Painter.Request);
        Assert.False(Directory.Exists(_studio.At("out")));
    }

    [Fact]
    public void Sweep_LayerThatTheNetworkLacks_IsFoundBeforeAnythingIsPainted()
    {
        _studio.Painter.OnCheck = request =>
        {
            if (request.Options.StyleLayers.ToString().Contains("relu9_9", StringComparison.Ordinal))
            {
                throw new OptionsException(new Problem("style-layers", "has an unknown layer", "take relu1_1"));
            }
        };
        Outcome outcome = Sweep("--vary", "style-layers=relu1_1;relu1_1,relu9_9");

        Assert.Equal(2, outcome.Code);
        Assert.Contains(
            "style-layers relu1_1,relu9_9: style-layers has an unknown layer; take relu1_1.", outcome.Error,
            StringComparison.Ordinal);
        Assert.Null(_studio.Painter.Request);
    }

    [Fact]
    public void Sweep_OneCellFails_KeepsTheOthersAndSaysWhy()
    {
        _studio.Painter.OnStep = _ =>
        {
            if (_studio.Painter.Request!.Options.TvWeight == 1)
            {
                throw new AtelierException("too bright.");
            }
        };
        Outcome outcome = Sweep("--vary", "tv-weight=0,1,2", "--json");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("tv-weight 1: too bright.", outcome.Error, StringComparison.Ordinal);
        JsonElement failed = outcome.Json.GetProperty("cells")[1];
        Assert.Equal("too bright.", failed.GetProperty("failure").GetString());
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("file").ValueKind);
        Assert.True(File.Exists(_studio.At("out/cell-03.png")));
        Assert.False(File.Exists(_studio.At("out/cell-02.png")));
    }

    [Fact]
    public void Sweep_Interrupted_LeavesTheSheetAndGoesOnLater()
    {
        using CancellationTokenSource interrupt = new();
        _studio.Interrupt = interrupt.Token;
        _studio.Painter.OnStep = _ =>
        {
            if (_studio.Painter.Request!.Options.TvWeight == 1)
            {
                interrupt.Cancel();
            }
        };

        Outcome outcome = Sweep("--vary", "tv-weight=0,1,2");

        Assert.Equal(130, outcome.Code);
        Assert.Contains("2 of 3 pictures are missing", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_studio.Result));
        Assert.True(File.Exists(_studio.At("out/cell-01.png")));
        _studio.Interrupt = CancellationToken.None;
        Assert.Equal(0, Sweep("--vary", "tv-weight=0,1,2").Code);
    }

    [Fact]
    public void Sweep_IntoAFolder_PutsTheSheetThere()
    {
        Outcome outcome = _studio.Run(
            "sweep", _studio.Content, "--style", _studio.Style, "-o", _studio.At("sheets"), "--vary", "seed=1,2");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            ["cell-01.png", "cell-02.png", "sheet.png", "sweep.json"],
            Directory.GetFiles(_studio.At("sheets")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Sweep_SheetIsAForeignPicture_NeedsForce()
    {
        File.Copy(_studio.Content, _studio.Result);

        Assert.Equal(1, Sweep("--vary", "seed=1,2").Code);
        Assert.Equal(0, Sweep("--vary", "seed=1,2", "--force").Code);
        Assert.Equal(0, Sweep("--vary", "seed=1,2").Code);
    }

    private Outcome Sweep(params string[] more)
        => _studio.Run(["sweep", _studio.Content, "--style", _studio.Style, "-o", _studio.Result, .. more]);
}
