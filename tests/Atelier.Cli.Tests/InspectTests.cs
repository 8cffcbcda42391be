using System.Text.Json;
using System.Xml.Linq;
using Atelier.Imaging;

namespace Atelier.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly Studio _studio = new();

    public InspectTests()
    {
        Save("photo.png", 47, 33);
        Save("art.png", 29, 41);
    }

    public void Dispose() => _studio.Dispose();

    private string Photo => _studio.At("photo.png");

    private string Figure => _studio.At("figure.png");

    [Fact]
    public void Features_OfAPicture_IsASheetAndTellsTheStrongestFirst()
    {
        Outcome outcome = _studio.Run(
            "inspect", "features", Photo, "--layers", "relu2_1,relu1_2", "--channels", "4", "-o", Figure, "--json");

        Assert.Equal(0, outcome.Code);
        JsonElement json = outcome.Json;
        Assert.Equal(["relu1_2", "relu2_1"], json.GetProperty("layers").EnumerateArray()
            .Select(layer => layer.GetProperty("name").GetString()!));
        double[] strengths = [.. json.GetProperty("layers")[1].GetProperty("channels").EnumerateArray()
            .Select(channel => channel.GetProperty("strength").GetDouble())];
        Assert.Equal(32, strengths.Length);
        Assert.Equal(strengths.OrderDescending(), strengths);
        Picture figure = PictureFile.Load(Figure);
        Assert.Equal(json.GetProperty("width").GetInt32(), figure.Width);
        Assert.True(figure.Height > 300);
    }

    [Fact]
    public void Gram_TwoPictures_DrawsThreePanelsAndTellsTheStyleLoss()
    {
        Outcome one = _studio.Run("inspect", "gram", Photo, "-o", Figure, "--json");
        int width = PictureFile.Load(Figure).Width;

        Outcome two = _studio.Run(
            "inspect", "gram", Photo, "--against", _studio.At("art.png"), "--by-number", "-o", Figure, "--json");

        Assert.Equal((0, 0), (one.Code, two.Code));
        Assert.Equal(JsonValueKind.Null, one.Json.GetProperty("styleLoss").ValueKind);
        Assert.True(two.Json.GetProperty("styleLoss").GetDouble() > 0);
        Assert.True(PictureFile.Load(Figure).Width > 2 * width);
    }

    [Theory]
    [InlineData("compact", 17), InlineData("vgg19", 20), InlineData("vgg16", 17)]
    public void ReceptiveField_WithoutAPicture_IsTheTableOfAllLayers(string network, int layers)
    {
        Outcome table = _studio.Run("inspect", "receptive-field", "--network", network);
        Outcome json = _studio.Run("inspect", "receptive-field", "--network", network, "--json");

        Assert.Equal(0, table.Code);
        Assert.Equal(layers + 1, table.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        JsonElement last = json.Json.GetProperty("layers").EnumerateArray()
            .Single(layer => layer.GetProperty("name").GetString() == "relu5_1");
        Assert.Equal(network == "vgg16" ? 132 : 156, last.GetProperty("size").GetInt32());
        Assert.Equal(16, last.GetProperty("stride").GetInt32());
        Assert.Equal(7.5, last.GetProperty("center").GetDouble());
    }

    [Fact]
    public void ReceptiveField_OverAPicture_DrawsAndTellsWhatCounts()
    {
        Outcome outcome = _studio.Run("inspect", "receptive-field", Photo, "--at", "0,32", "-o", Figure);

        Assert.Equal(0, outcome.Code);
        Assert.Contains("effective", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("relu5_1", outcome.Out, StringComparison.Ordinal);
        Assert.True(PictureFile.Load(Figure).Width > 800);
    }

    [Fact]
    public void Losses_OfARun_AreADrawing()
    {
        string run = _studio.At("run.json"), drawing = _studio.At("losses.svg");
        File.WriteAllText(run, _studio.Stylize("--json").Out);

        Outcome outcome = _studio.Run("inspect", "losses", run, "-o", drawing);

        Assert.Equal(0, outcome.Code);
        XElement svg = XElement.Parse(File.ReadAllText(drawing));
        Assert.Contains("content.png in the style of style.png", svg.Value, StringComparison.Ordinal);
        Assert.Contains(svg.Descendants(), element => element.Value == "tv");
        Assert.Equal(0, _studio.Run("inspect", "losses", run, "-o", drawing).Code);
        Assert.StartsWith("<svg", _studio.Run("inspect", "losses", run, "-o", "-").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "line 1: not the JSON output of a run")]
    [InlineData("{}", "contains no losses")]
    [InlineData("""{"scales":[{"width":4,"height":3,"losses":[]}]}""", "contains no losses")]
    [InlineData("""{"scales":[{"width":4,"height":3}]}""", "contains no losses")]
    [InlineData("""{"scales":[null]}""", "contains no losses")]
    [InlineData("""{"scales":[{"width":4,"height":3,"losses":[1],"terms":null}]}""", "not the JSON output of a run")]
    public void Losses_OfSomethingElse_SaysWhatWasExpected(string text, string expected)
    {
        File.WriteAllText(_studio.At("run.json"), text);

        Outcome outcome = _studio.Run("inspect", "losses", _studio.At("run.json"), "-o", _studio.At("l.svg"));

        Assert.Equal(1, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--json", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_studio.At("l.svg")));
    }

    [Fact]
    public void Figure_OverAForeignFile_NeedsForce()
    {
        string[] draw = ["inspect", "gram", Photo, "--layer", "relu1_1", "-o"];

        Assert.Equal(1, _studio.Run([.. draw, _studio.Content]).Code);
        Assert.Equal(0, _studio.Run([.. draw, _studio.Content, "--force"]).Code);
        Assert.Equal(0, _studio.Run([.. draw, _studio.Content]).Code);
        Assert.Equal(2, _studio.Run([.. draw, Photo, "--force"]).Code);
        Assert.Equal(0, _studio.Run([.. draw, "-"]).Code);
        Assert.Equal(0x89, _studio.Output.ToArray()[0]);
    }

    [Theory]
    [InlineData("a command is missing", "inspect")]
    [InlineData("did you mean 'features'?", "inspect", "feature")]
    [InlineData("did you mean '--layers'?", "inspect", "features", "photo.png", "--layer", "relu1_1", "-o", "f.png")]
    [InlineData("PICTURE", "inspect", "features", "-o", "f.png")]
    [InlineData("--output", "inspect", "gram", "photo.png")]
    [InlineData("use .png", "inspect", "gram", "photo.png", "-o", "f.svg")]
    [InlineData("use .svg", "inspect", "losses", "photo.png", "-o", "f.png")]
    [InlineData("did you mean 'relu3_1'?", "inspect", "gram", "photo.png", "--layer", "relu3_9", "-o", "f.png")]
    [InlineData("too small", "inspect", "gram", "photo.png", "--size", "8", "--layer", "relu5_1", "-o", "f.png")]
    [InlineData("named twice", "inspect", "features", "photo.png", "--layers", "relu1_1,relu1_1", "-o", "f.png")]
    [InlineData("give 1 to", "inspect", "features", "photo.png", "--channels", "0", "-o", "f.png")]
    [InlineData("47 x 33", "inspect", "receptive-field", "photo.png", "--at", "47,0", "-o", "f.png")]
    [InlineData("not a pixel", "inspect", "receptive-field", "photo.png", "--at", "middle", "-o", "f.png")]
    [InlineData("name a file with -o", "inspect", "receptive-field", "photo.png")]
    [InlineData("no picture", "inspect", "receptive-field", "-o", "f.png")]
    [InlineData("only one picture", "inspect", "gram", "-", "--against", "-", "-o", "f.png")]
    [InlineData("--json", "inspect", "gram", "photo.png", "-o", "-", "--json")]
    public void Inspect_WrongUsage_SaysWhatToDo(string expected, params string[] args)
    {
        string[] files = ["photo.png", "f.png", "f.svg"];

        Outcome outcome = _studio.Run([.. args.Select(arg => files.Contains(arg) ? _studio.At(arg) : arg)]);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(_studio.Files, file => file[0] == 'f');
    }

    [Theory]
    [InlineData("does not exist", "gram", "no.png")]
    [InlineData("no network or file", "gram", "photo.png", "--network", "nowhere")]
    public void Inspect_WhatIsNotThere_Fails(string expected, params string[] args)
    {
        Outcome outcome = _studio.Run(["inspect", args[0], _studio.At(args[1]), .. args[2..], "-o", Figure]);

        Assert.Equal(1, outcome.Code);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash"), InlineData("zsh"), InlineData("fish"), InlineData("pwsh")]
    public void Completions_AnyShell_KnowWhatCanBeInspected(string shell)
    {
        string script = _studio.Run("completions", shell).Out;

        string[] words = ["features", "receptive-field", "losses", "against", "by-number"];
        Assert.All(words, word => Assert.Contains(word, script, StringComparison.Ordinal));
    }

    private void Save(string name, int width, int height)
    {
        Random random = new(width);
        Picture picture = new(width, height);
        foreach (float[] plane in (float[][])[picture.Red, picture.Green, picture.Blue])
        {
            foreach (ref float value in plane.AsSpan())
                value = random.NextSingle();
        }

        PictureFile.Save(picture, _studio.At(name));
    }
}
