using System.Text.Json;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Tests;

public sealed class StylizeTests : IDisposable
{
    private const string LongName = "0123456789012345678901234567890123456789012345678901234567890123456789" +
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789" +
        "01234567890123456789012345678901234567890123456789012345678901234567890123456789.png";

    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private StylizeOptions Options => _studio.Painter.Request!.Options;

    [Fact]
    public void Stylize_KnownWarning_IsShownBeforePaintingAndOnlyOnce()
    {
        _studio.Painter.Warnings = ["the style is small."];
        _studio.Painter.OnStep = _ => throw new AtelierException("too bright.");

        Outcome outcome = _studio.Stylize();

        Assert.Equal(
            ["warning: the style is small.", "error: too bright."],
            outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
    }

    [Fact]
    public void Stylize_TwoPictures_WritesTheResultWithItsRecipe()
    {
        Outcome outcome = _studio.Stylize("--seed", "7");

        Assert.Equal(0, outcome.Code);
        Assert.Empty(outcome.Out);
        Recipe recipe = Recipe.FromPicture(PictureFile.Load(_studio.Result))!;
        Assert.Equal(_studio.Content, recipe.Content!.Path);
        Assert.Equal(64, Assert.Single(recipe.Styles).Sha256!.Length);
        Assert.Equal(StylizeOptions.Default with { Seed = 7 }, recipe.Options);
    }

    [Fact]
    public void Stylize_PresetRecipeAndExplicitOption_WinInThatOrder()
    {
        File.WriteAllText(_studio.At("r.json"), """{ "options": { "iterations": 11, "size": 99, /* why not */ } }""");

        _studio.Stylize("--preset", "classic", "--recipe", _studio.At("r.json"), "--size", "original");

        Assert.Null(Options.Size);
        Assert.Equal(11, Options.Iterations);
        Assert.Equal(Presets.ByName["classic"].StyleLayers, Options.StyleLayers);
        Assert.Equal(Presets.ByName["classic"].TvWeight, Options.TvWeight);
    }

    [Fact]
    public void Stylize_ExplicitDefault_WinsOverThePreset()
    {
        _studio.Stylize("--preset", "draft", "--iterations", "75");

        Assert.Equal(75, Options.Iterations);
        Assert.Equal(Presets.ByName["draft"].Size, Options.Size);
    }

    [Theory]
    [InlineData(true, "--correlation-chain")]
    [InlineData(true, "--correlation-chain", "on")]
    [InlineData(false, "--correlation-chain=off")]
    [InlineData(false, "--correlation-chain", "Off", "--preset", "improved")]
    [InlineData(true, "--preset", "improved")]
    public void Stylize_Switch_IsOnAloneAndOffByWord(bool expected, params string[] args)
    {
        Outcome outcome = _studio.Stylize([.. args, "--style-loss", "gram"]);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(expected, Options.CorrelationChain);
    }

    [Fact]
    public void Stylize_EveryKindOfValue_ReachesTheLibrary()
    {
        _studio.Run("stylize", _studio.Content, "--style", _studio.Style, _studio.Style, "--style", _studio.Style, "-o",
            _studio.Result, "--style-weights", "1,2,0.5", "--scales", "32,64", "--size", "64", "--learning-rate", "0.5",
            "--style-loss", "gram", "--activation-shift", "-1", "--content-layers", "relu3_1=1,relu4_1=2",
            "--init", _studio.Style, "--threads", "1");

        Assert.Equal(3, _studio.Painter.Request!.Styles.Length);
        Assert.Equal([1, 2, 0.5], Options.StyleWeights);
        Assert.Equal([32, 64], Options.Scales);
        Assert.Equal(0.5, Options.LearningRate);
        Assert.Equal(-1, Options.ActivationShift);
        Assert.Equal(LayerSelection.Parse("relu3_1=1,relu4_1=2"), Options.ContentLayers);
        Assert.Equal(InitKind.File, Options.Init);
        Assert.Equal(5, _studio.Painter.Request.Initial!.Width);
        Assert.Equal(1, _studio.Engine!.Threads);
        Assert.Equal(Precision.Auto, _studio.Engine.Precision);
    }

    [Theory]
    [InlineData("SINGLE", Precision.Single)]
    [InlineData("bfloat16", Precision.BFloat16)]
    [InlineData("auto", Precision.Auto)]
    public void Stylize_Precision_ReachesTheEngineAndTheRecipeSaysWhatWasUsed(string word, Precision asked)
    {
        _studio.Painter.Precision = Precision.BFloat16;
        _studio.Stylize("--precision", word);

        Assert.Equal(asked, _studio.Engine!.Precision);
        Assert.Equal(Precision.BFloat16, Recipe.FromPicture(PictureFile.Load(_studio.Result))!.Precision);
    }

    [Fact]
    public void Stylize_BFloat16WithoutUnits_SaysWhyBeforeAnythingIsDone()
    {
        Assert.SkipUnless(EngineInfo.Current.BFloat16UnavailableReason is not null, "The units are here.");
        using Studio studio = new() { CreatePainter = engine => new Painter(engine, NetworkCache.ForCurrentUser()) };

        Outcome outcome = studio.Stylize("--precision", "bfloat16");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("needs the processor's AMX units (", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("give auto or single", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_AsJson_PrintsTheResultDocumentOnly()
    {
        _studio.Painter.Warnings = ["the style is small."];

        Outcome outcome = _studio.Stylize("--json", "--quiet");

        JsonElement json = outcome.Json;
        Assert.Equal(
            [
                "schemaVersion", "ok", "output", "width", "height", "complete", "seconds", "terms", "scales", "recipe",
                "warnings",
            ],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(_studio.Result, json.GetProperty("output").GetString());
        Assert.Equal(9, json.GetProperty("width").GetInt32());
        Assert.Equal(4, json.GetProperty("scales")[1].GetProperty("losses")[2].GetDouble());
        Assert.Equal("nine-point", json.GetProperty("recipe").GetProperty("options").GetProperty("tv").GetString());
        Assert.Equal("the style is small.", json.GetProperty("warnings")[0].GetString());
        Assert.Equal("warning: the style is small.", outcome.Error.Trim());
    }

    [Fact]
    public void Stylize_StandardStreams_CarryThePictures()
    {
        _studio.Input = File.ReadAllBytes(_studio.Content);

        Outcome outcome = _studio.Run("stylize", "-", "--style", _studio.Style, "-o", "-");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(9, PictureFile.Decode(_studio.Output.ToArray()).Width);
        Assert.Equal(2, _studio.Run("stylize", "-", "--style", "-", "-o", _studio.Result).Code);
        Assert.Equal(2, _studio.Run("stylize", _studio.Content, "--style", _studio.Style, "-o", "-", "--json").Code);
    }

    [Fact]
    public void Stylize_OwnResultInTheWay_IsReplaced()
    {
        _studio.Stylize();

        Assert.Equal(0, _studio.Stylize().Code);
    }

    [Fact]
    public void Stylize_ForeignFileInTheWay_IsReplacedOnlyByForce()
    {
        File.Copy(_studio.Style, _studio.Result);
        byte[] before = File.ReadAllBytes(_studio.Result);

        Outcome refused = _studio.Stylize("--json");

        Assert.Equal(1, refused.Code);
        Assert.Equal("output.exists", refused.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_studio.Result));
        Assert.Null(_studio.Painter.Request);
        Assert.Equal(0, _studio.Stylize("--force").Code);
    }

    [Fact]
    public void Stylize_OutputThatIsAnInput_IsRefusedEvenByForce()
    {
        string[] pictures = [_studio.Content, "--style", _studio.Style];
        Outcome outcome = _studio.Run(["stylize", .. pictures, "-o", _studio.Style, "--force"]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("also an input", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_OutputThatIsAnInputBehindALinkedFolder_IsRefusedEvenByForce()
    {
        string folder = Path.GetDirectoryName(_studio.Content)!;
        try
        {
            Directory.CreateSymbolicLink(_studio.At("link"), folder);
        }
        catch (IOException error) when (OperatingSystem.IsWindows())
        {
            Assert.Skip($"This user may not make links: {error.Message}");
        }

        string[] pictures = [_studio.Content, "--style", _studio.Style];

        Outcome outcome = _studio.Run(["stylize", .. pictures, "-o", _studio.At("link/style.png"), "--force"]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("also an input", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_RecipeOnStandardInput_IsRead()
    {
        _studio.Input = "{ \"options\": { \"iterations\": 11 } }"u8.ToArray();

        Assert.Equal(0, _studio.Stylize("--recipe", "-").Code);
        Assert.Equal(11, Options.Iterations);
    }

    [Theory]
    [InlineData("out.png", false)]
    [InlineData("out.jpg", true)]
    public void Stylize_TransparentPhotograph_WarnsWhereTheFormatCannotHoldIt(string name, bool warns)
    {
        PictureFile.Save(new Picture(3, 2, new float[6], new float[6], new float[6], new float[6]), _studio.Content);
        string[] pictures = [_studio.Content, "--style", _studio.Style];

        Outcome outcome = _studio.Run(["stylize", .. pictures, "-o", _studio.At(name)]);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(warns, outcome.Error.Contains("transparent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nowhere/out.png", 1, "does not exist")]
    [InlineData("out.tga", 2, ".png")]
    [InlineData("out", 2, "no extension")]
    [InlineData(LongName, 2, "too long")]
    [InlineData(".", 2, "")]
    public void Stylize_OutputThatCannotBe_IsRefusedBeforeTheWork(string name, int code, string expected)
    {
        string[] pictures = [_studio.Content, "--style", _studio.Style];
        Outcome outcome = _studio.Run(["stylize", .. pictures, "-o", _studio.At(name)]);

        Assert.Equal(code, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Null(_studio.Painter.Request);
    }

    [Fact]
    public void Stylize_InputThatIsMissingOrAFolderOrNoPicture_SaysWhich()
    {
        File.WriteAllText(_studio.At("text.png"), "hello");

        Outcome missing = _studio.Stylize("--style", _studio.At("no.png"), "--json");
        Assert.Contains("input.missing", missing.Out, StringComparison.Ordinal);
        Assert.Contains("is a folder", _studio.Stylize("--style", _studio.At(".")).Error, StringComparison.Ordinal);
        Outcome outcome = _studio.Stylize("--style", _studio.At("text.png"));
        Assert.Equal(1, outcome.Code);
        Assert.Contains("text.png", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_FailingPainter_LeavesTheOldResultAndNoOtherFile()
    {
        _studio.Stylize();
        byte[] before = File.ReadAllBytes(_studio.Result);
        _studio.Painter.Error = new InvalidOperationException("oh no");

        Outcome outcome = _studio.Stylize("--seed", "1");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("unexpected: oh no", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(" at ", _studio.Stylize("--debug").Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_studio.Result));
        Assert.Equal(["content.png", "out.png", "style.png"], _studio.Files);
    }

    [Fact]
    public void Stylize_InterruptedOnTheWay_WritesTheBestSoFarAndAnswers130()
    {
        using CancellationTokenSource source = new();
        _studio.Interrupt = source.Token;
        _studio.Painter.OnStep = _ => source.Cancel();

        Outcome outcome = _studio.Stylize("--json");

        Assert.Equal(130, outcome.Code);
        Assert.False(outcome.Json.GetProperty("complete").GetBoolean());
        Assert.NotNull(Recipe.FromPicture(PictureFile.Load(_studio.Result)));
    }

    [Fact]
    public void Stylize_InterruptedWhileStandardInputIsSilent_AnswersAtOnce()
    {
        using ManualResetEventSlim never = new();
        using CancellationTokenSource interrupt = new();
        _studio.Interrupt = interrupt.Token;
        _studio.OpenInput = () =>
        {
            interrupt.Cancel();
            never.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
            return Stream.Null;
        };

        Outcome outcome = _studio.Run("stylize", "-", "--style", _studio.Style, "-o", _studio.Result);
        never.Set();

        Assert.Equal(130, outcome.Code);
        Assert.False(File.Exists(_studio.Result));
    }

    [Fact]
    public void Stylize_InterruptedBeforeAnyPicture_WritesNothingAndAnswers130()
    {
        _studio.Interrupt = new CancellationToken(canceled: true);

        Outcome outcome = _studio.Stylize("--json");

        Assert.Equal(130, outcome.Code);
        Assert.Equal("interrupted", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.False(File.Exists(_studio.Result));
    }

    [Fact]
    public void Stylize_SaveEvery_WritesPicturesOnTheWayButNotOverForeignOnes()
    {
        Assert.Equal(0, _studio.Stylize("--save-every", "4").Code);
        Assert.Contains("out-step0004.png", _studio.Files);
        Assert.DoesNotContain("out-step0008.png", _studio.Files);
        Assert.Equal(0, _studio.Stylize("--save-every", "4").Code);

        File.Copy(_studio.Style, _studio.At("out-step0002.png"));
        Assert.Equal(1, _studio.Stylize("--save-every", "2").Code);
    }

    [Fact]
    public void Progress_WithoutTerminal_IsOnePlainLinePerScale()
    {
        string[] lines = _studio.Stylize().Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.StartsWith("scale 1/2  9 x 5  iteration 3/3  loss 3.75", lines[0], StringComparison.Ordinal);
        Assert.Contains("out.png  9 x 5", lines[2], StringComparison.Ordinal);
        Assert.Empty(_studio.Stylize("--quiet").Error);
    }

    [Fact]
    public void Progress_OnATerminal_RewritesOneLineAndClearsIt()
    {
        _studio.IsLive = true;

        string[] lines = _studio.Stylize().Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        string line = Assert.Single(lines);
        Assert.Contains("\rscale 1/2", line, StringComparison.Ordinal);
        Assert.DoesNotContain("scale", line.Split('\r')[^1], StringComparison.Ordinal);
        Assert.All(line.Split('\r')[..^1], shown => Assert.InRange(shown.Length, 0, 79));
    }
}
