using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Tests;

/// <summary><c>texture</c> and <c>reconstruct</c>: pictures of style alone and of content alone.</summary>
public sealed class TextureTests : IDisposable
{
    private readonly Studio _studio = new();

    private StylizeOptions Options => _studio.Painter.Request!.Options;

    public void Dispose() => _studio.Dispose();

    [Theory]
    [InlineData(512, 1.0)]
    [InlineData(300, 1.0, "--size", "300")]
    [InlineData(300, 1.0, "--width", "300")]
    [InlineData(300, 1.5, "--width", "300", "--height", "200")]
    [InlineData(400, 0.25, "--width", "100", "--height", "400")]
    [InlineData(1024, 1.0, "--preset", "fine")]
    public void Texture_Sizes_ReachTheLibrary(int size, double aspect, params string[] args)
    {
        Outcome outcome = Texture(args);

        Assert.Equal(0, outcome.Code);
        Assert.Equal((size, aspect), (Options.Size, Options.Aspect));
        Assert.Null(_studio.Painter.Request!.Content);
        Assert.Single(_studio.Painter.Request.Styles);
        Assert.Equal((0, InitKind.StyleStats), (Options.ContentWeight, Options.Init));
    }

    [Fact]
    public void Texture_Result_IsMadeAgainFromItsRecipe()
    {
        Texture("--tileable", "--init", "noise");
        StylizeOptions first = Options;

        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
        Assert.Equal(first, Options);
        Assert.True(first.Tileable);
        Assert.Null(Recipe.FromPicture(PictureFile.Load(_studio.At("out-again.png")))!.Content);
    }

    [Theory]
    [InlineData("no style picture", "texture", "-o", "x.png")]
    [InlineData("--width", "texture", "--style", "s.png", "-o", "x.png", "--width", "4")]
    [InlineData("--content-weight", "texture", "--style", "s.png", "-o", "x.png", "--content-weight", "1")]
    [InlineData("--style-weight", "reconstruct", "c.png", "-o", "x.png", "--style-weight", "1")]
    [InlineData("CONTENT", "reconstruct", "-o", "x.png")]
    public void Tool_WrongUse_SaysSo(string expected, params string[] args)
    {
        Outcome outcome = _studio.Run(args);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconstruct_Layer_IsTheOnlyTerm()
    {
        Outcome outcome = _studio.Run("reconstruct", _studio.Content, "-o", _studio.Result, "--layer", "relu2_2");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(LayerSelection.Parse("relu2_2"), Options.ContentLayers);
        Assert.Equal((1, 0, 0), (Options.ContentWeight, Options.StyleWeight, Options.TvWeight));
        Assert.Equal(InitKind.Noise, Options.Init);
        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
    }

    private Outcome Texture(params string[] more)
        => _studio.Run(["texture", "--style", _studio.Style, "-o", _studio.Result, .. more]);
}
