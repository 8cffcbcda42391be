using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Tests;

/// <summary>What <c>stylize</c> refuses, the other commands refuse with the same words.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Studio _studio = new()
    {
        CreatePainter = engine => new Painter(engine, NetworkCache.ForCurrentUser()),
    };

    public RefusalTests()
    {
        PictureFile.Save(new Picture(7, 3), _studio.At("black.png"));
        File.WriteAllText(_studio.At("wrong.json"), """{ "options": { "sise": 64 } }""");
        File.WriteAllText(
            _studio.At("gone.json"), new Recipe { Preserve = new RecipePicture("gone-mask.png") }.ToJson());
        File.WriteAllText(_studio.At("words.txt"), "no picture at all");
    }

    /// <summary>Bad options, each with a part of what is said of them.</summary>
    public static TheoryData<string, string> BadOptions => new()
    {
        { "palette", "--palette black.png" },
        { "relu9_9", "--style-layers relu9_9" },
        { "style-weights", "--style-weights 1,2,3" },
        { "tv-weight", "--tv-weight -1" },
        { "scales", "--scales 64,32" },
        { "no-palette.png", "--palette no-palette.png --color match" },
        { "no-mask.png", "--style-mask no-mask.png" },
        { "style-mask", "--style-mask all all" },
        { "black everywhere", "--style-mask black.png" },
        { "black everywhere", "--style-region black.png" },
        { "given without", "--style-regions black.png" },
        { "given without", "--regions black.png" },
        { "auto:99", "--regions auto:99" },
        { "words.txt", "--preserve words.txt" },
        { "no-start.png", "--init no-start.png" },
        { "sise", "--recipe wrong.json" },
        { "gone-mask.png", "--recipe gone.json" },
        { "no-recipe.json", "--recipe no-recipe.json" },
        { "network", "--network no-network.safetensors" },
        { "max-memory", "--max-memory 5MB" },
        { "correlation", "--correlation-chain --style-layers relu1_1" },
    };

    public void Dispose() => _studio.Dispose();

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Commands_BadOption_IsRefusedInTheWordsOfStylize(string part, string options)
    {
        string[] bad = [.. options.Split(' ').Select(word => IsOurs(word) ? _studio.At(word) : word)];
        Outcome stylize = _studio.Stylize(bad);
        string problem = Problem(stylize);

        Assert.NotEqual(0, stylize.Code);
        Assert.Contains(part, problem, StringComparison.Ordinal);
        Assert.False(File.Exists(_studio.Result));
        string[][] others =
        [
            ["plan", _studio.Content],
            ["sweep", _studio.Content, "-o", _studio.At("sheet.png"), "--vary", "seed=1,2"],
            ["video", Frames(), "-o", _studio.At("painted")],
            ["evaluate", _studio.Content, "--content", _studio.Content],
        ];
        foreach (string[] other in others.Where(command => command[0] != "evaluate" || ConcernsEvaluate(bad)))
        {
            Outcome outcome = _studio.Run([.. other, "--style", _studio.Style, .. bad]);

            Assert.Equal(stylize.Code, outcome.Code);
            Assert.True(outcome.Error.Contains(problem, StringComparison.Ordinal),
                $"stylize says: {problem}; {other[0]} says: {outcome.Error}");
            Assert.Empty(outcome.Out);
        }

        Assert.False(Directory.Exists(_studio.At("painted")));
        Assert.False(File.Exists(_studio.At("sheet.png")));
    }

    [Fact]
    public void Plan_RecipeWithPictures_TakesThem()
    {
        using Studio studio = new();
        Picture mask = new(6, 4);
        foreach (float[] plane in (float[][])[mask.Red, mask.Green, mask.Blue])
            Array.Fill(plane, 0.5f);
        PictureFile.Save(mask, studio.At("mask.png"));
        Recipe recipe = new()
        {
            Content = new RecipePicture(studio.Content),
            Styles = [new RecipePicture(studio.Style), new RecipePicture(studio.Content)],
            StyleMasks = [new RecipePicture(studio.At("mask.png")), new RecipePicture(StyleMask.Rest.Name)],
        };
        File.WriteAllText(studio.At("recipe.json"), recipe.ToJson());

        Assert.Equal(0, studio.Run("plan", "--recipe", studio.At("recipe.json")).Code);

        StylizeRequest request = studio.Painter.Request!;
        Assert.Equal((9, 5), (request.Content!.Width, request.Content.Height));
        Assert.Equal(2, request.Styles.Length);
        Assert.Equal(2, request.Guides.StyleMasks.Length);
    }

    [Fact]
    public void Evaluate_RecipeWithPictures_TakesThem()
    {
        using Studio studio = new();
        Recipe recipe = new()
        {
            Content = new RecipePicture(studio.Content),
            Styles = [new RecipePicture(studio.Style)],
        };
        File.WriteAllText(studio.At("recipe.json"), recipe.ToJson());

        Assert.Equal(0, studio.Run("evaluate", studio.Content, "--recipe", studio.At("recipe.json")).Code);

        Assert.Equal(9, studio.Painter.JudgedPictures.Content!.Width);
        Assert.Equal(1, studio.Painter.JudgedPictures.Styles);
    }

    [Fact]
    public void Plan_Interrupted_Answers130()
    {
        using Studio studio = new();
        using CancellationTokenSource interrupt = new();
        studio.Interrupt = interrupt.Token;
        studio.Painter.OnCheck = _ => interrupt.Cancel();

        Outcome outcome = studio.Run("plan", studio.Content, "--style", studio.Style);

        Assert.Equal(130, outcome.Code);
        Assert.Empty(outcome.Out);
    }

    /// <summary>A folder of one frame.</summary>
    private string Frames()
    {
        string folder = _studio.At("frames");
        Directory.CreateDirectory(folder);
        File.Copy(_studio.Content, Path.Combine(folder, "1.png"), overwrite: true);
        return folder;
    }

    private static bool IsOurs(string word)
        => word is "black.png" or "wrong.json" or "gone.json" or "words.txt";

    /// <summary>Options about the run, and guides of the photograph, do not concern a single value.</summary>
    private static bool ConcernsEvaluate(string[] bad)
        => bad[0] is not ("--scales" or "--init" or "--max-memory") && !bad.Contains("--preserve");

    /// <summary>The sentence without its label and without the hint, which may name a command's own options.</summary>
    private static string Problem(Outcome outcome)
        => outcome.Error.Split('\n').First(line => line.StartsWith("error: ", StringComparison.Ordinal))[7..]
            .Split(';')[0].TrimEnd('.');
}
