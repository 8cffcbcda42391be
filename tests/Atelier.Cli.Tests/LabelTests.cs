using System.Text.Json;
using Atelier.Guides;
using Atelier.Imaging;

namespace Atelier.Cli.Tests;

public sealed class LabelTests : IDisposable
{
    private readonly Studio _studio = new();

    public LabelTests()
    {
        PictureFile.Save(Halves(6, 4), ContentLabels);
        PictureFile.Save(Halves(3, 8), StyleLabels);
    }

    public void Dispose() => _studio.Dispose();

    private string ContentLabels => _studio.At("labels.png");

    private string StyleLabels => _studio.At("style-labels.png");

    [Fact]
    public void Stylize_LabelPictures_ReachThePainterAndTheRecipe()
    {
        Outcome outcome = _studio.Stylize("--regions", ContentLabels, "--style-regions", StyleLabels, "--json");

        Assert.Equal(0, outcome.Code);
        RegionLabels labels = _studio.Painter.Request!.Guides.Labels!;
        Assert.Equal((6, 8), (labels.Content.Width, Assert.Single(labels.Styles).Height));
        JsonElement recipe = outcome.Json.GetProperty("recipe");
        Assert.Equal(ContentLabels, recipe.GetProperty("labels").GetProperty("path").GetString());
        Assert.Equal(64, recipe.GetProperty("styleLabels")[0].GetProperty("sha256").GetString()!.Length);
    }

    [Fact]
    public void Stylize_AutoRegions_WritesLabelPicturesThatCanBePassedBack()
    {
        Outcome outcome = _studio.Stylize("--regions", "auto:2", "--json");

        Assert.Equal(0, outcome.Code);
        JsonElement recipe = outcome.Json.GetProperty("recipe");
        Assert.Equal("auto:2", recipe.GetProperty("labels").GetProperty("path").GetString());
        string content = _studio.At("out.regions.png"), style = _studio.At("out.style-regions.png");
        Assert.Contains(content, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(_studio.Painter.Request!.Guides.Labels!.Content.Red, PictureFile.Load(content).Red);
        Assert.Equal(0, _studio.Stylize("--regions", content, "--style-regions", style).Code);
        Assert.Equal(_studio.Painter.Request!.Guides.Labels!.Styles[0].Green, PictureFile.Load(style).Green);
    }

    [Fact]
    public void Stylize_AutoRegionsOverCorrectedOnes_ReplacesThemOnlyWithForce()
    {
        _studio.Stylize("--regions", "auto:2");
        Assert.Equal(0, _studio.Stylize("--regions", "auto:2").Code);
        string corrected = _studio.At("out.regions.png");
        PictureFile.Save(Halves(5, 5), corrected);

        Outcome outcome = _studio.Stylize("--regions", "auto:2");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("pass it back", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(5, PictureFile.Load(corrected).Width);
        Assert.Equal(0, _studio.Stylize("--regions", "auto:2", "--force").Code);
        Assert.NotEqual(5, PictureFile.Load(corrected).Width);
    }

    [Theory]
    [InlineData("auto:1", "auto:2 to auto:12"), InlineData("auto", "auto:2 to auto:12")]
    [InlineData("auto:x", "auto:2 to auto:12"), InlineData("labels.png", "given without")]
    public void Stylize_RegionsThatCannotBe_IsWrongUsage(string regions, string message)
    {
        Outcome outcome = _studio.Stylize("--regions", regions == "labels.png" ? ContentLabels : regions);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_StyleRegionsAlone_IsWrongUsage()
    {
        Outcome outcome = _studio.Stylize("--style-regions", StyleLabels);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("add --regions FILE", outcome.Error, StringComparison.Ordinal);
    }

    private static Picture Halves(int width, int height)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < width * height; i++)
            (i % width < width / 2 ? picture.Red : picture.Green)[i] = 1;
        return picture;
    }
}
