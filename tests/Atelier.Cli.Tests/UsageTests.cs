using Atelier.Engine.Cpu;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    [Theory]
    [InlineData("--sise", "300", "did you mean '--size'?")]
    [InlineData("--pooling", "maxx", "did you mean 'max'?")]
    [InlineData("--style-loss", "gramm", "did you mean 'gram'?")]
    [InlineData("--precision", "bflot16", "did you mean 'bfloat16'?")]
    [InlineData("--preset", "drat", "did you mean 'draft'?")]
    [InlineData("--init", "contnt", "did you mean 'content'?")]
    public void Stylize_MistypedWord_NamesTheNearest(string option, string value, string expected)
    {
        Outcome outcome = _studio.Stylize(option, value);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public void Stylize_MistypedOptionAfterStyles_IsNotTakenForAStyle()
    {
        Outcome outcome = _studio.Run(
            "stylize", _studio.Content, "-o", _studio.Result, "--style", _studio.Style, "--stile", "x.png");

        Assert.Equal(2, outcome.Code);
        Assert.Contains("'--style'?", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "-5")]
    [InlineData("--size", "many")]
    [InlineData("--size", "99999999999")]
    [InlineData("--iterations", "1.5")]
    [InlineData("--iterations", "0")]
    [InlineData("--content-weight", "NaN")]
    [InlineData("--style-weight", "-1")]
    [InlineData("--tv-weight", "Infinity")]
    [InlineData("--style-weights", "1,x")]
    [InlineData("--style-weights", "1,2,3")]
    [InlineData("--scales", "64,,128")]
    [InlineData("--style-layers", "relu1_1=1,relu2_1")]
    [InlineData("--threads", "-2")]
    [InlineData("--threads", "two")]
    [InlineData("--save-every", "-1")]
    [InlineData("--quality", "101")]
    [InlineData("--bit-depth", "9")]
    [InlineData("--correlation-chain", "maybe")]
    [InlineData("--correlation-chain", "on")]
    [InlineData("--noise-ratio", "2")]
    [InlineData("--content-weight", "1e300")]
    [InlineData("--learning-rate", "1e300")]
    [InlineData("--style-weights", "1e308")]
    [InlineData("--style-layers", "relu1_1=1e308,relu2_1=1e308")]
    public void Stylize_ValueThatDoesNotFit_IsAUsageErrorOfOneLineNamingTheOption(string option, string value)
    {
        Outcome outcome = _studio.Stylize(option, value);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(option[2..], outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Null(_studio.Painter.Request);
    }

    [Theory]
    [InlineData("a command is missing")]
    [InlineData("did you mean 'stylize'?", "styliz")]
    [InlineData("CONTENT", "stylize", "-o", "x.png")]
    [InlineData("--output", "stylize", "x.png")]
    [InlineData("no style picture", "stylize", "x.png", "-o", "y.png")]
    [InlineData("give artworks with --style", "stylize", "x.png", "art.png", "-o", "y.png")]
    [InlineData("does not take the extra argument", "doctor", "now")]
    [InlineData("IMAGE", "evaluate")]
    [InlineData("did you mean 'bash'?", "completions", "bsh")]
    public void Tool_IncompleteCommandLine_SaysWhatIsMissing(string expected, params string[] args)
    {
        Outcome outcome = _studio.Run(args);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Out);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--json=true")]
    public void Tool_UsageErrorWithJson_PrintsOneDocumentOnStandardOutput(string json)
    {
        Outcome outcome = _studio.Stylize("--size", "many", json);

        Assert.False(outcome.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, outcome.Json.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(2, outcome.Json.GetProperty("exitCode").GetInt32());
        Assert.Equal("usage", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        System.Text.Json.JsonElement error = outcome.Json.GetProperty("error");
        Assert.Contains("'many'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("--help", error.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TableOptions_OfAllCommands_CoverTheTable()
    {
        // The aspect is that of --width and --height.
        Assert.Equal(
            StylizeOptionTable.All.Select(option => option.Name).Where(name => name != "aspect").Order(),
            Commands.TableOptions.All.Concat(Commands.TableOptions.OfStyle).Select(option => option.Name).Distinct()
                .Order());
    }

    [Fact]
    public void Stylize_EveryValueOfAPreset_IsReadBackFromTheCommandLine()
    {
        foreach (StylizeOptions preset in Presets.ByName.Values.Where(preset => preset.StyleWeight > 0))
        {
            _studio.Stylize([.. Commands.TableOptions.All.Where(option => option.Name != "network")
                .Select(option => $"--{option.Name}={option.Show(preset)}")]);
            Assert.Equal(preset with { Network = "compact" }, _studio.Painter.Request!.Options);
        }
    }

    [Fact]
    public void Failure_RegionOfAStyleFile_NamesTheCommandThatTakesIt()
    {
        OptionsException error = new(new Problem("style-region", "is part of a style file", "give 'all'"));

        Output.FailureReport failure = Output.FailureReport.Of(error);

        Assert.Equal("style-region is part of a style file; give 'all'.", failure.Message);
        Assert.Contains("atelier style extract --region", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_Asked_IsThatOfTheLibrary()
        => Assert.Equal(Recipe.LibraryVersion, _studio.Run("--version").Out.Trim());

    [Theory]
    [InlineData("bash"), InlineData("zsh"), InlineData("fish"), InlineData("pwsh")]
    public void Completions_AnyShell_KnowCommandsOptionsAndWords(string shell)
    {
        string script = _studio.Run("completions", shell).Out;

        string[] words = ["stylize", "reproduce", "style-layers", "quarter-mean", "wasserstein", "draft", "nine-point"];
        foreach (string word in words)
            Assert.Contains(word, script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORIGINAL", null)]
    [InlineData("300", 300)]
    public void Stylize_Size_IsANumberOrTheWordInAnyCase(string written, int? expected)
    {
        _studio.Stylize("--size", written);

        Assert.Equal(expected, _studio.Painter.Request!.Options.Size);
    }

    [Fact]
    public void Completions_OfBash_OfferOptionsOnlyAfterADash()
    {
        string script = _studio.Run("completions", "bash").Out;

        Assert.Contains("\"stylize \"*) list=\"\" ;;", script, StringComparison.Ordinal);
        Assert.Contains("\"completions \"*) list=\"bash fish pwsh zsh\" ;;", script, StringComparison.Ordinal);
        Assert.Contains("\"style \"*) list=\"extract show\" ;;", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_AsJson_TellsTheMachine()
    {
        Outcome outcome = _studio.Run("doctor", "--json");

        Assert.True(outcome.Json.GetProperty("ok").GetBoolean());
        Assert.Contains(outcome.Json.GetProperty("vectorWidth").GetInt32(), (int[])[0, 128, 256, 512]);
        Assert.StartsWith(
            EngineInfo.Current.BFloat16UnavailableReason is null ? "yes" : "no (",
            outcome.Json.GetProperty("amx").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("compact", outcome.Json.GetProperty("networks")[0].GetString());
        Assert.Contains("processor", _studio.Run("doctor").Out, StringComparison.Ordinal);
    }
}
