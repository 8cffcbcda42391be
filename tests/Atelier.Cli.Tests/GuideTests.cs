using System.Text.Json;
using Atelier.Guides;
using Atelier.Imaging;

namespace Atelier.Cli.Tests;

/// <summary>Masks on the command line, in recipes and back.</summary>
public sealed class GuideTests : IDisposable
{
    private readonly Studio _studio = new();

    public GuideTests()
    {
        Picture half = new(4, 3);
        foreach (float[] plane in (float[][])[half.Red, half.Green, half.Blue])
            (plane[0], plane[4], plane[8]) = (1, 1, 0.5f);
        PictureFile.Save(half, Mask);
        PictureFile.Save(new Picture(4, 3), Black);
    }

    public void Dispose() => _studio.Dispose();

    private string Mask => _studio.At("mask.png");

    private string Black => _studio.At("black.png");

    [Fact]
    public void Stylize_MasksRegionsAndPreserve_ReachThePainterAndTheRecipe()
    {
        Outcome outcome = _studio.Stylize(
            "--style", _studio.Style, "--style-mask", Mask, "rest", "--style-region", "all", "--style-region", Mask,
            "--preserve", Mask, "--color", "content", "--color-mask", Mask, "--json");

        Assert.Equal(0, outcome.Code);
        SpatialGuides guides = _studio.Painter.Request!.Guides;
        Assert.Equal(["", "rest"], guides.StyleMasks.Select(mask => mask.Name));
        Assert.Null(guides.StyleRegions[0]);
        Assert.Equal((4, 3), (guides.StyleRegions[1]!.Width, guides.Preserve!.Height));
        JsonElement recipe = outcome.Json.GetProperty("recipe");
        Assert.Equal(Mask, recipe.GetProperty("styleMasks")[0].GetProperty("path").GetString());
        Assert.Equal(4, guides.ColorMask!.Width);
        Assert.Equal(Mask, recipe.GetProperty("colorMask").GetProperty("path").GetString());
        Assert.Equal(64, recipe.GetProperty("preserve").GetProperty("sha256").GetString()!.Length);
        Assert.Equal("rest", recipe.GetProperty("styleMasks")[1].GetProperty("path").GetString());
        Assert.Equal("all", recipe.GetProperty("styleRegions")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void Stylize_NoMasks_HasNone()
    {
        _studio.Stylize();
        Assert.Equal((0, 0, null), (
            _studio.Painter.Request!.Guides.StyleMasks.Length, _studio.Painter.Request.Guides.StyleRegions.Length,
            _studio.Painter.Request.Guides.Preserve));
    }

    [Fact]
    public void Stylize_TooFewMasks_IsWrongUsage()
    {
        Outcome outcome = _studio.Stylize("--style", _studio.Style, "--style-mask", Mask);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("1 entry for 2 style pictures", outcome.Error, StringComparison.Ordinal);
        Assert.Null(_studio.Painter.Request);
    }

    [Theory]
    [InlineData("--style-mask"), InlineData("--style-region"), InlineData("--preserve")]
    public void Stylize_MaskThatIsMissingDamagedOrBlack_SaysSo(string option)
    {
        Outcome missing = _studio.Stylize(option, _studio.At("no.png"));
        Assert.Equal(1, missing.Code);
        Assert.Contains($"{option} FILE", missing.Error, StringComparison.Ordinal);

        File.WriteAllText(_studio.At("bad.png"), "no picture");
        Outcome damaged = _studio.Stylize(option, _studio.At("bad.png"));
        Assert.Equal(1, damaged.Code);
        Assert.Contains("bad.png", damaged.Error, StringComparison.Ordinal);

        Outcome black = _studio.Stylize(option, Black);
        Assert.Equal(2, black.Code);
        Assert.Contains("black everywhere", black.Error, StringComparison.Ordinal);
        Assert.Contains("white", black.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_OverAMask_IsRefused()
        => Assert.Equal(2, _studio.Run(
            "stylize", _studio.Content, "--style", _studio.Style, "--preserve", Mask, "-o", Mask, "--force").Code);

    [Fact]
    public void Reproduce_WithMasks_FindsThemAgainOrIsTold()
    {
        _studio.Stylize("--style", _studio.Style, "--style-mask", Mask, "rest", "--preserve", Mask);

        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
        Assert.Equal(["", "rest"], _studio.Painter.Request!.Guides.StyleMasks.Select(mask => mask.Name));
        Assert.Equal(File.ReadAllBytes(_studio.Result), File.ReadAllBytes(_studio.At("out-again.png")));

        File.Move(Mask, _studio.At("moved.png"));
        Outcome outcome = _studio.Run("reproduce", _studio.Result);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("--style-mask FILE", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, _studio.Run(
            "reproduce", _studio.Result, "--style-mask", _studio.At("moved.png"), "rest",
            "--preserve", _studio.At("moved.png")).Code);
    }

    [Fact]
    public void EvaluateAndPlan_TakeGuidesToo()
    {
        _studio.Painter.Warnings = ["style mask 1 is small."];
        Outcome outcome = _studio.Run(
            "evaluate", _studio.Content, "--content", _studio.Content, "--style", _studio.Style,
            "--style-mask", Mask, "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("warning: style mask 1 is small.", outcome.Error, StringComparison.Ordinal);
        Assert.Single(_studio.Painter.JudgedGuides!.StyleMasks);

        _studio.Run("plan", _studio.Content, "--style", _studio.Style, "--preserve", Mask);
        Assert.NotNull(_studio.Painter.Request!.Guides.Preserve);
    }
}
