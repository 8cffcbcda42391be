using System.Text.Json;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Tests;

public sealed class StyleTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private string File => _studio.At("art.atelierstyle");

    [Fact]
    public void Extract_Artworks_WritesAFileThatStyleTakes()
    {
        Outcome outcome = _studio.Run("style", "extract", _studio.Style, _studio.Content, "-o", File, "--json");

        Assert.Equal(0, outcome.Code);
        JsonElement json = outcome.Json;
        Assert.Equal(new FileInfo(File).Length, json.GetProperty("bytes").GetInt64());
        Assert.Equal(13, json.GetProperty("layers").GetArrayLength());
        Assert.Equal("compact", json.GetProperty("network").GetString());
        Assert.Equal(0, _studio.Run(
            "stylize", _studio.Content, "--style", _studio.Style, File, "-o", _studio.Result,
            "--style-weights", "1.5,-0.5").Code);
        StylizeRequest request = _studio.Painter.Request!;
        Assert.NotNull(request.Styles[0].Picture);
        Assert.Equal([9], request.Styles[1].Statistics!.Sizes);
        RecipePicture named = Recipe.FromPicture(PictureFile.Load(_studio.Result))!.Styles[1];
        Assert.Equal(RecipePicture.Create(File, System.IO.File.ReadAllBytes(File)), named);
        Assert.Equal("", _studio.Run("reproduce", _studio.Result, "--quiet").Error);

        Assert.Equal(0, _studio.Run("style", "extract", _studio.Content, "-o", File).Code);
        Outcome changed = _studio.Run("reproduce", _studio.Result, "--quiet", "--force");
        Assert.Contains($"style '{File}' is not the file", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_StyleFile_TellsWhatItHolds()
    {
        _studio.Run("style", "extract", _studio.Style, "-o", File, "--style-layers", "relu1_1,relu2_1");

        JsonElement json = _studio.Run("style", "show", File, "--json").Json;

        Assert.Equal(["relu1_1", "relu2_1"], json.GetProperty("layers").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(7, Assert.Single(json.GetProperty("sizes").EnumerateArray()).GetInt32());
        Assert.Equal("max", json.GetProperty("pooling").GetString());
        Assert.Contains(
            json.GetProperty("networkSha256").GetString()!, _studio.Run("style", "show", File).Out,
            StringComparison.Ordinal);
        Assert.Equal(1, _studio.Run("style", "show", _studio.Style).Code);
        Assert.Equal(1, _studio.Run("style", "show", _studio.At("none")).Code);
    }

    [Fact]
    public void Extract_Regions_TakeThatPart()
    {
        string black = _studio.At("black.png"), white = _studio.At("white.png");
        PictureFile.Save(new Picture(4, 3), black);
        Picture whole = new(2, 1);
        foreach (float[] plane in (float[][])[whole.Red, whole.Green, whole.Blue])
            Array.Fill(plane, 1);
        PictureFile.Save(whole, white);

        Assert.Equal(0, _studio.Run(
            "style", "extract", _studio.Style, _studio.Style, "--region", "all", white, "-o", File).Code);
        Outcome outcome = _studio.Run("style", "extract", _studio.Style, "--region", black, "-o", File);
        Assert.Equal(2, outcome.Code);
        Assert.Contains("style region 1 is black", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2, _studio.Run(
            "style", "extract", _studio.Style, _studio.Style, "--region", "all", "-o", File).Code);
        Assert.Equal(1, _studio.Run(
            "style", "extract", _studio.Style, "--region", _studio.At("none"), "-o", File).Code);
        Assert.Equal(2, _studio.Run(
            "style", "extract", _studio.Style, "--region", white, "-o", white).Code);
    }

    [Theory]
    [InlineData("--pooling", "average", "pooling max")]
    [InlineData("--style-layers", "relu1_1,relu3_1", "not relu3_1")]
    public void Evaluate_StyleFileThatDoesNotFit_IsWrongUsage(string option, string value, string part)
    {
        using Studio studio = new() { CreatePainter = engine => new Painter(engine, NetworkCache.ForCurrentUser()) };
        studio.Run("style", "extract", studio.Style, "-o", File, "--style-layers", "relu1_1");

        Outcome outcome = studio.Run(
            "evaluate", studio.Content, "--style", File, "--content-weight", "0", option, value);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(part, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OverAForeignFile_NeedsForce()
    {
        System.IO.File.WriteAllText(File, "poem");
        string[] args =
            ["style", "extract", _studio.Style, "-o", File, "--style-layers", "relu1_1", "--sizes", "16,32"];

        Assert.Equal(1, _studio.Run(args).Code);
        Assert.Equal("poem", System.IO.File.ReadAllText(File));
        Assert.Equal(0, _studio.Run([.. args, "--force"]).Code);
        Assert.Equal(0, _studio.Run(args).Code);
        Assert.Equal(2, _studio.Run("style", "extract", _studio.Style, "-o", _studio.Style).Code);
    }

    [Theory]
    [InlineData("--sizes", "12,x")]
    [InlineData("--sizes", "3")]
    [InlineData("--style-layers", "relu9_9")]
    [InlineData("--style-weights", "1,2")]
    public void Extract_OptionsThatCannotBe_AreWrongUsage(string option, string value)
    {
        Assert.Equal(2, _studio.Run("style", "extract", _studio.Style, "-o", File, option, value).Code);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Extract_OutputNamedLikeAPicture_IsWrongUsage()
    {
        Outcome outcome = _studio.Run("style", "extract", _studio.Style, "-o", _studio.At("mine.png"));

        Assert.Equal(2, outcome.Code);
        Assert.Contains(".atelierstyle", outcome.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(_studio.At("mine.png")));
    }

    [Fact]
    public void Stylize_DamagedStyleFile_SaysWhich()
    {
        _studio.Run("style", "extract", _studio.Style, "-o", File, "--style-layers", "relu1_1");
        byte[] whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..^5]);

        Outcome outcome = _studio.Run("stylize", _studio.Content, "--style", File, "-o", _studio.Result);

        Assert.Equal(1, outcome.Code);
        Assert.Contains(File, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("truncated", outcome.Error, StringComparison.Ordinal);
    }
}
