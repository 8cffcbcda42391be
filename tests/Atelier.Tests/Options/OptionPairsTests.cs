using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.Tests.Options;

/// <summary>Every two options together, in whole runs: each run is one of few rows in which every pair meets.</summary>
[Collection(nameof(RunAlone))]
public sealed class OptionPairsTests
{
    private const int Height = 32, Width = 48, Half = Width / 2;

    private static readonly Picture Photograph = Numbers.Picture(3, Height, Width);
    private static readonly Picture Transparent =
        With(Numbers.Picture(5, Height, Width), Numbers.Uniform(6, Height * Width));

    private static readonly Picture Left = Split((1, 1, 1), (0, 0, 0));
    private static readonly Picture Soft = Numbers.Picture(21, 9, 14);
    private static readonly Picture Art = Numbers.Picture(11, 40, 31), SecondArt = Numbers.Picture(12, 35, 52);

    // What takes more than the option's own value: another strength, a picture, an option that must go with it.
    private static readonly Factor[] Composed =
    [
        new("style loss",
            new("wasserstein", r => r),
            new("gram", r => Options(r, o => o with { StyleLoss = StyleLossKind.Gram })),
            new("shifted", r => Options(r, o => o with { StyleLoss = StyleLossKind.Gram, ActivationShift = -1 })),
            new("moments", r => Options(r, o => o with { StyleLoss = StyleLossKind.Moments })),
            new("chain", r => Options(r, o => o with { StyleLoss = StyleLossKind.Gram, CorrelationChain = true }))),
        new("layer weights",
            new("equal", r => r),
            new("geometric", r => Options(r, o => o with { LayerWeights = LayerWeighting.Geometric }))),
        new("content loss",
            new("mean", r => r),
            new("half-sum", r => Options(r, o => o with
            {
                ContentLoss = ContentLossKind.HalfSum,
                ContentWeight = 1e-6,
            })),
            new("none", r => Options(r, o => o with { ContentWeight = 0 }))),
        new("tv",
            new("nine-point", r => r),
            new("squared", r => Options(r, o => o with { Tv = TotalVariationKind.Squared })),
            new("power", r => Options(r, o => o with { Tv = TotalVariationKind.Power })),
            new("none", r => Options(r, o => o with { TvWeight = 0 }))),
        new("pooling",
            new("max", r => r),
            new("average", r => Options(r, o => o with { Pooling = Pooling.Average }))),
        new("optimizer",
            new("adam", r => r),
            new("lbfgs", r => Options(r, o => o with { Optimizer = OptimizerKind.Lbfgs })),
            new("gd", r => Options(r, o => o with { Optimizer = OptimizerKind.Gd, LearningRate = 1 }))),
        new("sizes",
            new("two", r => Options(r, o => o with { MinSize = 24, ScaleFactor = 1.5 })),
            new("one", r => Options(r, o => o with { Margin = 0, MinSize = Width }))),
        new("init",
            new("content", r => r),
            new("noise", r => Options(r, o => o with { Init = InitKind.Noise, Seed = 4 })),
            new("style-stats", r => Options(r, o => o with { Init = InitKind.StyleStats })),
            new("file", r => Options(r, o => o with { Init = InitKind.File }) with { Initial = Art })),
        new("photograph",
            new("opaque", r => r),
            new("transparent", r => r with { Content = Transparent }),
            new("none", r => Options(r with { Content = null }, o => o with { Aspect = (double)Width / Height }))),
        new("color",
            new("style", r => r),
            new("match", r => Options(r, o => o with { Color = ColorKind.Match })),
            new("palette", r => Options(r, o => o with
            {
                Color = ColorKind.Match,
                ColorMatch = ColorMatchKind.Histogram,
                ColorAmount = 0.5,
            }) with
            { Palette = SecondArt }),
            new("luminance", r => Options(r, o => o with { Color = ColorKind.Luminance })),
            new("masked content", r => Options(r, o => o with { Color = ColorKind.Content }) with
            {
                Guides = r.Guides with { ColorMask = Left },
            })),
        new("styles",
            new("one", r => r),
            new("two", r => Options(r, o => o with { StyleWeights = [0.7, 0.3] }) with { Styles = [Art, SecondArt] }),
            new("difference", r => Options(r, o => o with { StyleWeights = [1.4, -0.4] }) with
            {
                Styles = [Art, SecondArt],
            }),
            new("file", r => r with { Styles = [Extracted(r.Options)] })),
        new("where",
            new("everywhere", r => r),
            new("masks", r => r with
            {
                Guides = r.Guides with
                {
                    StyleMasks = r.Styles.Length == 1
                        ? [StyleMask.FromPicture(Soft)]
                        : [StyleMask.FromPicture(Left), StyleMask.Rest],
                },
            }),
            new("labels", r => r with
            {
                Guides = r.Guides with
                {
                    Labels = new RegionLabels(
                        Split((1, 0, 0), (0, 1, 0)), [.. r.Styles.Select(_ => Split((0, 1, 0), (1, 0, 0)))]),
                },
            })),
        new("region",
            new("whole", r => r),
            new("part", r => r with
            {
                Guides = r.Guides with { StyleRegions = [Soft, .. r.Styles.Skip(1).Select(_ => (Picture?)null)] },
            })),
        new("preserve",
            new("nothing", r => r),
            new("left", r => r with { Guides = r.Guides with { Preserve = Left } })),
        new("repeats",
            new("no", r => r),
            new("tileable", r => Options(r, o => o with { Tileable = true }))),
    ];

    // Those of the table first, so that a style file is made with the network as they have it.
    private static readonly Factor[] Factors = [.. OtherWords(), .. Composed];

    /// <summary>Pairs that contradict each other, as "factor level".</summary>
    private static readonly HashSet<(string, string)> Contradictions =
    [
        ("init content", "photograph none"), ("content loss mean", "photograph none"),
        ("content loss half-sum", "photograph none"), ("photograph none", "color match"),
        ("photograph none", "color luminance"), ("photograph none", "color masked content"),
        ("photograph none", "preserve left"), ("photograph none", "where masks"),
        ("style loss chain", "styles file"), ("color match", "styles file"), ("color palette", "styles file"),
        ("color luminance", "styles file"), ("styles file", "where labels"), ("styles file", "region part"),
        ("styles difference", "where masks"),
    ];

    private static readonly List<int[]> AllRows =
        PairwiseCover.Rows([.. Factors.Select(factor => factor.Levels.Length)], (a, b) => !Contradict(a, b));

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, AllRows.Count)];

    public static TheoryData<string, string> ContradictoryPairs
        => [.. Contradictions.Select(pair => (pair.Item1, pair.Item2))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Stylize_EveryPairOfOptions_PaintsAndKeepsItsPromises(int row)
    {
        StylizeRequest request = RequestOf(AllRows[row]);
        StylizeResult result = Stylize(request, threads: 1);

        Assert.True(result.IsComplete);
        Assert.Equal((Width, Height), (result.Picture.Width, result.Picture.Height));
        Assert.All(Samples(result.Picture), sample => Assert.InRange(sample, 0f, 1f));
        Assert.All(result.Scales.SelectMany(scale => scale.Losses), loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(request.Content?.Alpha, result.Picture.Alpha);
        if (request.Guides.Preserve is not null)
        {
            Assert.Equal(LeftOf(request.Content!.Visible), LeftOf(result.Picture));
        }

        Assert.Equal(Samples(result.Picture), Samples(Stylize(request, threads: 3).Picture));
        Assert.Equal(Samples(result.Picture), Samples(InterruptAndResume(request).Picture));
    }

    [Fact]
    public void Rows_TogetherHoldEveryPairThatDoesNotContradict()
    {
        int[] levels = [.. Factors.Select(factor => factor.Levels.Length)];
        HashSet<((int, int), (int, int))> met = [.. AllRows.SelectMany(PairwiseCover.PairsOf)];

        Assert.All(PairwiseCover.Pairs(levels), pair => Assert.NotEqual(
            Contradict(pair.First, pair.Second), met.Contains((pair.First, pair.Second))));
        Assert.InRange(AllRows.Count, 20, 60);
    }

    [Fact]
    public void Factors_OfTheTable_HoldEveryWordOfEveryOption()
    {
        StylizeOptions[] tried =
            [.. Factors.SelectMany(factor => factor.Levels).Select(level => level.Apply(Plain).Options)];

        Assert.All(
            StylizeOptionTable.All.Where(HasWordsOnly),
            option => Assert.Empty(option.Words.Except(tried.Select(option.Show))));
    }

    [Theory]
    [MemberData(nameof(ContradictoryPairs))]
    public void Stylize_OptionsThatContradict_SaysSoAtOnce(string first, string second)
    {
        bool IsOfPair(string name) => name == first || name == second;
        int[] row = [.. Factors.Select(factor => Math.Max(
            0, Array.FindIndex(factor.Levels, level => IsOfPair($"{factor.Name} {level.Name}"))))];

        // What else contradicts the pair gives way.
        for (int i = 0; i < row.Length; i++)
        {
            if (!IsOfPair(NameOf((i, row[i]))))
            {
                row[i] = Enumerable.Range(0, Factors[i].Levels.Length).First(level =>
                    !row.Index().Any(other => IsOfPair(NameOf(other)) && Contradict((i, level), other)));
            }
        }

        OptionsException error = Assert.Throws<OptionsException>(() => Stylize(RequestOf(row), threads: 1));

        Assert.Contains(error.Problems, problem => problem.ToString().Length > 30);
    }

    private static bool Contradict((int Factor, int Level) a, (int Factor, int Level) b)
        => Contradictions.Contains((NameOf(a), NameOf(b))) || Contradictions.Contains((NameOf(b), NameOf(a)));

    private static string NameOf((int Factor, int Level) each)
        => $"{Factors[each.Factor].Name} {Factors[each.Factor].Levels[each.Level].Name}";

    /// <summary>A factor for each option of the table whose words are not all among the levels of the others.
    /// </summary>
    private static IEnumerable<Factor> OtherWords()
    {
        StylizeOptions[] tried = [.. Composed.SelectMany(factor => factor.Levels)
            .Select(level => level.Apply(Plain).Options)];
        foreach (OptionDefinition<StylizeOptions> option in StylizeOptionTable.All.Where(HasWordsOnly))
        {
            string[] left = [.. option.Words.Except(tried.Select(option.Show))];
            if (left.Length > 0)
            {
                yield return new Factor(
                    option.Name,
                    [
                        new Level("as it is", request => request),
                        .. left.Select(word => new Level(
                            word, request => Options(request, options => option.Change(options, word)))),
                    ]);
            }
        }
    }

    private static bool HasWordsOnly(OptionDefinition<StylizeOptions> option)
        => option.Kind is OptionKind.Word or OptionKind.Switch || option.Name == "init";

    private static StylizeRequest Plain => new()
    {
        Content = Photograph,
        Styles = [Art],
        Options = StylizeOptions.Default with
        {
            Size = Width,
            Margin = 3,
            Iterations = 2,
            ContentLayers = LayerSelection.Parse("relu3_1"),
            StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1"),
            Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        },
    };

    private static StylizeRequest RequestOf(int[] row)
        => row.Index().Aggregate(Plain, (so, each) => Factors[each.Index].Levels[each.Item].Apply(so));

    private static StylizeResult Stylize(StylizeRequest request, int threads, CancellationTokenSource? interrupt = null)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = threads });
        return stylizer.Stylize(
            request, interrupt is null ? null : new AtStep(1, interrupt.Cancel),
            interrupt?.Token ?? TestContext.Current.CancellationToken);
    }

    private static StylizeResult InterruptAndResume(StylizeRequest request)
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource interrupt = new();
        CheckpointOptions checkpoint = new()
        {
            Path = folder.PathOf("state"),
            Recipe = new Recipe { Options = request.Options },
        };
        Stylize(request with { Checkpoint = checkpoint }, threads: 2, interrupt);
        return Stylize(request with { Checkpoint = checkpoint with { Resume = true } }, threads: 2);
    }

    private static StyleStatistics Extracted(StylizeOptions options)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 1 });
        return stylizer.Extract([Art], options, [Width]);
    }

    private static StylizeRequest Options(StylizeRequest request, Func<StylizeOptions, StylizeOptions> change)
        => request with { Options = change(request.Options) };

    private static Picture Split((float, float, float) left, (float, float, float) right)
    {
        Picture picture = new(Width, Height);
        for (int i = 0; i < Width * Height; i++)
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = i % Width < Half ? left : right;
        return picture;
    }

    private static Picture With(Picture picture, float[] alpha)
        => new(picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue, alpha);

    private static float[] Samples(Picture picture) => [.. picture.Red, .. picture.Green, .. picture.Blue];

    private static float[] LeftOf(Picture picture)
        => [.. Samples(picture).Where((_, i) => i % Width < Half)];

    private sealed record Factor(string Name, params Level[] Levels);

    private sealed record Level(string Name, Func<StylizeRequest, StylizeRequest> Apply);

    private sealed class AtStep(int step, Action act) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
        {
            if (value.RunIteration == step)
            {
                act();
            }
        }
    }
}
