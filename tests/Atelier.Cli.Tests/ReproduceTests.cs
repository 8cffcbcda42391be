using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Imaging.Vips;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

public sealed class ReproduceTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    [Fact]
    public void Reproduce_Result_RunsItsRecipeToTheSameBytes()
    {
        _studio.Stylize("--preset", "draft", "--seed", "5");
        StylizeOptions first = _studio.Painter.Request!.Options;

        Outcome outcome = _studio.Run("reproduce", _studio.Result);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(first, _studio.Painter.Request.Options);
        Assert.Equal(File.ReadAllBytes(_studio.Result), File.ReadAllBytes(_studio.At("out-again.png")));
    }

    [Theory]
    [InlineData("out.jpg"), InlineData("out.webp"), InlineData("out.tif")]
    public void Reproduce_ResultOfAnotherFormat_RunsItsRecipe(string name)
    {
        Assert.SkipWhen(
            VipsFormats.UnavailableReason is not null && name != "out.jpg", "WebP and TIFF cannot be written here.");
        string result = _studio.At(name);
        string[] paint = ["stylize", _studio.Content, "--style", _studio.Style, "-o", result, "--seed", "5"];
        Assert.Equal(0, _studio.Run(paint).Code);

        Assert.Equal(0, _studio.Run("reproduce", result).Code);
        Assert.Equal(5, _studio.Painter.Request!.Options.Seed);

        // An earlier result may be replaced.
        Assert.Equal(0, _studio.Run(paint).Code);
    }

    [Fact]
    public void Reproduce_StrippedResult_HasNoRecipe()
    {
        _studio.Stylize("--strip");

        Outcome outcome = _studio.Run("reproduce", _studio.Result, "--json");

        Assert.Equal("recipe.missing", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, _studio.Stylize("--strip").Code);
    }

    [Fact]
    public void Reproduce_AtAnotherSize_ChoosesTheSizesOnTheWayAnew()
    {
        _studio.Stylize("--size", "64", "--scales", "32,64");

        _studio.Run("reproduce", _studio.Result, "--size", "48");

        Assert.Equal(48, _studio.Painter.Request!.Options.Size);
        Assert.Empty(_studio.Painter.Request.Options.Scales);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("auto")]
    public void Reproduce_Precision_IsThatOfTheRecipeUnlessOneIsGiven(string? given)
    {
        _studio.Stylize();

        _studio.Run(["reproduce", _studio.Result, .. given is null ? [] : new[] { "--precision", given }]);

        Assert.Equal(given is null ? Precision.Single : Precision.Auto, _studio.Engine!.Precision);
    }

    [Fact]
    public void Reproduce_PrecisionThatCannotBeHad_IsAWarning()
    {
        _studio.Painter.Precision = Precision.BFloat16;
        _studio.Stylize();

        Outcome outcome = _studio.Run("reproduce", _studio.Result);

        bool isHere = EngineInfo.Current.BFloat16UnavailableReason is null;
        Assert.Equal(0, outcome.Code);
        Assert.Equal(isHere ? Precision.BFloat16 : Precision.Single, _studio.Engine!.Precision);
        Assert.Equal(!isHere, outcome.Error.Contains("bfloat16, which is not available", StringComparison.Ordinal));
    }

    [Fact]
    public void Reproduce_PictureBesideTheResult_IsFound()
    {
        Picture painted = PictureFile.Load(_studio.Content);
        Recipe recipe = new() { Content = new("content.png"), Styles = [new("style.png")] };
        PictureFile.Save(recipe.EmbedIn(painted), _studio.Result);

        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
        Assert.Equal("content.png", Recipe.FromPicture(PictureFile.Load(_studio.At("out-again.png")))!.Content!.Path);
    }

    [Fact]
    public void Reproduce_MissingPicture_SaysHowToNameIt()
    {
        _studio.Stylize();
        File.Move(_studio.Style, _studio.At("moved.png"));

        Outcome outcome = _studio.Run("reproduce", _studio.Result);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("--style FILE", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, _studio.Run("reproduce", _studio.Result, "--style", _studio.At("moved.png")).Code);
    }

    [Fact]
    public void Reproduce_ChangedPicture_IsAWarning()
    {
        _studio.Stylize();
        File.Copy(_studio.Style, _studio.Content, overwrite: true);

        Outcome outcome = _studio.Run("reproduce", _studio.Result, "--quiet");

        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("warning: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--content FILE", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_OverTheResultItself_IsRefused()
    {
        _studio.Stylize();

        Outcome outcome = _studio.Run("reproduce", _studio.Result, "-o", _studio.Result);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("also an input", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_ResultOfMoreBitsThanThePhotograph_KeepsThem()
    {
        _studio.Stylize("--bit-depth", "16");

        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
        Assert.Equal(File.ReadAllBytes(_studio.Result), File.ReadAllBytes(_studio.At("out-again.png")));
    }

    [Fact]
    public void Reproduce_NetworkFile_IsFoundBesideTheResultOrNamed()
    {
        Recipe recipe = new()
        {
            Content = new("content.png"),
            Styles = [new("style.png")],
            Options = StylizeOptions.Default with { Network = "own.safetensors" },
        };
        PictureFile.Save(recipe.EmbedIn(PictureFile.Load(_studio.Content)), _studio.Result);
        File.WriteAllText(_studio.At("own.safetensors"), "");

        _studio.Run("reproduce", _studio.Result);
        Assert.Equal(_studio.At("own.safetensors"), _studio.Painter.Request!.Options.Network);

        _studio.Run("reproduce", _studio.Result, "--network", "other.safetensors");
        Assert.Equal("other.safetensors", _studio.Painter.Request.Options.Network);
    }

    [Fact]
    public void Reproduce_FromStandardInput_NeedsAName()
    {
        _studio.Stylize();
        _studio.Input = File.ReadAllBytes(_studio.Result);

        Assert.Contains("-o FILE", _studio.Run("reproduce", "-").Error, StringComparison.Ordinal);
        Assert.Equal(0, _studio.Run("reproduce", "-", "-o", _studio.At("new.png")).Code);
    }

    [Fact]
    public void Reproduce_InitialPictureOfAResultWithoutOne_IsRefused()
    {
        _studio.Stylize();

        Assert.Equal(2, _studio.Run("reproduce", _studio.Result, "--init", _studio.Style).Code);
    }

    [Fact]
    public void Reproduce_PictureWithoutRecipe_SaysSo()
    {
        Outcome outcome = _studio.Run("reproduce", _studio.Content, "--json");

        Assert.Equal(1, outcome.Code);
        Assert.Equal("recipe.missing", outcome.Json.GetProperty("error").GetProperty("code").GetString());
    }
}
