using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Weights;

namespace Atelier.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private string[] Judge => ["evaluate", _studio.Content, "--content", _studio.Content, "--style", _studio.Style];

    [Fact]
    public void Evaluate_AsJson_IsExactlyTheDocumentOfTheSpecification()
    {
        Outcome outcome = _studio.Run([.. Judge, "--json"]);

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            """{"schemaVersion":1,"ok":true,"loss":3.75,"terms":[{"name":"style relu1_1","weight":2,"value":3.5},""" +
            """{"name":"tv","weight":0.5,"value":0.25}]}""", outcome.Out.Trim());
        Assert.Empty(outcome.Error);
        Assert.Equal(StylizeOptions.Default with { Size = null }, _studio.Painter.Judged);
        Assert.Equal(Precision.Single, _studio.Engine!.Precision);
    }

    [Fact]
    public void Evaluate_TermsOfWeightZero_NeedNoPictures()
    {
        Outcome outcome = _studio.Run(
            "evaluate", _studio.Content, "--content-weight", "0", "--style-weight", "0", "--content", "no.png");

        Assert.Equal(0, outcome.Code);
        Assert.Equal((null, 0), _studio.Painter.JudgedPictures);
    }

    [Fact]
    public void Evaluate_ResultOfAnotherSize_FitsTheContentToIt()
    {
        PictureFile.Save(new Picture(100, 55), _studio.At("large.png"));

        Outcome outcome = _studio.Run(
            "evaluate", _studio.Content, "--content", _studio.At("large.png"), "--style", _studio.Style);

        Assert.Equal(0, outcome.Code);
        Picture content = _studio.Painter.JudgedPictures.Content!;
        Assert.Equal((9, 5), (content.Width, content.Height));
        Assert.Contains("is 100 x 55, and is resized to 9 x 5", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_ContentOfAnotherShape_StaysAsItIs()
    {
        PictureFile.Save(new Picture(50, 50), _studio.At("square.png"));

        _studio.Run("evaluate", _studio.Content, "--content", _studio.At("square.png"), "--style", _studio.Style);

        Assert.Equal(50, _studio.Painter.JudgedPictures.Content!.Width);
    }

    [Fact]
    public void Evaluate_OwnResult_UsesItsRecipeUnlessAnotherIsNamed()
    {
        Assert.Equal(0, _studio.Stylize("--tv-weight", "7", "--content-weight", "0.3").Code);

        Outcome own = _studio.Run("evaluate", _studio.Result, "--content-weight", "0.4");

        Assert.Equal(0, own.Code);
        Assert.Contains("using the recipe in", own.Error, StringComparison.Ordinal);
        Assert.Equal((7, 0.4), (_studio.Painter.Judged!.TvWeight, _studio.Painter.Judged.ContentWeight));
        Assert.Equal(1, _studio.Painter.JudgedPictures.Styles);
        Assert.Equal(9, _studio.Painter.JudgedPictures.Content!.Width);
        Assert.Equal(0, _studio.Run(["evaluate", _studio.Result, .. Judge[2..], "--preset", "normal"]).Code);
        Assert.Equal(StylizeOptions.Default.TvWeight, _studio.Painter.Judged!.TvWeight);
    }

    [Fact]
    public void Evaluate_StandardInputForTwoPictures_IsRefused()
    {
        Outcome outcome = _studio.Run("evaluate", "-", "--content", "-", "--style", _studio.Style);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("only one picture", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Interrupted_WritesNoGradientAndAnswers130()
    {
        using CancellationTokenSource interrupt = new();
        _studio.Interrupt = interrupt.Token;
        _studio.Painter.OnJudge = interrupt.Cancel;

        Outcome outcome = _studio.Run([.. Judge, "--gradient", _studio.At("g.safetensors")]);

        Assert.Equal(130, outcome.Code);
        Assert.Empty(outcome.Out);
        Assert.Equal(["content.png", "style.png"], _studio.Files);
    }

    [Fact]
    public void Evaluate_DamagedPicture_WarnsOfIt()
    {
        PictureFile.Save(new Picture(40, 30), _studio.At("whole.jpg"));
        byte[] whole = File.ReadAllBytes(_studio.At("whole.jpg"));
        File.WriteAllBytes(_studio.At("cut.jpg"), whole[..^9]);

        Outcome outcome = _studio.Run(
            "evaluate", _studio.At("cut.jpg"), "--content-weight", "0", "--style-weight", "0");

        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("warning: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_MissingContent_SaysWhatToAdd()
    {
        Outcome outcome = _studio.Run("evaluate", _studio.Content, "--style", _studio.Style);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--content FILE", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Gradient_IsOneTensorOfThreePlanes()
    {
        string path = _studio.At("g.safetensors");
        string[] args = [.. Judge, "--gradient", path];

        Assert.Equal(0, _studio.Run(args).Code);

        WeightTensor gradient = SafetensorsReader.Read(path).Tensors["gradient"];
        Assert.Equal([3, 5, 9], gradient.Shape);
        Assert.Equal(134f, gradient.Values[^1]);
        Assert.Equal(1, _studio.Run(args).Code);
        Assert.Equal(0, _studio.Run([.. args, "--force"]).Code);
        Assert.Equal(2, _studio.Run([.. Judge, "--gradient", _studio.Style, "--force"]).Code);
        Assert.Equal(1, _studio.Run([.. Judge, "--gradient", _studio.At("nowhere/g.safetensors")]).Code);
        Assert.Equal(2, _studio.Run([.. Judge, "--gradient", "-"]).Code);
        Assert.Equal(2, _studio.Run([.. Judge, "--network", path, "--gradient", path, "--force"]).Code);
    }

    [Fact]
    public void Evaluate_Size_ResizesEveryPicture()
    {
        _studio.Run([.. Judge, "--size", "18"]);

        Imaging.Picture content = _studio.Painter.JudgedPictures.Content!;
        Assert.Equal((18, 10), (content.Width, content.Height));
    }

    [Fact]
    public void Evaluate_ForPeople_ListsTermsAndTotal()
    {
        Outcome outcome = _studio.Run(Judge);

        string[] lines = outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("total", lines[2], StringComparison.Ordinal);
        Assert.Contains("3.75", lines[2], StringComparison.Ordinal);
    }
}
