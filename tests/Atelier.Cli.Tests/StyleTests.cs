using System.Text.Json;
using Atelier.Imaging;

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
        Assert.Equal(File, Recipe.Of(PictureFile.Load(_studio.Result))!.Styles[1].Path);
        Assert.Equal(0, _studio.Run("reproduce", _studio.Result).Code);
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
    public void Stylize_DamagedStyleFile_SaysWhich()
    {
        _studio.Run("style", "extract", _studio.Style, "-o", File, "--style-layers", "relu1_1");
        byte[] whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..^5]);

        Outcome outcome = _studio.Run("stylize", _studio.Content, "--style", File, "-o", _studio.Result);

        Assert.Equal(1, outcome.Code);
        Assert.Contains(File, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("cut off", outcome.Error, StringComparison.Ordinal);
    }
}
