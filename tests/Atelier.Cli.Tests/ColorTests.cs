using System.Text;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

public sealed class ColorTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private string[] Recolor => ["color", _studio.Content, "--palette", _studio.Style, "-o", _studio.Result];

    [Fact]
    public void Color_TwoPictures_WritesTheRecoloredOne()
    {
        Outcome outcome = _studio.Run([.. Recolor, "--color-match", "cholesky", "--bit-depth", "16", "--json"]);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(_studio.Result, outcome.Json.GetProperty("output").GetString());
        Picture written = PictureFile.Load(_studio.Result);
        Picture expected = Recoloring.Apply(
            PictureFile.Load(_studio.Content), PictureFile.Load(_studio.Style), ColorMatchKind.Cholesky);
        Assert.Equal(expected.Red[20], written.Red[20], 1f / 65_535);
        Assert.Equal(16, written.BitDepth);
    }

    [Fact]
    public void Color_AmountZero_WritesThePictureAsItIs()
    {
        Assert.Equal(0, _studio.Run([.. Recolor, "--amount", "0"]).Code);

        Assert.Equal(PictureFile.Load(_studio.Content).Red, PictureFile.Load(_studio.Result).Red);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Color_Position_IsWrittenOnlyIfAskedFor(bool isKept)
    {
        byte[] xmp = [.. "<a xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='48,8.5N' exif:Flash='1'/>"u8];
        Picture content = PictureFile.Load(_studio.Content);
        PictureFile.Save(
            new Picture(content.Width, content.Height, content.Red, content.Green, content.Blue)
            {
                Metadata = new PictureMetadata { Xmp = xmp },
            },
            _studio.Content, new EncodeOptions { KeepLocation = true });

        _studio.Run([.. Recolor, .. isKept ? new[] { "--keep-location" } : []]);

        string written = Encoding.UTF8.GetString(PictureFile.Load(_studio.Result).Metadata.Xmp!.Value.Span);
        Assert.Equal(isKept, written.Contains("GPSLatitude", StringComparison.Ordinal));
        Assert.Contains("Flash", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Color_FileInTheWay_IsReplacedOnlyByForce()
    {
        _studio.Run(Recolor);

        Outcome refused = _studio.Run([.. Recolor, "--json"]);

        Assert.Equal(1, refused.Code);
        Assert.Equal("output.exists", refused.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, _studio.Run([.. Recolor, "--force"]).Code);
        Assert.Equal(2, _studio.Run("color", _studio.Content, "--palette", _studio.Style, "-o", _studio.Style).Code);
    }

    [Fact]
    public void Color_StandardStreams_CarryThePictures()
    {
        _studio.Input = File.ReadAllBytes(_studio.Content);

        Assert.Equal(0, _studio.Run("color", "-", "--palette", _studio.Style, "-o", "-").Code);
        Assert.Equal(9, PictureFile.Decode(_studio.Output.ToArray()).Width);
    }

    [Theory]
    [InlineData(2, "--amount", "--amount", "2")]
    [InlineData(2, "did you mean 'histogram'?", "--color-match", "histogramm")]
    [InlineData(2, "-o - and --json", "-o", "-", "--json")]
    [InlineData(1, "palette 'none.png' does not exist", "--palette", "none.png")]
    public void Color_WrongUse_IsRefused(int code, string expected, params string[] more)
    {
        string[] start = ["color", _studio.Content];
        string[] palette = more.Contains("--palette") ? [] : ["--palette", _studio.Style];
        string[] output = more.Contains("-o") ? [] : ["-o", _studio.Result];

        Outcome outcome = _studio.Run([.. start, .. palette, .. output, .. more]);

        Assert.Equal(code, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Color_WithoutAPalette_SaysThatItIsMissing()
    {
        Outcome outcome = _studio.Run("color", _studio.Content, "-o", _studio.Result);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--palette", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stylize_ColorsAndPalette_ReachTheLibraryAndTheRecipe()
    {
        string palette = _studio.At("palette.png");
        File.Copy(_studio.Style, palette);

        _studio.Stylize("--color", "match", "--color-match", "histogram", "--color-amount", "0.5",
            "--palette", palette);

        StylizeRequest request = _studio.Painter.Request!;
        Assert.Equal(5, request.Palette!.Width);
        Assert.Equal(
            (ColorKind.Match, ColorMatchKind.Histogram, 0.5),
            (request.Options.Color, request.Options.ColorMatch, request.Options.ColorAmount));
        Recipe recipe = Recipe.FromPicture(PictureFile.Load(_studio.Result))!;
        Assert.Equal(palette, recipe.Palette!.Path);
        Assert.Equal(recipe.Styles[0].Sha256, recipe.Palette.Sha256);
    }

    [Fact]
    public void Reproduce_ResultWithAPalette_TakesItAgainWhereverItMoved()
    {
        string palette = _studio.At("palette.png"), moved = _studio.At("moved.png");
        File.Copy(_studio.Style, palette);
        _studio.Stylize("--color", "content", "--palette", palette);

        Assert.Equal(0, _studio.Run("reproduce", _studio.Result, "-o", _studio.At("again.png")).Code);
        Assert.Equal(5, _studio.Painter.Request!.Palette!.Width);
        File.Move(palette, moved);
        Assert.Contains("--palette FILE", _studio.Run("reproduce", _studio.Result).Error, StringComparison.Ordinal);
        Assert.Equal(0, _studio.Run("reproduce", _studio.Result, "--palette", moved).Code);
    }

    [Fact]
    public void Reproduce_ResultWithoutAPalette_RefusesOne()
    {
        _studio.Stylize();

        Assert.Equal(2, _studio.Run("reproduce", _studio.Result, "--palette", _studio.Style).Code);
    }

    [Fact]
    public void Evaluate_PaletteAndColors_ReachTheLibrary()
    {
        Outcome outcome = _studio.Run("evaluate", _studio.Content, "--content", _studio.Content, "--style",
            _studio.Style, "--content-weight", "0", "--color", "match", "--palette", _studio.Style);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(5, _studio.Painter.JudgedPalette!.Width);
        Assert.Equal(ColorKind.Match, _studio.Painter.Judged!.Color);
        Assert.Equal(9, _studio.Painter.JudgedPictures.Content!.Width);
    }

    [Fact]
    public void Plan_WithAPalette_CountsIt()
    {
        Assert.Equal(0, _studio.Run("plan", _studio.Content, "--style", _studio.Style, "--color", "match", "--palette",
            _studio.Style).Code);

        Assert.Equal(5, _studio.Painter.Request!.Palette!.Width);
    }
}
